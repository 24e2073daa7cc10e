"""A run as a person steers it: a trainer, whether it is paused, and at what pace it goes."""

from typing import Any

import msgspec

import engine.run.data_effects  # noqa: F401  # by which its commands come to have effects
from engine.config.checks import FULL_SPEED, check_pace, check_whole
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.data.load import load_dataset
from engine.messages.commands import (
    LONG_SECONDS,
    Command,
    RelativeCommand,
    Standing,
)
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.messages.snapshot import DataPoints, Ghost, Snapshot
from engine.messages.view import View
from engine.probes.evaluation import Evaluation, evaluation_of
from engine.probes.plane_pictures import PlanePictures
from engine.probes.report import report_on
from engine.run.command_log import End, Recorded
from engine.run.effects import carry_out, with_digest
from engine.run.ghost import ghost_of
from engine.run.kept_course import KeptCourse
from engine.run.on_the_way import done_on_the_way
from engine.run.rate_meter import RateMeter
from engine.run.run_state import RunState
from engine.run.snapshots import snapshot_of
from engine.training.trainer import Phase, Trainer

MOST_EVALUATED = 16_384
"""Points of either side that the figures of a moment are of: to look must not take longer than to
train."""

USUAL_PACE = 50
"""Steps a frame to which a run goes back that has been at full speed from its beginning."""


