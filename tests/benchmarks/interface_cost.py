"""What the dashboard costs: bytes, time and memory, in a real pseudo-terminal.

    python tests/benchmarks/interface_cost.py [--quick] [part ...]

Every figure is one that a person at the terminal, or the machine, would feel; nothing in the
program is asked for it, except for the host's snapshots. How each is measured:

- *bytes*: what came through the terminal, over the time, and over what a minimal repaint of the
  changed cells would have cost: 6 bytes for every run of changed cells, 12 for every style in it,
  and the text in UTF-8. Below 1 where runs share a style. A frame is a burst of output, ended by
  8 ms of silence.
- *paused*: bytes while nothing is pressed.
- *key to screen*: from the press of space until the output holds `paused`, or `running`.
- *processor time of a frame*: user and system time of the interface's process over the frames
  that showed another step, while it trains as fast as it goes.
- *training rate*: steps from a tenth of the run to its end over the time on the wall, of a headless
  run by its lines of progress, and under a dashboard by the step on the screen, which nobody draws
  in that time. One after the other, round after round; the median of the rounds' ratios. Once more over the processor time of
  the process that trains, which hardly minds what else the machine does.
- *first paint*, *first step shown*: from the start until something printable, or a picture with a
  step number, has come; beside a bare Textual app, and Python importing what the host needs of
  scikit-learn, one after the other in every round.
- *memory*: resident, interface and host together: the median of several readings.
- *stall*: the terminal is not read for so long; the time from a press of space at the moment in
  which it is read again until `paused` is there.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from beside import (
    BARE_APP,
    COMMAND,
    headless_rates,
    import_seconds,
    rates_between,
    run_with_history,
    snapshot_seconds,
)
from figures import Line
from parts import measure_parts
from watched_terminal import Frame, WatchedTerminal, pictures, processor_seconds

PARTS = (
    *("traffic", "paced", "paused", "keys", "rates", "starts", "snapshots", "stalls", "long_run"),
)
"""Methods of Bench."""

FULL_SPEED = ("--pace", "max", "--steps", "100000000")
USUAL, LARGE = (120, 40), (200, 60)

FIRST_STEP = r"step\s*[\d,]+\s*/"
WARM_UP_SECONDS = 3.0
"""After the first step is shown."""
BETWEEN_KEYS_SECONDS = 0.137
"""No multiple of a frame, so that keys are pressed at every moment of one."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long everything is measured."""

    seconds: float = 8.0
    keys: int = 60
    rounds: int = 7
    rate_steps: int = 150_000
    many_steps: int = 10_000_000
    stalls: tuple[float, ...] = (10.0, 10.0, 10.0)


QUICK = Effort(3.0, 24, 3, 60_000, 1_000_000, (5.0,))


