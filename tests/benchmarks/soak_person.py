"""Somebody at the program's terminal who presses anything."""

import random
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path

from soak_input import answers, cut, paste
from soak_terminal import USUAL, SoakTerminal

# after soak_terminal, which knows where this is
from helpers.dashboard_terminal import COMMAND, CONTROL_C, CONTROL_P, ESCAPE  # isort: skip

INTERRUPT_SECONDS = 5.0
"""Between two ctrl+c, of which two in three seconds quit."""

KEYS = [
    *(" ", ".", "+", "-", "=", "<", ">", ",", "f", "[", "]", "l", "m", "r", "n", "e", "s", "u"),
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\t", "\x1b[Z", "c", "b", ESCAPE, "?"),
    *("z", "Q", "D", "7", "é", "漢", "\x01", "\x7f", "\x1bOP", "\x1b[15~", "\x1b[H", "\x1b[6~"),
]
ALPHAS = ["0.25", "3", "50", "1e6", "1e300", "5e-324", "", "-1", "nan", "1e999", "viel", "[b]"]
MOUSE_BUTTONS = [0, 0, 0, 1, 2, 35, 32, 64, 65]
"""Left, middle and right; moves, without a button and with one; the wheel."""


class SoakPerson:
    """Presses, types, points, pastes, and changes the window and the line."""

    def __init__(self, home: Path, seed: int, terminals: ExitStack) -> None:
        self.done: Counter[str] = Counter()
        self._home, self._terminals = home, terminals
        self._random = random.Random(seed)
        self._interrupted = 0.0
        self._attached = False
        self.terminal: SoakTerminal

    def _open(self, *args: str) -> SoakTerminal:
        terminal = SoakTerminal(
            [*COMMAND, *args], self._home, columns=USUAL[0], rows=USUAL[1], chance=self._random
        )
        self._attached = args[0] == "attach"
        # it ends all that was started in it, also a host: not before all is over
        self._terminals.enter_context(terminal)
        self.terminal = terminal
        terminal.wait_for(lambda: terminal._ended or "step" in terminal.text)
        terminal.looks = False
        return terminal

    # -- what is done

    def act(self) -> None:
        """Something of it."""
        [action] = self._random.choices(
            [
                self._press,
                self._type_alpha,
                self._use_palette,
                self._point,
                self._resize,
                self._wait,
                self._answer,
                self._paste,
                self._change_line,
            ],
            [60, 4, 2, 12, 9, 9, 8, 3, 2],
        )
        with suppress(OSError):
            action()
            self.terminal.watch(self._random.uniform(0.0, 0.06))

    def _press(self) -> None:
        self._send([self._random.choice(KEYS) for _ in range(self._random.randint(1, 12))])
        now = time.monotonic()
        if self._random.random() < 0.02 and now - self._interrupted > INTERRUPT_SECONDS:
            self._interrupted = now
            self._send([CONTROL_C])

    def _send(self, keys: list[str]) -> None:
        self.done["keys"] += len(keys)
        self.terminal.press("".join(keys))

    def _type_alpha(self) -> None:
        end = self._random.choice(["\r", "\r", ESCAPE])
        self._send([ESCAPE, "a"])
        self.terminal.watch(0.15)
        self._send(["\x15", *self._random.choice(ALPHAS), end])

    def _use_palette(self) -> None:
        self._send([CONTROL_P, *self._random.choice(["theme", "pause", "layer", "zzz"])])
        self.terminal.watch(self._random.uniform(0.0, 0.5))
        self._send([self._random.choice(["\r", ESCAPE]), ESCAPE])

    def _point(self) -> None:
        for _ in range(self._random.randint(1, 8)):
            column, row = self._random.randint(1, 140), self._random.randint(1, 45)
            button, end = self._random.choice(MOUSE_BUTTONS), self._random.choice("Mm")
            self.terminal.press(f"\x1b[<{button};{column};{row}{end}")
            self.done["mouse events"] += 1

    def _resize(self) -> None:
        most = self._random.choice([(500, 200), (130, 45), (130, 45)])
        sizes = [
            USUAL,
            (1, 1),
            *[(self._random.randint(1, most[0]), self._random.randint(1, most[1]))] * 4,
        ]
        for _ in range(self._random.choice([1, 1, 1, 6])):
            self.terminal.resize(*self._random.choice(sizes))
            self.done["resizes"] += 1

    def _wait(self) -> None:
        if self._random.random() < 0.2:
            time.sleep(self._random.uniform(0.2, 2.0))
            self.done["stalls"] += 1
        else:
            self.terminal.watch(self._random.uniform(0.1, 0.8))

    def _answer(self) -> None:
        self._send_cut(answers(self._random))
        self.done["answers"] += 1

    def _paste(self) -> None:
        self._send_cut(paste(self._random))
        self.done["pastes"] += 1

    def _send_cut(self, text: str) -> None:
        longest = self._random.choice([0.0, 0.05, 0.4, 2.0])
        for piece in cut(self._random, text):
            self.terminal.press(piece)
            self.terminal.watch(self._random.uniform(0.0, longest))

    def _change_line(self) -> None:
        """Another line to the terminal, slow or not, with one that answers or seldom does."""
        self.terminal.rate = self._random.choice([None, None, 2_000.0, 8_000.0])
        self.terminal.late = self._random.choice([0.0, 0.3])
        self.terminal.missing = self._random.choice([0.0, 0.0, 0.2, 1.0])
        self.done["lines"] += 1
        if self.terminal.rate is not None:
            self.done["slow lines"] += 1
            self.terminal.watch(self._random.uniform(0.5, 5.0))
