"""The course of a run that was given up for another one, and can be gone back to."""

import msgspec

from engine.data.dataset import Dataset
from engine.messages.commands import LONG_SECONDS
from engine.messages.snapshot import KeptSummary
from engine.training.trainer_state import TrainerState


class KeptCourse(msgspec.Struct, frozen=True, eq=False):
    """A course as it stood when it was put away."""

    trainer: TrainerState
    dataset: Dataset
    trained_seconds: float
    number: int
    """The run's number at that time."""
    commands: int
    """How many of the run's commands lead to it."""
    newer: bool
    """Whether it had begun after the one that took its place, which was brought back then."""

    @property
    def is_long(self) -> bool:
        """Whether a short course must not take its place."""
        return self.trained_seconds > LONG_SECONDS

    @property
    def summary(self) -> KeptSummary:
        """What a dashboard is told of it."""
        return KeptSummary(self.trainer.learned.step, self.newer, self.is_long)
