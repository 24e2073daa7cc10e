"""Schedules that were in force before the present one, for the alphas of steps that lie behind."""

import math
from itertools import pairwise
from typing import Self

import msgspec
import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_STEPS, check_whole
from engine.config.schedule import ScheduleSpec, parse_schedule

MOST_PAST = 512
"""Schedules that are remembered: a plateau may be reduced many thousand times."""


class PastSchedule(msgspec.Struct, frozen=True):
    """A schedule, or a plateau's factor, and the step from which on another was in force."""

    until: int
    spec: ScheduleSpec
    warm_up: int
    total_steps: int
    """Where a cosine was to end; 0 for all others."""
    factor: float
    """That of a plateau; 1 for all others."""

    def is_like(self, other: Self) -> bool:
        """Whether both give the same factors."""
        return msgspec.structs.replace(self, until=other.until) == other

    def factors(self, steps: Array) -> Array:
        """Those of the updates of `steps` (count,), as `Schedule.factor` has them one by one."""
        spec, warm_up = self.spec, self.warm_up
        later = np.maximum(steps - warm_up, 0.0)
        match spec.name:
            case "plateau":
                found = np.full(steps.shape, self.factor)
            case "step":
                found = spec.factor ** (later // spec.steps)
            case "exponential":
                found = spec.factor**later
            case "cosine":
                whole = self.total_steps - warm_up
                shares = np.minimum(later / whole, 1.0) if whole > 0 else np.ones(steps.shape)
                found = (1.0 + np.cos(math.pi * shares)) / 2.0
            case _:
                found = np.ones(steps.shape)
        if warm_up:
            found = np.where(steps < warm_up, (steps + 1.0) / warm_up, found)
        return found


def factors_of(course: list[PastSchedule], steps: Array) -> Array:
    """The factors of the updates of `steps` (count,): each as that of the `course`, one schedule after
    the other, which was in force there; the last one for all that follow.
    """
    if len(course) == 1:
        return course[0].factors(steps)
    untils = [one.until for one in course[:-1]]
    which = np.searchsorted(untils, steps, side="right")
    found = np.empty(steps.shape)
    for number in np.unique(which).tolist():
        here = which == number
        found[here] = course[number].factors(steps[here])
    return found


def extended(past: list[PastSchedule], one: PastSchedule) -> list[PastSchedule]:
    """`past` with `one` behind it, unless no step lies between; of very many, not each is kept."""
    if one.until <= (past[-1].until if past else 0):
        return past
    kept = past if len(past) < MOST_PAST else past[1::2]
    return [*kept, one]


def until(step: int, past: list[PastSchedule]) -> list[PastSchedule]:
    """What `past` was at `step`, where another schedule follows."""
    kept = [one for one in past if one.until < step]
    if len(kept) < len(past) and step:
        kept.append(msgspec.structs.replace(past[len(kept)], until=step))
    return kept


def check_past(past: list[PastSchedule], step: int) -> None:
    """ConfigError or ValueError unless these may have been in force one after the other up to `step`."""
    untils = [0, *(one.until for one in past), step]
    if any(a >= b for a, b in pairwise(untils[:-1])) or untils[-2] > step:
        raise ValueError("its schedules are not those of its course")
    for one in past:
        parse_schedule(one.spec.text)
        check_whole("warm-up", one.warm_up, 0, MAX_STEPS)
        check_whole("steps", one.total_steps, 0, MAX_STEPS)
        if not 0.0 < one.factor <= 1.0:
            raise ValueError(f"a plateau's factor of {one.factor:g}")
