"""What the network view and the set-up cost, in a real pseudo-terminal.

    python tests/benchmarks/playground_cost.py [--quick] [part ...]

Measured as `interface_cost.py` measures the rest of the dashboard, with the network beside the other
panes (key g) and with all the room (g, m). *Key to screen* there is the time from an arrow key until
the mark of the chosen neuron, or the row of the set-up, has come. *A new set-up* is the time from the
key that changes a setting which begins the run anew until the picture shows a step of the new run.
"""

import statistics

from beside import headless_rates, rates_between
from figures import Line
from interface_cost import (
    BETWEEN_KEYS_SECONDS,
    FIRST_STEP,
    FULL_SPEED,
    QUICK,
    Bench,
    Effort,
    bytes_lines,
)
from parts import measure_parts
from watched_terminal import WatchedTerminal, pictures

PACED = ("--pace", "50", "--steps", "100000000")
DEEP = ("--layers", "8,8,8,8,8,8")
BESIDE, ALONE = "g", "gm"
"""What is pressed to see the network beside other panes, and with all the room."""

RIGHT, LEFT, DOWN, UP = "\x1b[C", "\x1b[D", "\x1b[B", "\x1b[A"

CHOSEN = "[▌▐]"
"""What marks the chosen neuron, and nothing else."""

PARTS = ("traffic", "paced", "keys", "setup_keys", "rates", "new_setups")
"""Methods of Playground."""


class Playground(Bench):
    """Makes the measurements."""

    def _opened(self, terminal: WatchedTerminal, keys: str) -> None:
        """Press `keys` once the first picture is there, and let all settle."""
        terminal.wait_for(FIRST_STEP)
        for key in keys:
            terminal.watch(0.3)
            terminal.press(key)
        terminal.watch(1.0)

    def traffic(self) -> list[Line]:
        """At full speed: bytes, and the processor time of a frame."""
        lines, costs = [], []
        for layers, keys in (((), BESIDE), ((), ALONE), (DEEP, BESIDE), (DEEP, ALONE)):
            what = f"network of {layers[-1] if layers else '16,16'}, {keys}, 120x40, 10 fps, full speed"
            with self._terminal(*FULL_SPEED, *layers, "--fps", "10") as terminal:
                self._opened(terminal, keys)
                frames, busy, seconds = self._window(terminal)
            lines += bytes_lines(what, frames, seconds, 2.0, 15.0)
            cost = busy / pictures(frames) * 1e3
            costs.append(Line(f"{what}: processor time of a frame", cost, "ms", 20))
        return [*lines, *costs]

    def paced(self) -> list[Line]:
        """At 50 steps a frame: bytes from the first picture on, and the processor time of a frame."""
        lines = []
        for layers, keys in (((), BESIDE), ((), ALONE), (DEEP, BESIDE), (DEEP, ALONE)):
            what = f"network of {layers[-1] if layers else '16,16'}, {keys}, 120x40, 10 fps, 50 steps a frame"
            with self._terminal(*PACED, *layers, "--fps", "10") as terminal:
                self._opened(terminal, keys)
                frames, busy, seconds = self._window(terminal)
            lines += bytes_lines(what, frames, seconds, 2.0, 20.0)
            cost = busy / pictures(frames) * 1e3
            lines.append(Line(f"{what}: processor time of a frame", cost, "ms", 20))
        return lines

    def keys(self) -> list[Line]:
        """From an arrow key to the mark of the neuron that it chooses."""
        return self._key_lines("network, key to screen", ALONE, (RIGHT, LEFT), CHOSEN)

    def setup_keys(self) -> list[Line]:
        """From an arrow key to the row of the set-up that it leads to."""
        return self._key_lines("set-up, key to screen", "c", (DOWN, UP), r"data|samples")

    def _key_lines(
        self, what: str, opening: str, pressed: tuple[str, str], pattern: str
    ) -> list[Line]:
        waits = []
        with self._terminal(*FULL_SPEED) as terminal:
            self._opened(terminal, opening)
            for number in range(self.effort.keys):
                mark, began = len(terminal.chunks), terminal.seconds
                terminal.press(pressed[number % 2])
                waits.append((terminal.wait_for(pattern, mark) - began) * 1e3)
                terminal.watch(BETWEEN_KEYS_SECONDS)
        waits.sort()
        late = waits[int(len(waits) * 0.95)]
        return [
            Line(f"{what}, p50", statistics.median(waits), "ms", 15),
            Line(f"{what}, p95", late, "ms", 40, note=f"worst {waits[-1]:.0f} ms"),
        ]

    def rates(self) -> list[Line]:
        """Training with the network open beside training without a dashboard."""
        ratios = []
        steps = self.effort.rate_steps
        for _ in range(self.effort.rounds):
            alone = headless_rates(steps)
            with self._terminal(*FULL_SPEED) as terminal:
                self._opened(terminal, ALONE)
                begin = terminal.progress()
                terminal.watch(max(steps - begin.step, steps // 2) / alone.wall)
                ratios.append(rates_between(begin, terminal.progress()).wall / alone.wall)
        note = f"rounds {min(ratios):.2f}-{max(ratios):.2f}"
        what = "training rate with the network open, over headless"
        return [Line(what, statistics.median(ratios), "", 0.95, at_least=True, note=note)]

    def new_setups(self) -> list[Line]:
        """From the key that takes another noise until a step of the run that begins with it."""
        waits = []
        with self._terminal(*FULL_SPEED) as terminal:
            self._opened(terminal, "c")
            terminal.press(DOWN)
            terminal.press(DOWN)
            terminal.watch(0.5)
            for number in range(max(self.effort.keys // 6, 4)):
                terminal.draw()
                before = terminal.progress().step
                began = terminal.seconds
                terminal.press((RIGHT, LEFT)[number % 2])
                terminal.press("\r")
                while terminal.progress().step >= before and terminal.seconds < began + 5.0:
                    terminal.watch(0.01)
                waits.append(terminal.seconds - began)
                terminal.watch(1.0)
        note = f"worst {max(waits):.2f} s"
        return [
            Line("a new set-up to its first picture", statistics.median(waits), "s", 0.3, note=note)
        ]


def main() -> None:
    measure_parts(
        "What the playground costs",
        PARTS,
        lambda quick, home: Playground(QUICK if quick else Effort(), home),
    )


if __name__ == "__main__":
    main()
