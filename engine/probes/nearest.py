"""The point that is nearest to a place, as a person sees it."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import Bounds


class Nearest(NamedTuple):
    """A point that was found."""

    number: int
    """Its place among them."""
    distance: float
    """In shares of the plane's width and height; squared."""


def nearest_point(x: Array, bounds: Bounds, place: tuple[float, float]) -> Nearest:
    """The nearest of the points x (2, points) to `place`, across and upwards. Of some that are as near,
    it is the last.
    """
    across, up = place
    with np.errstate(over="ignore"):  # from very far away, all are as near
        distances = ((x[0] - across) / (bounds.right - bounds.left)) ** 2
        distances += ((x[1] - up) / (bounds.top - bounds.bottom)) ** 2
    number = distances.size - 1 - int(distances[::-1].argmin())
    return Nearest(number, float(distances[number]))
