"""The best state of a run so far: where it goes back to when it has diverged."""

import math

import numpy as np

from engine.training.trainer_state import LearnedState


class BestState:
    """The learned state with the least training loss among those that were offered."""

    def __init__(self, learned: LearnedState) -> None:
        """`learned` is the best until a loss is known."""
        self.loss = math.inf
        self._best = learned.copied()
        self._offered = learned.copied()

    @property
    def learned(self) -> LearnedState:
        """The best state; its arrays are overwritten once there is a better one."""
        return self._best

    def offer(self, learned: LearnedState) -> None:
        """Hold a copy of `learned`, whose loss is known only after further updates."""
        held = self._offered
        np.copyto(held.parameters, learned.parameters)
        np.copyto(held.moments, learned.moments)
        self._offered = LearnedState(learned.step, held.parameters, held.moments, learned.count)

    def judge(self, loss: float) -> None:
        """Keep what was offered last if its `loss` is the least so far."""
        if loss <= self.loss:
            self.loss = loss
            self._best, self._offered = self._offered, self._best

    def change_slots(self, slots: int, *, keeps: bool) -> None:
        """Hold so many moments of each parameter, for another optimizer that goes on from here: those
        that there are already where it `keeps` them, else none.
        """
        self._best = _with_slots(self._best, slots, keeps=keeps)
        self._offered = _with_slots(self._offered, slots, keeps=keeps)

    def restore(self, learned: LearnedState, loss: float) -> None:
        """Hold `learned` with its `loss`; ValueError if it is of another network or optimizer."""
        check_alike(learned, self._best)
        self.loss, self._best = loss, learned.copied()


def _with_slots(learned: LearnedState, slots: int, *, keeps: bool) -> LearnedState:
    moments = np.zeros((slots, learned.parameters.size))
    if not keeps:  # those of another optimizer mean something else
        return LearnedState(learned.step, learned.parameters, moments)
    kept = min(slots, len(learned.moments))
    moments[:kept] = learned.moments[:kept]
    return LearnedState(learned.step, learned.parameters, moments, learned.count)


def check_alike(given: LearnedState, own: LearnedState) -> None:
    """ValueError if `given` is of another network or optimizer than `own`."""
    if given.parameters.shape != own.parameters.shape:
        raise ValueError(
            f"{given.parameters.size} parameters for a network of {own.parameters.size}"
        )
    if given.moments.shape != own.moments.shape:
        raise ValueError(f"moments of {given.moments.shape} where {own.moments.shape} are kept")
