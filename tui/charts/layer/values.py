"""What of a layer's parameters the grid shows: themselves, their gradients, or their last change."""

import math
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.messages.layer_view import LayerView


class Shown(StrEnum):
    """What the cells of the grid hold."""

    WEIGHTS = "weights"
    GRADIENTS = "gradients"
    CHANGES = "last change"

    @property
    def next(self) -> "Shown":
        """What comes after it, in turns."""
        every = list(Shown)
        return every[(every.index(self) + 1) % len(every)]


class Cells(NamedTuple):
    """The values of the cells."""

    values: Array
    """(nodes, inputs) of the window, in units of 10 to the `exponent`."""
    exponent: int
    largest: float
    """The greatest magnitude, in the same unit, that colours are relative to; above 0."""


def cells_of(layer: LayerView, shown: Shown) -> Cells | None:
    """What the cells hold; None where there is nothing yet.

    Weights stand as they are. The others may be tiny: their unit is the power of ten that leaves the
    greatest of them one digit before the point, and 1 where it is nearly that.
    """
    if shown is Shown.WEIGHTS:
        return Cells(layer.parameters, 0, layer.largest or 1.0)
    values = layer.gradient if shown is Shown.GRADIENTS else layer.last_change
    if values is None:
        return None
    largest = float(np.abs(values).max(initial=0.0))
    if not (math.isfinite(largest) and largest > 0.0):
        return Cells(values, 0, 1.0)
    exponent = 0 if 0.1 <= largest < 10.0 else math.floor(math.log10(largest))
    unit = 10.0**exponent
    return Cells(values / unit, exponent, largest / unit)
