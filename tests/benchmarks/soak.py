"""The real program in a real pseudo-terminal, in the hands of somebody who presses anything.

    python tests/benchmarks/soak.py [--minutes 5] [--seed 0]

Keys, typed alphas, mouse events, sizes from 1x1 to 500x200, pauses, and times in which the terminal
does not read. In the first part also `d`, after which it is attached to again, kill -9 of the
interface, attached to again, and kill -9 of the host, taken up again with `u`; then the last pair of
processes is left alone, so that the memory it takes can be compared with what it took before. At the
end comes `q`. The same seed does the same; what it meets differs, as the program goes by the clock.

A fault is a traceback, a picture that does not come, an exit status that is not 0 (or 3, diverged),
a terminal left otherwise than it was, a process that stays, a line in the log, and a recording that
does not come to the parameters of the report.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path

from rich.console import Console
from rich.table import Table
from soak_terminal import USUAL, SoakTerminal, resident

# after soak_terminal, which knows where this is
from helpers.dashboard_terminal import COMMAND, CONTROL_C, CONTROL_P, ESCAPE  # isort: skip
from helpers.processes import Process, processes_with  # isort: skip

RUN = ("--steps", "200000", "--layers", "6,6", "--pace", "200", "--json")
ALLOWED_STATUS = (0, 3)
DISTURBED = 0.6
"""The part of the time in which processes come and go."""
SECONDS_BETWEEN = 9.0
"""From one disturbance to the next."""
LOG_SHOWN = 30_000
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


class Soak:
    """One person, one home, one run after the other; what was done, and what went wrong."""

    def __init__(self, home: Path, seed: int, terminals: ExitStack) -> None:
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []
        self._home, self._terminals = home, terminals
        self._random = random.Random(seed)
        self._interrupted = 0.0
        self.terminal = self._open(*RUN)

    def _open(self, *args: str) -> SoakTerminal:
        terminal = SoakTerminal([*COMMAND, *args], self._home, columns=USUAL[0], rows=USUAL[1])
        # it ends all that was started in it, also a host: not before all is over
        self._terminals.enter_context(terminal)
        self.terminal = terminal
        terminal.wait_for(lambda: terminal._ended or "step" in terminal.text)
        terminal.looks = False
        return terminal

    @property
    def processes(self) -> list[Process]:
        """All that this person has."""
        return processes_with(f"HOME={self._home}")

    @property
    def hosts(self) -> list[int]:
        return [each.pid for each in self.processes if "engine.host" in each.command]

    @property
    def memory(self) -> list[float]:
        """Megabytes of the interface and its host, at the usual size."""
        self._back_to_dashboard()
        self.terminal.looks = False
        return [resident(pid) for pid in (self.terminal.process.pid, *self.hosts)]

    def fault(self, what: str) -> None:
        print(f"fault: {what}", file=sys.stderr)
        self.faults.append(what)

    # -- what is done

    def act(self) -> None:
        """Something; and begin again if that has ended the dashboard."""
        [action] = self._random.choices(
            [
                self._press,
                self._type_alpha,
                self._use_palette,
                self._point,
                self._resize,
                self._wait,
            ],
            [60, 4, 2, 12, 9, 9],
        )
        with suppress(OSError):
            action()
            self.terminal.watch(self._random.uniform(0.0, 0.06))
        if self.terminal._ended:
            self.done["left by a click or the palette"] += 1
            self._see_out()
            self._open(*(("attach", "--json") if self.hosts else RUN))

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

    # -- processes that come and go

    def disturb(self) -> None:
        """Take one of the two processes away, and have it back."""
        way = self._random.choice([self._detach, self._kill_interface, self._kill_host])
        try:
            self._back_to_dashboard()
            way()
        except (AssertionError, OSError) as error:
            self.fault(f"{way.__name__}: {error}")
            self.terminal.process.kill()
            self.terminal.wait_for_end()
            self._open(*(("attach", "--json") if self.hosts else RUN))
        self.terminal.looks = False

    def _back_to_dashboard(self) -> None:
        """Out of every prompt and screen; asleep, as escape is a key only if nothing follows."""
        for _ in range(4):
            self._send([ESCAPE])
            self.terminal.watch(0.3)
        try:
            self.terminal.look()
        except AssertionError:  # on a busy machine, a report that was asked for comes after that
            self._send([ESCAPE])
            self.terminal.look()

    def _detach(self) -> None:
        self.terminal.press("d")
        status = self.terminal.wait_for_end()
        if "goes on; moonwalk attach" not in self.terminal.printed or status != 0:
            self.fault(f"d: status {status}, {self.terminal.printed[-300:]!r}")
        self._see_out()
        self.done["detaches"] += 1
        self._open("attach", "--json")

    def _kill_interface(self) -> None:
        self.terminal.process.kill()
        self.terminal.wait_for_end()
        self.done["kills of the interface"] += 1
        self._open("attach", "--json")

    def _kill_host(self) -> None:
        before = self.hosts
        self._send(["s"])
        self.terminal.watch(1.0)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        self.done["kills of the host"] += 1
        self.terminal.wait_for("u resumes, q leaves")
        self._send(["u"])
        self.terminal.wait_for(lambda: set(self.hosts) - set(before) != set())
        self.terminal.wait_for_no("u resumes, q leaves")
        self.terminal.watch(1.0)
        if not self.hosts:
            self.fault(f"u: there is no host\n{self.terminal.text}")

    # -- the end

    def _see_out(self) -> None:
        """Look after a dashboard that has been left."""
        status, unusual = self.terminal.wait_for_end(), self.terminal.unusual
        if status not in ALLOWED_STATUS:
            self.fault(f"exit status {status}: {self.terminal.printed[-500:]!r}")
        if unusual:
            self.fault(f"the terminal is left otherwise: {unusual}")
        if b"Traceback" in self.terminal.output:
            self.fault(f"traceback: {self.terminal.printed[-2000:]!r}")

    def end(self) -> None:
        """Quit, and look after what is left."""
        self._back_to_dashboard()
        # of a dashboard that was attached, Q ends the run, and q leaves where Q does nothing
        self.terminal.press("QQ")
        self.terminal.watch(1.0)
        self.terminal.press("q")
        self._see_out()
        deadline = time.monotonic() + 10.0
        while self.processes and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.processes:
            self.fault(f"processes that stay: {self.processes}")
        log = self._home / "state" / "moonwalk" / "log" / "moonwalk.log"
        if log.exists() and log.read_text():
            self.fault(f"in the log: {log.read_text()[-LOG_SHOWN:]}")
        self._replay()

    def _replay(self) -> None:
        folder = self._home / "state" / "moonwalk" / "runs"
        recording = max(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
        reported = re.findall(r'"parameters_sha256": "(\w+)"', self.terminal.printed)
        self.done["lines of the recording"] = len(recording.read_text().splitlines())
        began = time.monotonic()
        result = subprocess.run(
            [*COMMAND, "replay", str(recording), "--headless", "--json"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        self.done["seconds of the replay"] = round(time.monotonic() - began)
        found = json.loads(result.stdout)["parameters_sha256"] if result.stdout else result.stderr
        if [found] != reported:
            self.fault(f"the replay of {recording.name} comes to {found}, reported is {reported}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Press anything, for minutes.")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    with ExitStack() as terminals:
        home = Path(terminals.enter_context(tempfile.TemporaryDirectory()))
        soak = Soak(home, args.seed, terminals)
        began = due = time.monotonic()
        seconds = args.minutes * 60
        before: list[float] = []
        while (passed := time.monotonic() - began) < seconds:
            if passed < seconds * DISTURBED and time.monotonic() - due > SECONDS_BETWEEN:
                soak.disturb()
                due = time.monotonic()
            if not before and passed > seconds * (DISTURBED + 0.1):
                before = soak.memory
            soak.act()
        after = soak.memory
        soak.end()

    table = Table("what", "how much", title=f"Pressed anything, seed {args.seed}")
    table.add_row("minutes", f"{args.minutes:g}")
    for what, count in soak.done.items():
        table.add_row(what, f"{count:,}")
    for what, old, new in zip(("interface", "host"), before, after, strict=False):
        quiet = seconds * (0.9 - DISTURBED)
        table.add_row(f"memory of the {what}, MB, {quiet:.0f} s apart", f"{old:.1f} -> {new:.1f}")
    table.add_row("faults", f"{len(soak.faults):,}")
    Console(width=120).print(table)
    return min(len(soak.faults), 1)


if __name__ == "__main__":
    sys.exit(main())
