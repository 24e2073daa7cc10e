"""Keeps gradients finite and within bounds."""

import math

import numpy as np

from engine.arrays import Array

CLIP = 1.0
"""The usual bound of a gradient's size."""


def modest_squares(bound: float | None) -> float:
    """The sum of a gradient's squares up to which nothing in it is NaN or beyond `bound`."""
    return math.inf if bound is None else bound * bound


def repair_gradient(gradient: Array, bound: float | None = CLIP, *, clips: bool) -> float:
    """NaN to 0 and clip to [-bound, bound] in place, if it `clips`; without a bound, only the first.

    Returns the sum of the gradient's squares. A modest one proves that nothing is to be done, so one
    product stands for both tests nearly always.
    """
    squares = float(gradient.dot(gradient))
    if not squares <= modest_squares(bound) and clips:
        gradient[np.isnan(gradient)] = 0.0
        if bound is not None:
            np.clip(gradient, -bound, bound, out=gradient)
        squares = float(gradient.dot(gradient))
    return squares
