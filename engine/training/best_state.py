"""The best state of a run so far: where it goes back to when it has diverged."""

import math

import numpy as np

from engine.arrays import Array


class BestState:
    """The parameters with the least training loss among those that were offered."""

    def __init__(self, parameters: Array) -> None:
        """Those before the first update are the best until a loss is known."""
        self.step = 0
        self.loss = math.inf
        self.parameters = parameters.copy()
        self._offered = parameters.copy()

    def offer(self, parameters: Array) -> None:
        """Hold a copy of `parameters`, whose loss is known only after the next update."""
        np.copyto(self._offered, parameters)

    def judge(self, step: int, loss: float) -> None:
        """Keep what was offered last, at `step`, if its `loss` is the least so far."""
        if loss <= self.loss:
            self.step, self.loss = step, loss
            self.parameters, self._offered = self._offered, self.parameters