class Bench:
    """Makes the measurements."""

    def __init__(self, effort: Effort, home: Path) -> None:
        self.effort = effort
        self._home = home

    def _terminal(
        self, *args: str, size: tuple[int, int] = USUAL, command: tuple[str, ...] = COMMAND
    ) -> WatchedTerminal:
        return WatchedTerminal([*command, *args], *size, self._home)

    # -- the parts, each of which gives lines of the table

    def traffic(self) -> list[Line]:
        """At full speed: bytes, and the processor time of a frame."""
        lines, costs = [], []
        for size, fps, most in ((USUAL, 10, 12), (USUAL, 20, 12), (LARGE, 10, 25), (LARGE, 20, 25)):
            what = f"{size[0]}x{size[1]}, {fps} fps, full speed"
            with self._terminal(*FULL_SPEED, "--fps", str(fps), size=size) as terminal:
                self._warm_up(terminal)
                frames, busy, seconds = self._window(terminal)
            goals = (2.0, 25.0) if (size, fps) == (USUAL, 10) else (None, None)
            lines += bytes_lines(what, frames, seconds, *goals)
            cost = busy / pictures(frames) * 1e3
            costs.append(Line(f"{what}: processor time of a frame", cost, "ms", most))
        return [*lines, *costs]

    def paced(self) -> list[Line]:
        """At 50 steps a frame: bytes, from the first picture and from step 2,000 on."""
        lines = []
        for fps, goals in ((10, (2.0, 15.0)), (20, (None, None))):
            what = f"120x40, {fps} fps, 50 steps a frame"
            with self._terminal("--pace", "50", "--fps", str(fps)) as terminal:
                terminal.wait_for(FIRST_STEP)
                terminal.watch(0.02)  # to the end of the first picture
                frames, _, seconds = self._window(terminal)
                lines += bytes_lines(f"{what}, from the start", frames, seconds, *goals)
                terminal.draw_until_step(2_000, 0.1)
                frames, _, seconds = self._window(terminal)
                lines += bytes_lines(f"{what}, from step 2,000", frames, seconds, *goals)
        return lines

    def paused(self) -> list[Line]:
        """Bytes while nothing happens."""
        with self._terminal(*FULL_SPEED) as terminal:
            self._warm_up(terminal)
            terminal.press(" ")
            terminal.watch(1.5)
            terminal.draw()
            frames, _, seconds = self._window(terminal)
            assert " paused " in terminal.text
        size = sum(frame.size for frame in frames)
        return [Line(f"120x40, paused, output in {seconds:.0f} s", size, "bytes", 0)]

    def keys(self) -> list[Line]:
        """From the key to the screen."""
        lines = []
        for size, middle, most in ((USUAL, 10.0, 35.0), (LARGE, None, 60.0)):
            waits = []
            with self._terminal(*FULL_SPEED, size=size) as terminal:
                self._warm_up(terminal)
                for number in range(self.effort.keys):
                    mark, pressed = len(terminal.chunks), terminal.seconds
                    terminal.press(" ")
                    shown = terminal.wait_for("running" if number % 2 else "paused", mark)
                    waits.append((shown - pressed) * 1e3)
                    terminal.watch(BETWEEN_KEYS_SECONDS)
            waits.sort()
            what, worst = f"{size[0]}x{size[1]}, key to screen", f"worst {waits[-1]:.0f} ms"
            lines.append(Line(f"{what}, p50", statistics.median(waits), "ms", middle))
            late = waits[int(len(waits) * 0.95)]
            lines.append(Line(f"{what}, p95", late, "ms", most, note=worst))
        return lines

    def rates(self) -> list[Line]:
        """Training with the dashboard beside training without."""
        rates, ratios, busy_ratios = [], [], []
        steps = self.effort.rate_steps
        for _ in range(self.effort.rounds):
            alone = headless_rates(steps)
            with self._terminal(*FULL_SPEED) as terminal:
                terminal.draw_until_step(steps // 10, 0.2)
                begin = terminal.progress()
                terminal.watch((steps - begin.step) / alone.wall)
                watched = rates_between(begin, terminal.progress())
            rates.append(watched.wall)
            ratios.append(watched.wall / alone.wall)
            busy_ratios.append(watched.processor / alone.processor)
        middle = statistics.median
        note = f"{middle(rates):,.0f} steps/s, rounds {min(ratios):.2f}-{max(ratios):.2f}"
        what = "training rate, dashboard over headless"
        return [
            Line(what, middle(ratios), "", 0.97, at_least=True, note=note),
            Line("the same by processor time", middle(busy_ratios), note="where others disturb"),
        ]

    def starts(self) -> list[Line]:
        """How soon there is something to see."""
        paints, data, bare, imports = [], [], [], []
        for _ in range(self.effort.rounds):
            with self._terminal() as terminal:
                paints.append(terminal.wait_for(r"\S"))
                data.append(terminal.wait_for(FIRST_STEP))
            with self._terminal(command=(sys.executable, "-c", BARE_APP)) as terminal:
                bare.append(terminal.wait_for(r"\S"))
                terminal.watch(0.3)
            imports.append(import_seconds())
        middle = statistics.median
        later = middle(first - loaded for first, loaded in zip(data, imports, strict=True))
        note = f"a bare Textual app: {middle(bare):.3f} s"
        seen = f"shown at {middle(data):.3f} s, import {middle(imports):.3f} s"
        return [
            Line("first paint", middle(paints), "s", 0.6, note=note),
            Line("first step shown, after scikit-learn's import", later, "s", 0.3, note=seen),
        ]

    def long_run(self) -> list[Line]:
        """What a run of many steps does to memory, and to the cost of a frame."""
        memory, costs = [], []
        with self._terminal(*FULL_SPEED) as terminal:
            for steps in (100_000, self.effort.many_steps):
                terminal.draw_until_step(steps, 1.0)
                before = terminal.resident_bytes
                frames, busy, _ = self._window(terminal)
                memory.append(statistics.median((before, terminal.resident_bytes)) / 1e6)
                costs.append(busy / pictures(frames) * 1e3)
        many = f"{self.effort.many_steps / 1e6:g} million steps"
        in_all = f"{memory[0]:.0f} MB, then {memory[1]:.0f}"
        frame = f"{costs[0]:.1f} ms, then {costs[1]:.1f}"
        return [
            Line(
                f"memory after {many} over 100 thousand",
                memory[1] - memory[0],
                "MB",
                5,
                note=in_all,
            ),
            Line(
                f"a frame after {many} over 100 thousand", costs[1] / costs[0], "", 1.2, note=frame
            ),
        ]

    def snapshots(self) -> list[Line]:
        """The host's part of a frame, by the length of the history."""
        runs = [run_with_history(losses) for losses in (1_000, 10_000_000)]
        rounds = [[snapshot_seconds(run) for run in runs] for _ in range(500)]
        ratio = statistics.median(long / short for short, long in rounds)
        short, long = (statistics.median(column) * 1e3 for column in zip(*rounds, strict=True))
        note = f"{short:.2f} ms, then {long:.2f}"
        what = "a snapshot after 10 million steps over 1 thousand"
        return [Line(what, ratio, "", 1.2, note=note)]

    def stalls(self) -> list[Line]:
        """A terminal that does not read, then reads again."""
        waits, sizes = [], []
        for seconds in self.effort.stalls:
            with self._terminal(*FULL_SPEED) as terminal:
                self._warm_up(terminal)
                time.sleep(seconds)
                mark, pressed = len(terminal.chunks), terminal.seconds
                terminal.press(" ")
                waits.append((terminal.wait_for("paused", mark) - pressed) * 1e3)
                sizes.append(sum(len(chunk.data) for chunk in terminal.chunks[mark:]))
        note = f"{statistics.median(sizes) / 1e3:.0f} kB until then, worst {max(waits):.0f} ms"
        what = f"120x40, stalled for {self.effort.stalls[0]:g} s, key to screen"
        return [Line(what, statistics.median(waits), "ms", 200, note=note)]

    @staticmethod
    def _warm_up(terminal: WatchedTerminal) -> None:
        terminal.wait_for(FIRST_STEP)
        terminal.watch(WARM_UP_SECONDS)

    def _window(self, terminal: WatchedTerminal) -> tuple[list[Frame], float, float]:
        """Frames, processor seconds and seconds of the time that is measured."""
        terminal.draw()
        pid = terminal.process.pid
        busy, began = processor_seconds(pid), terminal.seconds
        terminal.watch(self.effort.seconds)
        seconds, busy = terminal.seconds - began, processor_seconds(pid) - busy
        return terminal.draw(), busy, seconds


def bytes_lines(
    what: str, frames: list[Frame], seconds: float, ratio: float | None, rate: float | None
) -> list[Line]:
    """The two lines about what was sent; `ratio` and `rate` are the goals."""
    sent, least = sum(frame.size for frame in frames), sum(frame.least for frame in frames)
    note = f"{len(frames)} frames of {sent / len(frames):,.0f} bytes"
    return [
        Line(f"{what}: bytes over the least", sent / least, "", ratio),
        Line(f"{what}: bytes a second", sent / seconds / 1e3, "kB/s", rate, note=note),
    ]


def main() -> None:
    measure_parts(
        "What the dashboard costs",
        PARTS,
        lambda quick, home: Bench(QUICK if quick else Effort(), home),
    )


if __name__ == "__main__":
    main()
