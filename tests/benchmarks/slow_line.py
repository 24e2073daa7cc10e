"""How late a person sees things behind a slow line, in moonwalk and in other programs.

    python tests/benchmarks/slow_line.py [--quick] [--other "COMMAND"] [program ...]

What a program writes is taken at once into a buffer, as sshd and TCP have it, and displayed at the
rate of the line. How each is measured, while the program is as busy as it gets:

- *first picture*: from the start until a text that the first picture has was displayed.
- *key*: from the press until the text that it leads to was displayed, 20 s at most.
- *age*: of what is displayed, since the program wrote it.
- *bytes*: displayed a second.

Programs are moonwalk, a plain Textual app, and btop where there is one. With --other, any program that
does something by itself, and leaves something else on its screen at each press of space.
"""

import argparse
import shlex
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from beside import COMMAND
from rich.console import Console
from rich.table import Table
from slow_terminal import SlowLine, SlowTerminal

MOST_KEY_SECONDS = 20.0
MOST_START_SECONDS = 60.0
WARM_UP_SECONDS = 3.0
BETWEEN_KEYS_SECONDS = 1.3


@dataclass(frozen=True, slots=True)
class Program:
    """A full-screen program, and a key with the two texts that it leads to in turn."""

    name: str
    command: tuple[str, ...]
    ready: str
    """A text of its first picture; empty for any."""
    key: bytes = b" "
    shows: tuple[str, str] = ("paused", "running")
    """Empty for: another picture than before; `!text` for its absence."""


@dataclass(frozen=True, slots=True)
class Case:
    """A terminal and its line."""

    columns: int
    rows: int
    line: SlowLine

    def __str__(self) -> str:
        mute = "" if self.line.answers else ", mute"
        return f"{self.columns}x{self.rows}, {self.line.rate / 1e3:g} kB/s{mute}"


PROGRAMS = [
    Program("moonwalk", (*COMMAND, "--pace", "max", "--steps", "1000000000"), "running"),
    Program(
        "a plain Textual app",
        (sys.executable, str(Path(__file__).with_name("plain_app.py"))),
        "running",
    ),
    Program("btop", ("btop",), "Mem", b"h", ("Description:", "!Description:")),
]
CASES = [
    Case(80, 24, SlowLine(2_000)),
    Case(120, 40, SlowLine(8_000)),
    Case(80, 24, SlowLine(4_000, answers=False)),
]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured."""

    first_picture: float
    keys: list[float]
    ages: list[float]
    bytes_per_second: float

    @property
    def cells(self) -> list[str]:
        """What the table says."""
        middle = statistics.median(self.keys)
        late = percentile(self.keys, 0.95)
        shown = [self.first_picture, middle, late, percentile(self.ages, 0.95)]
        limits = [MOST_START_SECONDS, MOST_KEY_SECONDS, MOST_KEY_SECONDS, float("inf")]
        cells = [
            f"> {most:g} s" if seconds >= most else f"{seconds:.2f} s"
            for seconds, most in zip(shown, limits, strict=True)
        ]
        return [*cells, f"{self.bytes_per_second / 1e3:.1f} kB/s"]


def percentile(values: list[float], share: float) -> float:
    """The value below which so many of the others are; 0 if there are none."""
    return sorted(values)[int(len(values) * share)] if values else 0.0


def measure(program: Program, case: Case, seconds: float, home: Path) -> Figures:
    """Watch the program behind that line, and press its key for so long."""
    with SlowTerminal(program.command, case.columns, case.rows, case.line, home) as terminal:
        first = terminal.watch(MOST_START_SECONDS, lambda: is_ready(program.ready, terminal.text))
        terminal.watch(WARM_UP_SECONDS)
        terminal.ages.clear()
        sent, began = terminal.displayed, time.monotonic()
        keys: list[float] = []
        while not terminal.ended and time.monotonic() - began < seconds:
            arrived = shown_by_key(program, len(keys), terminal)
            terminal.press(program.key)
            keys.append(terminal.watch(MOST_KEY_SECONDS, arrived))
            terminal.watch(BETWEEN_KEYS_SECONDS)
        if terminal.ended:
            raise RuntimeError(f"{program.name} has left by itself; there is:\n{terminal.text}")
        rate = (terminal.displayed - sent) / (time.monotonic() - began)
        return Figures(first, keys, list(terminal.ages), rate)


def is_ready(wanted: str, text: str) -> bool:
    """Whether the first picture is there."""
    return wanted in text if wanted else bool(text.strip())


def shown_by_key(program: Program, number: int, terminal: SlowTerminal) -> Callable[[], bool]:
    """Whether what the press of that number leads to is displayed."""
    wanted, before = program.shows[number % 2], terminal.text
    if not wanted:
        return lambda: terminal.text != before
    if wanted.startswith("!"):
        return lambda: wanted[1:] not in terminal.text
    return lambda: wanted in terminal.text


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure programs behind slow lines.")
    parser.add_argument("--quick", action="store_true", help="measure for a shorter time")
    parser.add_argument("--other", help="a command to measure, too; its key is space")
    parser.add_argument("programs", nargs="*", help=f"of: {', '.join(p.name for p in PROGRAMS)}")
    args = parser.parse_args()
    unknown = set(args.programs) - {program.name for program in PROGRAMS}
    if unknown:
        parser.error(f"no such program: {', '.join(sorted(unknown))}")

    programs = [p for p in PROGRAMS if not args.programs or p.name in args.programs]
    if args.other:
        programs.append(Program(args.other, tuple(shlex.split(args.other)), "", shows=("", "")))
    table = Table("program", "terminal and line", title="Behind a slow line")
    for heading in ("first picture", "key p50", "key p95", "age p95", "bytes"):
        table.add_column(heading, justify="right", no_wrap=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        for case in CASES:
            for program in programs:
                if shutil.which(program.command[0]) is None:
                    print(f"not installed: {program.name}", file=sys.stderr)
                    continue
                print(f"measuring: {program.name}, {case}", file=sys.stderr)
                figures = measure(program, case, 12.0 if args.quick else 30.0, Path(home))
                table.add_row(program.name, str(case), *figures.cells)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
