"""Binary cross-entropy."""

import numpy as np

from engine.arrays import Array
from engine.errors import ShapeError

GUARD = 1e-15
"""A prediction is taken to be at least this far from the wrong answer: at most 34.5 a sample."""


def binary_cross_entropy(predictions: Array, y: Array) -> float:
    """Mean of -(y log a + (1 - y) log(1 - a)) over the batch; finite also at exactly 0 and 1.

    `predictions` and `y` have shape (batch,) or (1, batch), labels are 0 or 1. A prediction outside
    [0, 1] counts as the nearer of the two; NaN gives NaN.
    """
    predictions, y = np.ravel(predictions), np.ravel(y)
    if predictions.shape != y.shape:
        raise ShapeError(f"{predictions.size} predictions do not match {y.size} labels")
    return float(batch_losses(np.clip(predictions, 0.0, 1.0)[np.newaxis, :], y)[0])


def batch_losses(predictions: Array, y: Array, out: Array | None = None) -> Array:
    """The same loss for each of several steps at once: (steps, batch) and (batch,) to (steps,).

    Labels are 0 or 1, so the probability given to the right answer, a or 1 - a, is |a - (1 - y)|,
    and one logarithm a sample is enough. `out`, which may be `predictions`, is written over.
    """
    right = np.subtract(predictions, 1.0 - y, out=out)
    np.abs(right, out=right)
    np.maximum(right, GUARD, out=right)
    np.log(right, out=right)
    # the mean as a product, row by row: a row's bits then do not depend on how many there are
    losses: Array = np.vecdot(right, np.full(y.size, -1.0 / y.size))
    return losses
