"""The scale of a regression's values: what is least, greatest and in the middle."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.snapshot import Values
from tui.drawing.frame import Figures
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import rough
from tui.drawing.palette import VALUE_LEVELS, Palette
from tui.drawing.pens import paper
from tui.drawing.short_text import fitting

OFF_SHARE = 0.1
"""A prediction is off where it misses the real value by more than this share of their range."""

LEGEND_CELLS = (8, 4, 2)
"""Cells of colour in a legend, on either side of its middle."""


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Values around a middle: 0 where there are values of either sign."""

    middle: float
    half: float
    """From the middle to either end; above 0."""

    @classmethod
    def of_range(cls, value_range: tuple[float, float]) -> "ValueScale":
        """The scale that holds values from the least to the greatest of `value_range`."""
        least, greatest = value_range
        middle, half = least / 2 + greatest / 2, greatest / 2 - least / 2
        if least < 0.0 < greatest:
            middle, half = 0.0, max(-least, greatest)
        if not np.isfinite(middle):
            middle = 0.0
        return cls(middle, half if np.isfinite(half) and half > 0.0 else 1.0)

    def shares(self, values: Array | Values) -> Array:
        """How far from the middle values lie, -1 to 1; 0 for NaN."""
        with np.errstate(all="ignore"):
            shares = (np.asarray(values, dtype=np.float64) - self.middle) / self.half
        return np.clip(np.nan_to_num(shares, nan=0.0), -1.0, 1.0)

    def levels(self, values: Array | Values) -> npt.NDArray[np.int64]:
        """Index into the palette's colours of values, 0 to 2 VALUE_LEVELS."""
        return np.rint(self.shares(values) * VALUE_LEVELS).astype(np.int64) + VALUE_LEVELS

    def steps(self, values: Array | Values, count: int) -> npt.NDArray[np.int64]:
        """Which of `count` equal parts of the scale values lie in, 0 to count - 1."""
        parts = np.floor((self.shares(values) + 1.0) / 2.0 * count).astype(np.int64)
        return parts.clip(0, count - 1)

    @property
    def ends(self) -> tuple[str, str, str]:
        """The least value, the middle and the greatest in words."""
        low, high = self.middle - self.half, self.middle + self.half
        signed = low < 0.0 < high
        return (rough(low, with_sign=signed), rough(self.middle), rough(high, with_sign=signed))


def is_off(
    values: Array, predicted: Array, value_range: tuple[float, float]
) -> npt.NDArray[np.bool_]:
    """(points,): where predictions miss the real values by more than OFF_SHARE of their range."""
    with np.errstate(all="ignore"):
        near = np.abs(predicted - values) <= OFF_SHARE * (value_range[1] - value_range[0])
    off: npt.NDArray[np.bool_] = ~near
    return off


def legend_of(scale: ValueScale, room: int, palette: Palette, glyphs: Glyphs) -> Figures:
    """The scale in colours, or in the characters that stand for them, in at most `room` columns;
    nothing where there is no room.
    """
    low, middle, high = scale.ends
    if palette.textured:
        ramp = glyphs.ramp.strip()
        texts = [f"{low} {ramp} {high}, 0 to 9", f"{low} {ramp} {high}", f"{low} to {high}"]
        text = fitting(texts, room)
        return [[(text, palette.faint)]] if text else []
    for cells in LEGEND_CELLS:
        if len(low) + len(middle) + len(high) + 2 * cells + 4 <= room:
            levels = np.linspace(0, VALUE_LEVELS - 1, cells).astype(int).tolist()
            below = [(" ", paper(palette.values[level])) for level in levels]
            above = [
                (" ", paper(palette.values[2 * VALUE_LEVELS - level])) for level in levels[::-1]
            ]
            words = (f"{low} ", palette.faint), (f" {middle} ", palette.faint)
            return [[words[0], *below, words[1], *above, (f" {high}", palette.faint)]]
    text = f"{low} to {high}"
    return [[(text, palette.faint)]] if len(text) <= room else []
