"""The progress of a run without a dashboard, on stderr: a bar or lines."""

import io
import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

import click

from engine.errors import one_line
from engine.host.run_to_end import MARKS, Progress
from tui.terminal.capabilities import can_redraw
from tui.terminal.terminal_types import color_system

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_SECONDS = 2.0
LINE_SHARE = 0.1
"""Between two of these there is a line after that many seconds, or this share of the time so far:
a run of an hour is not worth two thousand lines.
"""


class Display(Protocol):
    """Tells a person how far a run is."""

    def show(self, now: Progress) -> None:
        """Bring up to date what is told."""

    def say(self, text: str) -> None:
        """Tell what a person should know, on a line of its own."""


@contextmanager
def progress_on_stderr(step: int, total: int, ascii_only: bool) -> Iterator[Display]:
    """A bar where it can be redrawn, else lines; for a run that has made `step` of `total`."""
    if not can_redraw(sys.stderr):
        yield Lines(step * MARKS // total)
        return
    with bar(total, ascii_only) as display:
        yield display


class Lines:
    """One line at each mark, and where these are far apart, one every few seconds."""

    def __init__(self, mark: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        """`mark` is the last one that the run has passed already."""
        self._clock = clock
        self._begun = self._told = clock()
        self._mark = mark

    def show(self, now: Progress) -> None:
        """Print a line if one is due. A closed stderr does not end the run."""
        mark = now.step * MARKS // now.total
        time_now = self._clock()
        patience = max(LINE_SECONDS, LINE_SHARE * (time_now - self._begun))
        if mark > self._mark or time_now - self._told >= patience:
            self._told, self._mark = time_now, mark
            _echo(in_words(now))

    def say(self, text: str) -> None:
        """Print the line."""
        _echo(_said(text))


def _echo(line: str) -> None:
    with suppress(OSError, ValueError):
        click.echo(line, err=True)


def _said(text: str) -> str:
    return f"moonwalk: {one_line(text)}"


def in_words(now: Progress) -> str:
    """`now` on one line."""
    return (
        f"step {now.step:,} of {now.total:,}"
        f"  train {loss_text(now.train_loss)}  {rate_text(now.steps_per_second)}"
    )


@contextmanager
def bar(total: int, ascii_only: bool) -> Iterator[Display]:
    """A bar on stderr that is redrawn in place."""
    # loaded here, as a piped run has no use for Rich
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    # Rich chooses the bar's characters by the encoding of the file
    encoding = "ascii" if ascii_only else "utf-8"
    raw = io.BufferedWriter(_LastingStream(2, "w", closefd=False))
    with (
        io.TextIOWrapper(raw, encoding=encoding, errors="replace") as stderr,
        RichProgress(
            BarColumn(bar_width=None),
            TaskProgressColumn(),
            TextColumn("{task.description}"),
            TimeRemainingColumn(),
            console=Console(file=stderr, color_system=color_system(os.environ)),
            expand=True,
            # no thread that redraws: it would take its time from the training, and a burst ends
            # ten times a second anyway
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        ) as drawn,
    ):
        yield Bar(drawn, drawn.add_task("", total=total))


class _LastingStream(io.FileIO):
    """A stream that takes whatever is written also once its terminal is gone."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data) or 0
        except OSError:
            return memoryview(data).nbytes


class Bar:
    """Shows progress on a bar of Rich's."""

    def __init__(self, drawn: "RichProgress", task: "TaskID") -> None:
        self._drawn = drawn
        self._task = task

    def show(self, now: Progress) -> None:
        """Redraw."""
        self._drawn.update(self._task, completed=now.step, description=in_words(now), refresh=True)

    def say(self, text: str) -> None:
        """Print the line above the bar."""
        self._drawn.console.print(_said(text), markup=False, highlight=False, soft_wrap=True)


def loss_text(loss: float) -> str:
    """`loss` with four digits after the point, or where these would be zeros, in powers of ten; a dash
    where there is none.
    """
    if math.isnan(loss):
        return "-"
    return f"{loss:.4f}" if loss >= 0.001 else f"{loss:.2e}"


def rate_text(steps_per_second: float) -> str:
    """A rate with three digits that count."""
    rounded = float(f"{steps_per_second:.3g}")
    return f"{rounded:,.0f} steps/s" if rounded >= 100 else f"{rounded:g} steps/s"
