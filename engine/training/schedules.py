"""Schedules: the factor that alpha is multiplied with, step by step, each as PyTorch defines it."""

import math

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.schedule import ScheduleSpec
from engine.training.past_schedules import PastSchedule, extended, factors_of, until

THRESHOLD = 1e-4
"""The share by which a loss has to be below the least one to count as better, on a plateau."""
LEAST_REDUCTION = 1e-8
"""A factor that would become less by no more than this stays as it is."""


class PlateauState(msgspec.Struct, frozen=True):
    """What a plateau schedule remembers of the losses it was told."""

    least: float | None = None
    """The least loss that counted as better."""
    since: int = 0
    """Losses in a row that were no better."""
    factor: float = 1.0
    """The present factor."""

    def after(self, loss: float, spec: ScheduleSpec) -> "PlateauState":
        """What it remembers after one more `loss`. NaN is no better than any."""
        if loss < (math.inf if self.least is None else self.least * (1.0 - THRESHOLD)):
            return PlateauState(loss, 0, self.factor)
        if self.since < spec.patience:
            return PlateauState(self.least, self.since + 1, self.factor)
        reduced = self.factor * spec.factor
        enough = self.factor - reduced > LEAST_REDUCTION
        return PlateauState(self.least, 0, reduced if enough else self.factor)


class Schedule:
    """The factor of each step. A function of the step, but on a plateau, which needs to be told losses.

    In the first `warm_up` steps it rises in equal parts to 1; what follows counts from there.
    """

    def __init__(self, spec: ScheduleSpec, total_steps: int, warm_up: int = 0) -> None:
        self._spec = spec
        self._warm_up = warm_up
        self.total_steps = total_steps
        """Steps of the run: where a cosine ends."""
        self._plateau = PlateauState()
        self.past: list[PastSchedule] = []
        """What was in force in earlier steps, where that was another."""

    @property
    def is_constant(self) -> bool:
        """Whether the factor is 1 at every step."""
        return self._spec.name == "constant" and not self._warm_up

    @property
    def wants_losses(self) -> bool:
        """Whether it has to be told losses."""
        return self._spec.name == "plateau"

    def factor(self, step: int) -> float:
        """That of the update of `step`, counted from 0."""
        if step < self._warm_up:
            return (step + 1) / self._warm_up
        if self._spec.name == "plateau":
            return self._plateau.factor
        steps = step - self._warm_up
        return factor_after(steps, self._spec, self.total_steps - self._warm_up)

    def tell(self, step: int, loss: float) -> None:
        """Take the loss of `step`; one during warm-up says nothing of the schedule behind it."""
        if not self.wants_losses or step < self._warm_up:
            return
        after = self._plateau.after(loss, self._spec)
        if after.factor != self._plateau.factor:
            self.past = extended(self.past, self._until(step))
        self._plateau = after

    def go_back(self, step: int) -> None:
        """Remember none of the losses, as the run has gone back to `step`, before some of them. The
        factor of a plateau stays.
        """
        self._plateau = PlateauState(factor=self._plateau.factor)
        self.past = until(step, self.past)

    def end_at(self, total_steps: int, step: int) -> None:
        """Have a cosine end at `total_steps`, from `step` on."""
        before, self.total_steps = self._until(step), total_steps
        self._begin_after(before)

    def follow(self, before: "Schedule", step: int) -> None:
        """Be in force from `step` on, where `before` was; the same one goes on with what it knew."""
        self.total_steps, self.past = before.total_steps, before.past
        if self._spec == before._spec:
            self._plateau = before._plateau
        self._begin_after(before._until(step))

    def factors(self, steps: Array) -> Array:
        """The factors of the updates of `steps` (count,), as they were in force then."""
        if self.is_constant and not self.past:
            return np.ones(steps.shape)
        return factors_of([*self.past, self._until(0)], steps)

    def _until(self, step: int) -> PastSchedule:
        """The present one, as that of the steps before `step`."""
        total = self.total_steps if self._spec.name == "cosine" else 0
        return PastSchedule(step, self._spec, self._warm_up, total, self._plateau.factor)

    def _begin_after(self, before: PastSchedule) -> None:
        if not before.is_like(self._until(0)):
            self.past = extended(self.past, before)

    def state(self) -> PlateauState:
        """What it remembers; with the step, it decides every further factor."""
        return self._plateau

    def restore(self, state: PlateauState) -> None:
        """Go on as the one did that gave `state`."""
        self._plateau = state


def factor_after(steps: int, spec: ScheduleSpec, total_steps: int) -> float:
    """The factor after so many `steps`, of a schedule that is a function of them.

    step: factor^floor(steps / every);  exponential: factor^steps;
    cosine: (1 + cos(pi steps / total)) / 2, and 0 from its end on.
    """
    match spec.name:
        case "step":
            return float(spec.factor ** (steps // spec.steps))
        case "exponential":
            return float(spec.factor**steps)
        case "cosine":
            share = min(steps / total_steps, 1.0) if total_steps > 0 else 1.0
            return (1.0 + math.cos(math.pi * share)) / 2.0
        case _:
            return 1.0
