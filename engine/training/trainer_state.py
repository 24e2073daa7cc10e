"""The state of a trainer as values: what is saved, copied, and gone back to."""

import msgspec

from engine.arrays import Array
from engine.config.checks import check_whole
from engine.config.training_config import TrainingConfig
from engine.training.divergence import Divergence, within_limit
from engine.training.history import HistoryState


class LearnedState(msgspec.Struct, frozen=True, eq=False):
    """What updates change: training goes on from it as it did then."""

    step: int
    """Updates made."""
    parameters: Array
    """(parameters,): all of the network's, flat."""


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
    train_history: HistoryState
    test_history: HistoryState
    early_test_losses: list[float] = []
    """Those between the recorded ones of the first steps; none where they are not known."""

    def check(self, test_losses: int) -> None:
        """ConfigError or ValueError where its parts do not fit each other. So many `test_losses` were
        taken before its step.
        """
        step = self.learned.step
        check_whole("step", step, 0, self.total_steps)
        check_whole("best step", self.best.step, 0, step)
        # that at the present step may have been taken already, or not
        beyond = self.test_history.count - test_losses
        if self.train_history.count != step or beyond not in (0, 1):
            raise ValueError("a history does not end where the run does")
        if not (within_limit(self.learned.parameters) and within_limit(self.best.parameters)):
            raise ValueError("its parameters are beyond those of any run that goes on")
