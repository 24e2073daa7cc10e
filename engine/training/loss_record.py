"""What is kept of the losses of a run, and when the test loss is to be measured."""

import math
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.training.early_losses import EarlyLosses
from engine.training.history import HistoryState, LossHistory
from engine.training.intervals import Intervals


class LossRecordState(NamedTuple):
    """What a record holds."""

    intervals: Intervals
    train: HistoryState
    test: HistoryState
    early: list[float]
    since_interval: tuple[float, int]


class LossRecord:
    """The training loss of every step, and the test losses at the steps where one is due."""

    def __init__(self, intervals: Intervals) -> None:
        self.intervals = intervals
        self.interval = intervals.usual
        """Updates between two recorded test losses, but at the beginning."""
        self.train = LossHistory()
        self.test = LossHistory(self.interval)
        self.early = EarlyLosses(intervals)
        """Test losses between the recorded ones of the first steps."""
        self.last = math.nan
        """The training loss of the last update, before it; NaN where it is not known."""
        self._since_interval = (0.0, 0)

    def steps_to_next(self, step: int) -> int:
        """Updates from `step` to the next step at which a test loss may be due."""
        gap = self.intervals.gap_at(step)
        return gap - step % gap

    def is_usual(self, step: int) -> bool:
        """Whether a recorded test loss is due at `step`, and has not been taken yet."""
        return step == self.test.count * self.interval

    def is_due(self, step: int) -> bool:
        """Whether any test loss is."""
        return self.is_usual(step) or self.early.due_at(step)

    def take_test(self, step: int, loss: float) -> None:
        """Record the test loss that is due at `step`."""
        if self.is_usual(step):
            self.test.append(np.array([loss]))
        else:
            self.early.append(loss)

    def take_train(self, losses: Array) -> None:
        """Record the losses of the next updates, each before it."""
        self.train.append(losses)
        total, count = self._since_interval
        for loss in losses.tolist():  # one by one, so that the sum is the same however cut up
            total += loss
            self.last = loss
        self._since_interval = total, count + losses.size

    def mean_since_interval(self) -> float | None:
        """The mean of the training losses since this was last asked for; None if there are none."""
        total, count = self._since_interval
        self.begin_mean()
        return total / count if count else None

    def begin_mean(self) -> None:
        """Leave the losses so far out of the next mean."""
        self._since_interval = 0.0, 0

    def truncate(self, step: int) -> None:
        """Forget the losses of `step` and later."""
        self.train.truncate(step)
        self.test.truncate(-(-step // self.interval))
        self.early.truncate(step)
        self.begin_mean()

    def state(self) -> LossRecordState:
        """All that it holds, in arrays of its own."""
        return LossRecordState(
            self.intervals,
            self.train.state(),
            self.test.state(),
            self.early.state(),
            self._since_interval,
        )

    def restore(self, state: LossRecordState, step: int) -> None:
        """Hold what `state`, of a record with the same intervals, holds at `step`; ValueError if that
        cannot be.
        """
        # that at the present step may have been taken already, or not
        beyond = state.test.count - -(-step // self.interval)
        if state.train.count != step or beyond not in (0, 1):
            raise ValueError("a history does not end where the run does")
        self.train.restore(state.train)
        self.test.restore(state.test)
        self.early.restore(state.early, step)
        self._since_interval = state.since_interval
