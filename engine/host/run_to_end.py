"""Trains a run to its end in this process, as fast as it goes: for a run without a dashboard."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

from engine.errors import FileError
from engine.host.autosave import seconds_to_next_save
from engine.host.bursts import Bursts
from engine.messages.report import RunReport
from engine.messages.run_request import RunRequest
from engine.messages.run_state import State
from engine.network.losses import binary_cross_entropy
from engine.run.run import Run
from engine.storage import checkpoint, recording
from engine.storage.atomic_file import write_whole
from engine.storage.open_run import open_run

BURST_SECONDS = 0.1
"""How long a burst of updates shall take: so long may a signal and the progress wait."""

MARKS = 10
"""Parts of a run. A burst never goes past the end of one, so that the lines of progress of a short
run name round steps, the same every time."""


class Progress(NamedTuple):
    """How far a run is."""

    step: int
    total: int
    train_loss: float
    """Before the last update."""
    steps_per_second: float


class FinishedRun(NamedTuple):
    """What a run came to."""

    report: RunReport
    problems: list[str]
    """What could not be saved or recorded, a line each."""


class HeadlessRun:
    """A run that is trained in this process. Signals are for the caller: `stop` ends it early."""

    def __init__(
        self, run: Run, save_file: Path | None = None, record_file: Path | None = None
    ) -> None:
        """`run` is saved in `save_file`, also on its way, and recorded in `record_file` at its end,
        where these are given.
        """
        self._run = run
        self._run.paused = False
        self._save_file = save_file
        self._record_file = record_file
        self._next_save = time.monotonic() + seconds_to_next_save(0.0)

    @classmethod
    def opened(
        cls, request: RunRequest, save_file: Path | None = None, record_file: Path | None = None
    ) -> Self:
        """The run that `request` asks for; ConfigError or FileError if it cannot be."""
        return cls(open_run(request), save_file, record_file)

    @property
    def step(self) -> int:
        """Updates made so far."""
        return self._run.trainer.step

    @property
    def total(self) -> int:
        """Updates that it makes in all."""
        return self._run.trainer.total_steps

    def train(self, show: Callable[[Progress], None], stopped: Callable[[], bool]) -> None:
        """Make all updates, unless it diverges or `stopped` says so after a burst. `show` is called
        after every burst.
        """
        run, bursts = self._run, Bursts(self._run, BURST_SECONDS, time.perf_counter)
        while run.state is State.RUNNING and not stopped():
            made = bursts.make(next_mark(self.step, self.total) - self.step)
            run.rate.add(made, bursts.seconds)
            show(self._progress())
            self._save_if_due()

    def finish(self) -> FinishedRun:
        """Report on the run, then save and record it where that is asked for."""
        report = self._run.report()
        problems = [*_save(self._run, self._save_file), *_record(self._run, self._record_file)]
        return FinishedRun(report, problems)

    def _progress(self) -> Progress:
        trainer = self._run.trainer
        loss = binary_cross_entropy(trainer.cache.predictions, trainer.dataset.train.y)
        return Progress(self.step, self.total, loss, self._run.rate.lately)

    def _save_if_due(self) -> None:
        """Save so that little is lost if the process is killed. What goes wrong shows at the end."""
        if self._save_file is not None and time.monotonic() >= self._next_save:
            began = time.monotonic()
            with suppress(FileError):
                checkpoint.save(self._run, self._save_file)
            now = time.monotonic()
            self._next_save = now + seconds_to_next_save(now - began)


def next_mark(step: int, total: int) -> int:
    """The first step after `step` at which a part of `total` ends."""
    return -(-total * (step * MARKS // total + 1) // MARKS)


def _save(run: Run, path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        checkpoint.save(run, path)
    except FileError as error:
        return [f"not saved: {error}"]
    return []


def _record(run: Run, path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        write_whole(path, recording.whole(run.config, run.commands, run.end))
    except OSError as error:
        return [f"not recorded: {path}: {error.strerror or error}"]
    return []
