"""The values that keys step through: round numbers, a useful factor apart."""

import math
from bisect import bisect_left, bisect_right

from engine.config.checks import FULL_SPEED

ALPHA_DIGITS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""First digits of the learning rates on the ladder: each about a third more than the one before."""

LEAST_ALPHA, GREATEST_ALPHA = 1e-6, 1e6

PACES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Steps a frame; above them is full speed."""


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
