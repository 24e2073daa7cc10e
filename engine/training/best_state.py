"""The best state of a run so far: where it goes back to when it has diverged."""

import math

import numpy as np

from engine.arrays import Array
from engine.training.trainer_state import LearnedState


class BestState:
    """The learned state with the least training loss among those that were offered."""

    def __init__(self, learned: LearnedState) -> None:
        """`learned` is the best until a loss is known."""
        self.loss = math.inf
        self._step = learned.step
        self._parameters = learned.parameters.copy()
        self._offered = learned.parameters.copy()

    @property
    def learned(self) -> LearnedState:
        """The best state; its arrays are overwritten once there is a better one."""
        return LearnedState(self._step, self._parameters)

    def offer(self, parameters: Array) -> None:
        """Hold a copy of `parameters`, whose loss is known only after the next update."""
        np.copyto(self._offered, parameters)

    def judge(self, step: int, loss: float) -> None:
        """Keep what was offered last, at `step`, if its `loss` is the least so far."""
        if loss <= self.loss:
            self._step, self.loss = step, loss
            self._parameters, self._offered = self._offered, self._parameters

    def restore(self, learned: LearnedState, loss: float) -> None:
        """Hold `learned` with its `loss`; ValueError if it is of another network."""
        if learned.parameters.shape != self._parameters.shape:
            raise ValueError(
                f"{learned.parameters.size} parameters for a network of {self._parameters.size}"
            )
        self._step, self.loss = learned.step, loss
        np.copyto(self._parameters, learned.parameters)
