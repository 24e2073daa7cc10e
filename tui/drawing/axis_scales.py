"""Axes with round limits, which change only when the data no longer fit."""

import math

from tui.drawing.number_format import tick_label
from tui.drawing.plotext_axes import Axis

STEP_LEADS = (1, 1.5, 2.5, 4, 6, 10)
"""First digits of the step axis's end: the line fills three fifths of it at least. Every new end moves
the whole line, so that more of them would cost more bytes than they give."""

LOSS_LEADS = (1, 1.5, 2, 3, 5, 7, 10)

TICK_LEADS = (1, 2, 2.5, 5, 10)
"""First digits of the gap between two ticks."""

LOWEST_DECADE = -8
"""Losses below 1e-8 are drawn there."""


def round_up(value: float, leads: tuple[float, ...]) -> float:
    """The least of `leads` times a power of ten that is not below `value` (above 0)."""
    power = 10.0 ** math.floor(math.log10(value))
    for lead in leads:
        if value <= lead * power * (1 + 1e-12):
            return lead * power
    return 10.0 * power


def step_axis(step: int, total: int, width: int) -> Axis:
    """From 0 to a round number of steps above `step`, at most `total`."""
    end = min(round_up(max(step, 10), STEP_LEADS), max(total, step, 1))
    count = max(2, min(6, width // 16))
    gap = round_up(end / count, TICK_LEADS)
    if gap % 1:  # there is no half step
        gap = round_up(max(gap, 1), (1, 2, 5, 10))
    ticks = [i * gap for i in range(int(end / gap) + 1)]
    return Axis(0.0, float(end), tuple(ticks), tuple(tick_label(t) for t in ticks))


def loss_axis(greatest: float, height: int) -> Axis:
    """From 0 to a round number above `greatest`."""
    end = round_up(max(greatest, 1e-6), LOSS_LEADS)
    gap = round_up(end / max(2, min(5, height // 3)), TICK_LEADS)
    ticks = [i * gap for i in range(int(end / gap + 1e-9) + 1)]
    decimals = next(d for d in range(9) if math.isclose(round(gap, d), gap, rel_tol=1e-6))
    return Axis(0.0, end, tuple(ticks), tuple(f"{t:.{decimals}f}".rjust(6) for t in ticks))


def log_loss_axis(least: float, greatest: float, height: int) -> Axis:
    """Half decades around the data, as powers of ten: at least two whole ones, which are marked."""
    lowest, highest = (math.log10(max(loss, 10.0**LOWEST_DECADE)) for loss in (least, greatest))
    low = max(math.floor(2.0 * lowest) / 2.0, LOWEST_DECADE)
    high = math.ceil(2.0 * highest - 1e-12) / 2.0
    if math.floor(high) <= math.ceil(low):
        low = max(min(math.floor(low), math.floor(high) - 1.0), LOWEST_DECADE)
        high = max(high, low + 1.0)
    first, last = math.ceil(low), math.floor(high)
    every = math.ceil((last - first + 1) / max(2, height // 2))
    ticks = list(range(first, last + 1, every))
    return Axis(float(low), high, tuple(map(float, ticks)), tuple(map(_decade, ticks)))


def _decade(exponent: int) -> str:
    text = f"{10.0**exponent:g}" if -4 <= exponent <= 4 else f"1e{exponent}"
    return text.rjust(6)
