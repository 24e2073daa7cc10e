"""A run without a dashboard: in this process, as fast as it goes, with its progress on stderr."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple, Protocol

import click

from engine.errors import FileError
from engine.messages.snapshot import State
from engine.network.losses import binary_cross_entropy
from engine.probes.report import RunReport
from engine.run.run import Run
from engine.storage import checkpoint
from tui.terminal.capabilities import can_redraw

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

BURST_SECONDS = 0.1
"""How long a burst of updates shall take: as long as Ctrl+C and the progress may wait."""

MARKS = 10
"""Parts of a run after each of which there is a line of progress, however fast it went."""

SAVE_SECONDS = 30.0
"""Between two saves of a run that is to be saved."""

LINE_SECONDS = 2.0
LINE_SHARE = 0.1
"""Between two of these there is a line after that many seconds, or this share of the time so far:
a run of an hour is not worth two thousand lines.
"""


class Moment(NamedTuple):
    """What there is to say of a run on its way."""

    step: int
    total: int
    train_loss: float
    """Before the last update."""
    steps_per_second: float


class Progress(Protocol):
    """Tells a person how far a run is."""

    def show(self, moment: Moment) -> None:
        """Bring up to date what is told."""


class Outcome(NamedTuple):
    """How a headless run came to its end."""

    report: RunReport
    interrupted_by: int | None
    """The signal that ended it early."""


def run_headless(run: Run, *, ascii_only: bool, save_file: Path | None = None) -> Outcome:
    """Train to the end, to divergence, or to SIGINT or SIGTERM; on the way, save in `save_file`."""
    with interruption() as interrupted, progress_on_stderr(run, ascii_only) as progress:
        train(run, progress, interrupted, Saver(run, save_file))
    return Outcome(run.report(), interrupted.by)


@dataclass
class Interruption:
    """Whether a signal has asked for the end, and which."""

    by: int | None = None


class Saver:
    """Saves a run now and then, so that little is lost if it is killed. What goes wrong then shows
    at the end, when it is saved for good.
    """

    def __init__(self, run: Run, path: Path | None) -> None:
        self._run = run
        self._path = path
        self._saved = time.monotonic()

    def save_if_due(self) -> None:
        """Save if it was long ago that it was."""
        if self._path is not None and time.monotonic() - self._saved >= SAVE_SECONDS:
            with suppress(FileError):
                checkpoint.save(self._run, self._path)
            self._saved = time.monotonic()


def train(run: Run, progress: Progress, interrupted: Interruption, saver: Saver) -> None:
    """Advance `run` in bursts. A burst never goes past a mark, so that the lines of a short run
    name round steps, the same every time.
    """
    size, trainer = 1, run.trainer
    while run.state is State.RUNNING and interrupted.by is None:
        left = next_mark(trainer.step, trainer.total_steps) - trainer.step
        begun = time.perf_counter()
        made = run.advance(min(size, left))
        seconds = max(time.perf_counter() - begun, 1e-9)
        run.rate.add(made, seconds)
        size = max(1, int(made / seconds * BURST_SECONDS))
        loss = binary_cross_entropy(trainer.cache.predictions, trainer.dataset.train.y)
        progress.show(Moment(trainer.step, trainer.total_steps, loss, run.rate.lately))
        saver.save_if_due()


def next_mark(step: int, total: int) -> int:
    """The first step after `step` at which a tenth of `total` is full."""
    return -(-total * (step * MARKS // total + 1) // MARKS)


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Let the first SIGINT or SIGTERM end the run after the burst under way, and a second one at
    once, in case a single update takes minutes. What was ignored from the start (nohup, a job in
    the background) stays so.
    """
    interrupted = Interruption()
    before = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if (handler := signal.getsignal(number)) not in (signal.SIG_IGN, None)
    }

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _: FrameType | None) -> None:
        interrupted.by = number
        restore()

    for number in before:
        signal.signal(number, note)
    try:
        yield interrupted
    finally:
        restore()


@contextmanager
def progress_on_stderr(run: Run, ascii_only: bool) -> Iterator[Progress]:
    """A bar where it can be redrawn, else lines."""
    if not can_redraw(sys.stderr):
        yield Lines(run.trainer.step * MARKS // run.trainer.total_steps)
        return
    with bar(run.trainer.total_steps, ascii_only) as progress:
        yield progress


class Lines:
    """One line at each mark, and where these are far apart, one every few seconds."""

    def __init__(self, mark: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        """`mark` is the last one that the run has passed already."""
        self._clock = clock
        self._begun = self._told = clock()
        self._mark = mark

    def show(self, moment: Moment) -> None:
        """Print a line if one is due. Nobody reading them does not end a run."""
        now, mark = self._clock(), moment.step * MARKS // moment.total
        patience = max(LINE_SECONDS, LINE_SHARE * (now - self._begun))
        if mark > self._mark or now - self._told >= patience:
            self._told, self._mark = now, mark
            with suppress(OSError, ValueError):
                click.echo(in_words(moment), err=True)


def in_words(moment: Moment) -> str:
    """`moment` on one line."""
    return (
        f"step {moment.step:,} of {moment.total:,}"
        f"  train {loss_text(moment.train_loss)}  {rate_text(moment.steps_per_second)}"
    )


@contextmanager
def bar(total: int, ascii_only: bool) -> Iterator[Progress]:
    """A bar on stderr that is redrawn in place."""
    # loaded here, as a piped run has no use for Rich
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    # Rich chooses the bar's characters by the encoding of the file
    encoding = "ascii" if ascii_only else "utf-8"
    with (
        open(2, "w", encoding=encoding, errors="replace", closefd=False) as stderr,
        RichProgress(
            BarColumn(bar_width=None),
            TaskProgressColumn(),
            TextColumn("{task.description}"),
            TimeRemainingColumn(),
            console=Console(file=stderr),
            expand=True,
            # no thread that redraws: it would take its time from the training, and a burst ends
            # ten times a second anyway
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        ) as drawn,
    ):
        yield Bar(drawn, drawn.add_task("", total=total))


class Bar:
    """Puts moments on a bar of Rich's."""

    def __init__(self, drawn: "RichProgress", task: "TaskID") -> None:
        self._drawn = drawn
        self._task = task

    def show(self, moment: Moment) -> None:
        """Redraw."""
        self._drawn.update(
            self._task, completed=moment.step, description=in_words(moment), refresh=True
        )


def loss_text(loss: float) -> str:
    """`loss` with four digits after the point, or where these would be zeros, in powers of ten."""
    return f"{loss:.4f}" if loss >= 0.001 else f"{loss:.2e}"


def rate_text(steps_per_second: float) -> str:
    """A rate with three digits that count."""
    rounded = float(f"{steps_per_second:.3g}")
    return f"{rounded:,.0f} steps/s" if rounded >= 100 else f"{rounded:g} steps/s"
