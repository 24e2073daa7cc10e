"""Keeps gradients finite and within bounds."""

import numpy as np

from engine.arrays import Array

CLIP = 1.0
"""The usual bound of a gradient's size."""

UNBOUNDED = 1e150
"""The bound where there is none: what is larger has no square, and an optimizer would gather infinity."""


def _within(bound: float | None) -> float:
    return UNBOUNDED if bound is None else min(bound, UNBOUNDED)


def modest_squares(bound: float | None) -> float:
    """The sum of a gradient's squares up to which nothing in it is NaN or beyond `bound`."""
    return _within(bound) ** 2


def repair_gradient(gradient: Array, bound: float | None = CLIP, *, clips: bool) -> float:
    """NaN to 0 and clip to [-bound, bound] in place, if it `clips`; without a bound, to [-UNBOUNDED,
    UNBOUNDED].

    Returns the sum of the gradient's squares. A modest one proves that nothing is to be done, so one
    product stands for both tests nearly always.
    """
    squares = float(gradient.dot(gradient))
    if not squares <= modest_squares(bound) and clips:
        gradient[np.isnan(gradient)] = 0.0
        np.clip(gradient, -_within(bound), _within(bound), out=gradient)
        squares = float(gradient.dot(gradient))
    return squares
