"""Keeps gradients finite and within bounds."""

import numpy as np

from engine.arrays import Array


def repair_gradient(gradient: Array, *, clips: bool) -> float:
    """NaN to 0 and clip to [-1, 1] in place, if it `clips`.

    Returns the sum of the gradient's squares. One of at most 1 proves that nothing is NaN or
    outside the bounds, so one product stands for both tests nearly always.
    """
    squares = float(gradient.dot(gradient))
    if not squares <= 1.0 and clips:
        gradient[np.isnan(gradient)] = 0.0
        np.clip(gradient, -1.0, 1.0, out=gradient)
        squares = float(gradient.dot(gradient))
    return squares
