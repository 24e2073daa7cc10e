"""The values that keys step through: round numbers, a useful factor apart."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from engine.config.checks import FULL_SPEED

ALPHA_DIGITS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""First digits of the learning rates on the ladder: each about a third more than the one before."""

LEAST_ALPHA, GREATEST_ALPHA = 1e-6, 1e6

PACES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Steps a frame; above them is full speed."""

_DIGITS = (1.0, 1.2, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0, 6.4, 8.0)
"""First digits of whole numbers from ten on, each about a quarter more than the one before."""

WHOLES = tuple(
    sorted({*range(10), *(round(one * 10**power) for power in range(1, 13) for one in _DIGITS)})
)

SHARES = tuple(number / 20 for number in range(1, 20))
"""Of a whole, neither none nor all of it."""

SHARES_TO_ALL = (*(number / 10 for number in range(10)), 0.95, 0.99)
"""Of what may be none, and almost all."""

NOISES = (*(number / 20 for number in range(11)), 0.6, 0.7, 0.8, 0.9, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)

PENALTIES = (0.0, *(float(f"{one}e{power}") for power in range(-5, 1) for one in (1, 3)), 10.0)


def alpha_after(alpha: float, rungs: int) -> float:
    """The learning rate `rungs` above `alpha`, or below if negative; it stops at the ends."""
    for _ in range(abs(rungs)):
        before, alpha = alpha, _next_alpha(alpha, rungs > 0)
        if alpha == before:
            break
    return alpha


def pace_after(pace: int, rungs: int) -> int:
    """The pace `rungs` above `pace`, or below if negative; it stops at the ends."""
    for _ in range(abs(rungs)):
        before, pace = pace, _next_pace(pace, rungs > 0)
        if pace == before:
            break
    return pace


def rung_after(rungs: Sequence[float], value: float, by: int) -> float:
    """The one of sorted `rungs` that is `by` above `value`, or below if negative; it stops at the ends,
    and a value beyond them stays.
    """
    if not by:
        return value
    place = bisect_right(rungs, value) - 1 + by if by > 0 else bisect_left(rungs, value) + by
    found = rungs[min(max(place, 0), len(rungs) - 1)]
    return found if (found > value) == (by > 0) else value


def _next_alpha(alpha: float, up: bool) -> float:
    exponent = math.floor(math.log10(alpha))
    # written out as text, so that 0.3 is 0.3 and not three tenths added up
    rungs = sorted(
        float(f"{digits:g}e{power}")
        for power in (exponent - 1, exponent, exponent + 1)
        for digits in ALPHA_DIGITS
    )
    rung = rungs[bisect_right(rungs, alpha)] if up else rungs[bisect_left(rungs, alpha) - 1]
    beyond = rung > GREATEST_ALPHA if up else rung < LEAST_ALPHA
    return alpha if beyond else rung


def _next_pace(pace: int, faster: bool) -> int:
    if pace == FULL_SPEED:
        return pace if faster else PACES[-1]
    if faster:
        place = bisect_right(PACES, pace)
        return PACES[place] if place < len(PACES) else FULL_SPEED
    return PACES[max(bisect_left(PACES, pace) - 1, 0)]
