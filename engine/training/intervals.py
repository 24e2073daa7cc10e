"""How often a run measures its test loss."""

import math

import msgspec

from engine.config.checks import MAX_STEPS, check_whole
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset

EVALUATION_INTERVAL = 50
"""Updates between two recorded test losses, unless that would take too much time."""

SHARE = 0.2
"""Of the points that updates take in, those that test losses may take in at most."""

GAPS = ((2, 50), (10, 10), (50, 2))
"""For so many intervals from the first step on, each is divided into so many: while the run is short, one
loss an interval would be too few to see its course by.
"""


class Intervals(msgspec.Struct, frozen=True):
    """When test losses are due; it never changes in the course of a run."""

    usual: int = EVALUATION_INTERVAL
    """Updates between two recorded ones."""
    least: int = 1
    """Updates between two of the first ones, at least."""

    def gap_at(self, step: int) -> int:
        """Updates from one test loss to the next, at `step`. It divides the usual ones."""
        most = next((parts for end, parts in GAPS if step < end * self.usual), 1)
        fitting = (parts for _, parts in GAPS if parts <= most)
        return next(
            (self.usual // parts for parts in fitting if self.usual >= self.least * parts),
            self.usual,
        )

    def check(self) -> None:
        """ConfigError or ValueError if no run has such."""
        check_whole("interval", self.usual, EVALUATION_INTERVAL, MAX_STEPS)
        check_whole("interval", self.least, 1, self.usual)
        if self.usual % EVALUATION_INTERVAL:
            raise ValueError(f"a test loss every {self.usual} steps")


def intervals_for(config: TrainingConfig, dataset: Dataset) -> Intervals:
    """Those of a run on `dataset`: longer ones where many test points would take more time than the
    small batches do.
    """
    if config.batch_size is None:
        return Intervals()
    batch = min(config.batch_size, dataset.train.y.size)
    least = math.ceil(dataset.test.y.size / (batch * SHARE))
    usual = EVALUATION_INTERVAL * math.ceil(least / EVALUATION_INTERVAL)
    return Intervals(usual, least)
