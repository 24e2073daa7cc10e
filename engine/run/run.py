"""A run as a person steers it: a trainer, whether it is paused, and at what pace it goes."""

from engine.config.training_config import TrainingConfig, check_whole
from engine.data.dataset import Dataset
from engine.messages.commands import (
    Command,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.snapshot import Snapshot, State, View
from engine.probes.observe import (
    Facts,
    FieldObserver,
    data_points,
    facts_of,
    layer_view,
    loss_curves,
)
from engine.probes.report import RunReport, report_on
from engine.run.rate_meter import RateMeter
from engine.storage.recording import End, Recorded
from engine.training.trainer import Phase, Trainer

MAX_PACE = 1_000_000
MAX_STEPS_AT_ONCE = 100


class Run:
    """Applies commands, makes updates, answers with snapshots. Knows no clock and no channel."""

    replays = False
    """Whether a recording decides its course."""

    def __init__(self, config: TrainingConfig, pace: int, dataset: Dataset | None = None) -> None:
        """Load the data and draw the initial parameters; starts out running."""
        check_pace(pace)
        self.config = config
        """What it began with; the trainer's differs once another seed was taken."""
        self.commands: list[Recorded] = []
        """Everything that was done to it: with `config`, all that decides its parameters."""
        self.trainer = Trainer(config, dataset)
        self.pace = pace
        self.paused = False
        self.revision = 1
        self.number = 0
        self.rate = RateMeter()
        self._known: tuple[tuple[int, int], Facts] | None = None
        self._observe_anew()

    def _start_anew(self) -> None:
        """Be another run than before, as the trainer has begun again."""
        self.number += 1
        self.rate = RateMeter()
        self._observe_anew()

    def _observe_anew(self) -> None:
        self.points = data_points(self.trainer.dataset)
        self._field = FieldObserver(self.trainer.network, self.points.bounds)

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
        made = self._make(steps)
        if seconds is not None:
            self.rate.add(made, seconds)
        return made

    def _make(self, steps: int) -> int:
        return self.trainer.advance(steps)

    def touch(self) -> None:
        """Say that something has changed since the last snapshot."""
        self.revision += 1

    def apply(self, command: Command) -> None:
        """Carry out `command`; ConfigError if what it asks for is not allowed."""
        recorded = Recorded(self.trainer.step, command, self.state is State.DIVERGED)
        place = len(self.commands)  # a step of a replay may bring further commands
        self._carry_out(command)
        self.commands.insert(place, recorded)
        self.touch()

    def _carry_out(self, command: Command) -> None:
        match command:
            case Pause():
                self.paused = True
            case Resume():
                self.paused = False
            case MakeSteps(count):
                check_whole("steps", count, 1, MAX_STEPS_AT_ONCE)
                self.paused = True
                self._make(count)
            case SetAlpha(alpha):
                self.trainer.set_alpha(alpha)
            case SetPace(pace):
                check_pace(pace)
                self.pace = pace
                self.rate.forget()
            case Reset(seed):
                self.trainer.reset(seed)
                self._start_anew()
            case Extend(steps):
                self.trainer.extend(steps)
                self.paused = False
            case Rewind():
                self.trainer.rewind()

    def _facts(self) -> Facts:
        """What every view has in common, worked out once for all that look at the same moment."""
        moment = self.revision, self.trainer.step
        if self._known is None or self._known[0] != moment:
            self.trainer.evaluate()
            self._known = moment, facts_of(self.trainer)
        return self._known[1]

    def snapshot(self, view: View) -> Snapshot:
        """Everything that `view` draws, at this moment."""
        trainer = self.trainer
        facts = self._facts()
        return Snapshot(
            revision=self.revision,
            run=self.number,
            config=trainer.config,
            state=self.state,
            step=trainer.step,
            total_steps=trainer.total_steps,
            alpha=trainer.alpha,
            alpha_changes=trainer.alpha_changes,
            pace=self.pace,
            steps_per_second=self.rate.lately,
            train_loss=facts.train_loss,
            test_loss=facts.test_loss,
            train_accuracy=facts.train_accuracy,
            test_accuracy=facts.test_accuracy,
            divergence=trainer.divergence,
            curves=loss_curves(trainer, view.series_points),
            train_predictions=facts.train_predictions,
            field=self._field.probabilities(view.field_rows, view.field_columns),
            layer=layer_view(trainer, view.window),
            points=None if view.known_run == self.number else self.points,
            replays=self.replays,
        )

    @property
    def end(self) -> End:
        """How it stands, for the end of its recording."""
        sha256 = self.trainer.network.sha256()
        return End(self.trainer.step, sha256, self.state is State.DIVERGED)

    def report(self) -> RunReport:
        """How it stands, for the end."""
        return report_on(self.trainer, self.state, self.rate.overall)


def check_pace(pace: int) -> None:
    """ConfigError unless `pace` is a number of steps a frame, or 0."""
    check_whole("pace", pace, 0, MAX_PACE)