class Run:
    """Applies commands, makes updates, answers with snapshots. Knows no clock and no connection."""

    replays = False
    """Whether a recording decides its course."""

    def __init__(self, config: TrainingConfig, pace: int, dataset: Dataset | None = None) -> None:
        """Start out running, on `dataset` or else on the data that `config` names."""
        check_pace(pace)
        dataset = dataset or load_dataset(config)
        config = with_digest(config, dataset)
        self._begin(config, pace, Trainer(config, dataset))

    def _begin(self, config: TrainingConfig, pace: int, trainer: Trainer) -> None:
        self.config = config
        """What it began with; the trainer's differs once another seed was taken."""
        self.commands: list[Recorded] = []
        """Everything that was done to it: with `config`, all that decides its parameters."""
        self.libraries: dict[str, str] = {}
        """What it was made with before it came from a file; empty for a new run."""
        self.trainer = trainer
        self.pace = pace
        self._pace_before = pace or USUAL_PACE
        self.paused = False
        self.revision = 1
        """Grows with every change that a snapshot can show."""
        self.number = 0
        """Grows with every reset."""
        self.rate = RateMeter()
        self._trained_before = 0.0
        """Seconds for which this course was trained by other processes, or before it was kept."""
        self.kept: KeptCourse | None = None
        """The course before the last reset."""
        self.given_up: KeptCourse | None = None
        """The course that was given up last, whether it is kept or not."""
        self.ghost: Ghost | None = None
        """The curves of the course before, if it had any."""
        self._evaluated: tuple[tuple[int, int], Evaluation] | None = None
        self._on_the_way: tuple[int, tuple[str, ...]] = 0, ()
        self.points_number = 0
        """Grows whenever other points are drawn."""
        self.observe_anew()

    def state_for_saving(self) -> RunState:
        """All that a checkpoint keeps of it."""
        return RunState(
            config=self.config,
            commands=list(self.commands),
            trainer=self.trainer.state(),
            number=self.number,
            pace=self.pace,
            paused=self.paused,
            trained_seconds=self.trained_seconds,
            kept=self.kept,
            libraries=self.libraries,
        )

    @classmethod
    def from_state(cls, state: RunState, dataset: Dataset) -> "Run":
        """A run that goes on as the one that gave `state`, on the same `dataset`; ConfigError or
        ValueError where its parts do not fit each other.
        """
        check_pace(state.pace)
        run = cls.__new__(cls)
        run._begin(state.config, state.pace, Trainer.from_state(state.trainer, dataset))
        run.commands = list(state.commands)
        run.number, run.paused = state.number, state.paused
        run._trained_before, run.kept = state.trained_seconds, state.kept
        if run.kept is not None:
            check_whole("commands", run.kept.commands, 0, len(run.commands))
            # its parts fit each other, too
            run.ghost = ghost_of(Trainer.from_state(run.kept.trainer, run.kept.dataset))
        run.libraries = state.libraries
        return run

    def __reduce__(self) -> tuple[Any, ...]:
        # its picture of the plane is bound to the original's network: a copy makes its own
        return Run.from_state, (self.state_for_saving(), self.trainer.dataset)

    def start_anew(self, trained_seconds: float = 0.0) -> None:
        """Be another run than before, which was trained for so long already."""
        self.number += 1
        self.rate = RateMeter()
        self._trained_before = trained_seconds
        self.observe_anew()

    @property
    def trained_seconds(self) -> float:
        """For how long the present course was trained in all, rest within frames included."""
        return self._trained_before + self.rate.seconds

    def present_course(self, *, newer: bool) -> KeptCourse | None:
        """What is to be kept of the present course; None if no update was made in it."""
        state, seconds = self.trainer.state(), self.trained_seconds
        if not state.learned.step:
            return None
        place = len(self.commands)
        return KeptCourse(state, self.trainer.dataset, seconds, self.number, place, newer)

    def set_pace(self, pace: int) -> None:
        """Make so many steps a frame."""
        if self.pace != FULL_SPEED:
            self._pace_before = self.pace
        self.pace = pace
        self.rate.forget()

    def give_up(self, *, keeps: bool) -> None:
        """Put the present course away, before another begins."""
        present = self.present_course(newer=False)
        self.given_up = present or self.given_up
        self.ghost = ghost_of(self.trainer) or self.ghost
        if keeps:
            self.kept = present or self.kept

    @property
    def ghost_number(self) -> int:
        """By which dashboards know the present ghost; 0 if there is none."""
        return 0 if self.ghost is None else self.number

    def observe_anew(self) -> None:
        """Draw other points, another plane or another network from now on."""
        self.points_number += 1
        self.pictures = PlanePictures.of(self.trainer)

    @property
    def points(self) -> DataPoints:
        """Those that are drawn."""
        return self.pictures.points

    @property
    def state(self) -> State:
        """What it does now."""
        if self.trainer.phase is Phase.DIVERGED:
            return State.DIVERGED
        if self.trainer.phase is Phase.DONE:
            return State.DONE
        return State.PAUSED if self.paused else State.RUNNING

    def advance(self, steps: int, seconds: float | None = None) -> int:
        """Make up to `steps` updates if it is running; returns how many."""
        if self.state is not State.RUNNING:
            return 0
        made = self.make(steps)
        if seconds is not None:
            self.rate.add(made, seconds)
        return made

    def make(self, steps: int) -> int:
        """Make up to `steps` updates, whether it is paused or not; returns how many."""
        return self.trainer.advance(steps)

    def touch(self) -> None:
        """Say that something has changed since the last snapshot."""
        self.revision += 1

    # -- commands

    def resolved(self, command: Command) -> Command:
        """`command` with the values that it means now, if it is relative."""
        command.check()
        if not isinstance(command, RelativeCommand):
            return command
        now = Standing(
            alpha=self.trainer.alpha,
            pace=self.pace,
            pace_before=self._pace_before,
            paused=self.state is not State.RUNNING,
            seed=self.trainer.config.seed,
            data_seed=self.trainer.config.seed_of_data,
            weight_seed=self.trainer.config.seed_of_weights,
            pins_seeds=self.trainer.config.pins_seeds,
            steps=self.trainer.config.steps,
            edits=self.trainer.edits,
            undo_alpha=self.trainer.undo_alpha,
            restart_alpha=self.trainer.restart_alpha,
            # a short course never takes the place of a long one
            keeps=self.trained_seconds > LONG_SECONDS or not (self.kept and self.kept.is_long),
        )
        return command.resolved(now)

    def apply(self, command: Command) -> None:
        """Carry out `command` and record it, with its value if it is relative; ConfigError if what
        it asks for is not allowed.
        """
        command = self.resolved(command)
        diverged, stopped = self._found
        recorded = Recorded(self.trainer.step, command, diverged, stopped)
        place = len(self.commands)  # a step of a replay may bring further commands
        done = carry_out(command, self) or command
        self.commands.insert(place, msgspec.structs.replace(recorded, command=done))
        self.touch()

    @property
    def _found(self) -> tuple[bool, bool]:
        """Whether the present step has been found to be one where it diverges, or where it stops."""
        return self.state is State.DIVERGED, bool(self.trainer.stops.reason)

    # -- what is told of it

    @property
    def on_the_way(self) -> tuple[str, ...]:
        """The commands that have decided the present course since it began, by their recorded names."""
        if self._on_the_way[0] != len(self.commands):
            self._on_the_way = len(self.commands), done_on_the_way(self.commands)
        return self._on_the_way[1]

    @property
    def evaluation(self) -> Evaluation:
        """How it does now, worked out once for all that ask at the same moment."""
        moment = self.revision, self.trainer.step
        if self._evaluated is None or self._evaluated[0] != moment:
            self._evaluated = moment, evaluation_of(self.trainer, MOST_EVALUATED)
        return self._evaluated[1]

    def snapshot(self, view: View) -> Snapshot:
        """Everything that `view` draws, at this moment."""
        return snapshot_of(self, view)

    @property
    def end(self) -> End:
        """How it stands, for the end of its recording."""
        sha256 = self.trainer.network.sha256()
        return End(self.trainer.step, sha256, *self._found)

    def report(self) -> RunReport:
        """How it stands, for the end."""
        return report_on(self.trainer, self.state, self.rate.overall)
