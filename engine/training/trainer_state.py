"""The state of a trainer as values: what is saved, copied, and gone back to."""

import msgspec

from engine.arrays import Array
from engine.config.training_config import TrainingConfig
from engine.training.divergence import Divergence
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
