"""The test losses of a run's first steps, more of them than are recorded later."""

import math

import numpy as np

from engine.arrays import Array
from engine.training.intervals import GAPS, Intervals


class EarlyLosses:
    """Losses at the steps of `GAPS` between those of the usual interval: some two hundred at most."""

    def __init__(self, intervals: Intervals) -> None:
        usual = intervals.usual
        steps = np.arange(0, GAPS[-1][0] * usual, intervals.gap_at(0))
        gaps = np.array([intervals.gap_at(step) for step in steps.tolist()])
        taken = (steps % gaps == 0) & (steps % usual != 0)
        self._steps, self._gaps = steps[taken], gaps[taken]
        self._losses: list[float] = []

    def due_at(self, step: int) -> bool:
        """Whether the next loss to append is that of `step`.

        None is due any more in a run whose first ones are not known.
        """
        count = len(self._losses)
        return count < self._steps.size and int(self._steps[count]) == step

    def append(self, loss: float) -> None:
        """Add the loss of the step at which one is due."""
        self._losses.append(loss)

    def truncate(self, step: int) -> None:
        """Forget the losses of `step` and later."""
        del self._losses[int(np.searchsorted(self._steps, step)) :]

    def state(self) -> list[float]:
        """All losses, in a list of its own."""
        return list(self._losses)

    def restore(self, losses: list[float], step: int) -> None:
        """Hold `losses`; ValueError if they are more than there can be at `step`."""
        if len(losses) > np.searchsorted(self._steps, step, side="right"):
            raise ValueError(f"{len(losses)} early test losses at step {step}")
        self._losses = list(losses)

    def at_least_apart(self, steps: float, after: float = math.inf) -> tuple[Array, Array]:
        """Steps and losses, without those of the parts where they are less than `steps` apart; but in
        any case the newest, if it comes after the step `after`.
        """
        count = len(self._losses)
        shown = self._gaps[:count] >= steps
        shown[count - 1 :] |= self._steps[count - 1 : count] > after
        return self._steps[:count][shown].astype(np.float64), np.array(self._losses)[shown]
