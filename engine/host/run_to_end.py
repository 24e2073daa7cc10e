"""Trains a run to its end in this process, as fast as it goes: for a run without a dashboard."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

from engine.errors import FileError
from engine.host.autosave import seconds_to_next_save
from engine.host.bursts import Bursts
from engine.host.recorder import Recorder
from engine.host.run_files import NO_FILES, RunFiles
from engine.messages.report import RunReport
from engine.messages.run_request import RunPlaces, RunRequest
from engine.messages.run_state import State
from engine.run.run import Run
from engine.storage import checkpoint
from engine.storage.environment import differences
from engine.storage.open_run import open_run
from engine.storage.output_file import OutputFile

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
        self, run: Run, files: RunFiles = NO_FILES, rescue_folder: Path | None = None
    ) -> None:
        """`run` is saved in the file for that, also on its way, and recorded at its end, where there
        are such files. What could not be saved is saved in `rescue_folder` at the end.
        """
        self._run = run
        self._run.paused = False
        self._files = files
        self._rescue_folder = rescue_folder
        self._saves = 0
        self._unsaved = False
        """Whether the last save has failed."""
        self._next_save = time.monotonic() + seconds_to_next_save(0.0, 0)

    @classmethod
    def opened(
        cls,
        request: RunRequest,
        save_file: Path | None = None,
        record_file: Path | None = None,
        rescue_folder: Path | None = None,
    ) -> Self:
        """The run that `request` asks for; ConfigError or FileError if it cannot be, or if another
        run writes one of its files.
        """
        places = RunPlaces(
            save_file=None if save_file is None else str(save_file),
            record_file=None if record_file is None else str(record_file),
        )
        files = RunFiles(places, set())
        try:
            return cls(open_run(request), files, rescue_folder)
        except BaseException:
            files.release()
            raise

    @property
    def made_elsewhere(self) -> str | None:
        """One line if it was begun where other bits may have come out."""
        return differences(self._run.libraries)

    @property
    def not_learned(self) -> tuple[int, tuple[str, ...]]:
        """Rows and columns of its file that are left out, as far as that was read now."""
        data = self._run.trainer.dataset
        return data.left_out, data.ignored

    @property
    def step(self) -> int:
        """Updates made so far."""
        return self._run.trainer.step

    @property
    def total(self) -> int:
        """Updates that it makes in all."""
        return self._run.trainer.total_steps

    def train(
        self,
        show: Callable[[Progress], None],
        stopped: Callable[[], bool],
        tell: Callable[[str], None],
    ) -> None:
        """Make all updates, unless it diverges or `stopped` says so after a burst. `show` is called
        after every burst, `tell` with what goes wrong.
        """
        run, bursts = self._run, Bursts(self._run, BURST_SECONDS, time.perf_counter)
        while run.state is State.RUNNING and not stopped():
            made = bursts.make(next_mark(self.step, self.total) - self.step)
            run.rate.add(made, bursts.seconds)
            show(self._progress())
            self._save_if_due(tell)

    def finish(self) -> FinishedRun:
        """Report on the run, then save and record it where that is asked for."""
        report = self._run.report()
        problems = [*self._save_at_end(), *self._record()]
        self._files.release()
        return FinishedRun(report, problems)

    def _progress(self) -> Progress:
        trainer = self._run.trainer
        return Progress(self.step, self.total, trainer.losses.last, self._run.rate.lately)

    def _save_if_due(self, tell: Callable[[str], None]) -> None:
        """Save so that little is lost if the process is killed. That it fails is told once, until a
        save succeeds.
        """
        if self._files.save is None or time.monotonic() < self._next_save:
            return
        began = time.monotonic()
        problem = self._save(self._files.save)
        if problem is not None and not self._unsaved:
            tell(f"not saved: {problem}; training goes on")
        self._unsaved = problem is not None
        self._saves += 1
        now = time.monotonic()
        self._next_save = now + seconds_to_next_save(now - began, self._saves)

    def _save(self, file: OutputFile) -> str | None:
        """Save in `file`; returns what went wrong."""
        try:
            file.write(checkpoint.encode(self._run))
        except FileError as error:
            return str(error)
        except OSError as error:
            return f"{file.path}: {error.strerror or error}"
        return None

    def _save_at_end(self) -> list[str]:
        if self._files.save is None:
            return []
        problem = self._save(self._files.save)
        if problem is None:
            return []
        rescued = self._rescued()
        return [f"not saved: {problem}" + (f"; saved in {rescued} instead" if rescued else "")]

    def _rescued(self) -> Path | None:
        """The file in the folder of runs that the run was saved in; None if that fails, too."""
        if self._rescue_folder is None:
            return None
        files = RunFiles(RunPlaces(state_folder=str(self._rescue_folder)), set())
        try:
            if files.state is None or self._save(files.state) is not None:
                return None
            return files.state.path
        finally:
            files.release()

    def _record(self) -> list[str]:
        run, file = self._run, self._files.record
        if file is None:
            return []
        problems: list[str] = []
        recorder = Recorder(run, file, problems.append)
        unrecorded = recorder.finish()
        return problems or ([unrecorded] if unrecorded else [])


def next_mark(step: int, total: int) -> int:
    """The first step after `step` at which a part of `total` ends."""
    return -(-total * (step * MARKS // total + 1) // MARKS)
