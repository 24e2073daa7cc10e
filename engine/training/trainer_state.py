"""The state of a trainer as values: what is saved, copied, and gone back to."""

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_STEPS, check_whole
from engine.config.edits import NO_EDITS, Edits
from engine.config.training_config import TrainingConfig
from engine.errors import one_line
from engine.training.divergence import Divergence, within_limit
from engine.training.loss_record import LossRecordState
from engine.training.past_schedules import PastSchedule, check_past
from engine.training.schedules import PlateauState
from engine.training.stop_conditions import PatienceState

NO_MOMENTS = np.empty((0, 0))


class LearnedState(msgspec.Struct, frozen=True, eq=False):
    """What updates change: training goes on from it as it did then."""

    step: int
    """Updates made."""
    parameters: Array
    """(parameters,): all of the network's, flat."""
    moments: Array = NO_MOMENTS
    """(slots, parameters): what the optimizer has gathered."""
    count: float = 0.0
    """Updates that the optimizer has counted."""

    def copied(self) -> "LearnedState":
        """The same in arrays of its own."""
        return LearnedState(self.step, self.parameters.copy(), self.moments.copy(), self.count)


class TrainerState(msgspec.Struct, frozen=True, eq=False):
    """Everything that decides a trainer's future, and its past as far as it is drawn. With the
    dataset, it makes the trainer again.
    """

    config: TrainingConfig
    total_steps: int
    alpha: float
    first_alpha: float
    """That of the first update."""
    alpha_changes: list[tuple[int, float]]
    divergence: Divergence | None
    learned: LearnedState
    best: LearnedState
    best_loss: float
    """Training loss of `best`; infinite while none is known."""
    losses: LossRecordState
    plateau: PlateauState = PlateauState()
    patience: PatienceState = PatienceState()
    stopped: str = ""
    """Why it ended before its last step; empty if it did not."""
    goes_past: bool = False
    """Whether it was told to go on after the loss to stop at."""
    batch_sizes: list[tuple[int, int]] = []
    """The steps from which on batches had a size, with the size; none where that is not known."""
    sample_counts: list[int] = []
    """How many training points there were from each of these steps on; none where that is not known."""
    edits: Edits = NO_EDITS
    """Nodes that are switched off, and parameters that are frozen."""
    past_schedules: list[PastSchedule] = []
    """Those that were in force before the present one; none where that is not known."""

    def check(self) -> None:
        """ConfigError or ValueError where its parts do not fit each other."""
        step = self.learned.step
        check_whole("step", step, 0, self.total_steps)
        check_whole("best step", self.best.step, 0, step)
        self.losses.intervals.check()
        for learned in (self.learned, self.best):
            # one that diverged has counted the update that was not made
            if not (learned.count.is_integer() and 0.0 <= learned.count <= MAX_STEPS):
                raise ValueError(f"an optimizer has counted {learned.count} updates")
        check_whole("losses", self.losses.since_interval[1], 0, step)
        check_whole("plateau", self.plateau.since, 0, MAX_STEPS)
        if not 0.0 < self.plateau.factor <= 1.0:
            raise ValueError(f"a plateau's factor of {self.plateau.factor:g}")
        check_past(self.past_schedules, step)
        check_whole("patience", self.patience.since, 0, step)
        if one_line(self.stopped) != self.stopped:
            raise ValueError("its reason to stop has characters that none has")
        if not (within_limit(self.learned.parameters) and within_limit(self.best.parameters)):
            raise ValueError("its parameters are beyond those of any run that goes on")
