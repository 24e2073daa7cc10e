"""Binary cross-entropy, of a sigmoid's probability of class 1."""

from functools import partial

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Operation, constant
from engine.errors import ShapeError
from engine.network.losses.loss import LARGEST, mean_of_rows

GUARD = 1e-15
"""`binary_cross_entropy` takes a prediction to be at least this far from the wrong answer, as 1 - a
cannot tell more: at most 34.5 a sample."""

DOUBTFUL = 2.0**-14
"""Below it, 1 - a has lost too many digits, and a sample's loss is taken from z."""


class BinaryCrossEntropy:
    """L = -(y log a + (1 - y) log(1 - a)), with a = 1 / (1 + exp(-z)) and labels y of 0 and 1.

    That is log(1 + exp((1 - 2 y) z)).
    """

    name = "binary_cross_entropy"
    activation = "sigmoid"
    classes = 2

    def targets(self, y: Array) -> Array:
        return np.array(y, dtype=np.float64).reshape(1, -1)

    def backward(self, z: Array, a: Array, targets: Array, dz: Array) -> list[Operation]:
        """dL/dz = (a - y) / N."""
        return [
            partial(np.subtract, a[0], targets[0], dz[0]),  # shapes alike: no broadcasting
            partial(np.multiply, dz, constant(1.0 / targets.shape[1]), dz),
        ]

    def of_batches(self, z: Array, a: Array, targets: Array) -> Array:
        y, right = targets[..., 0, :], a[:, 0]
        # labels are 0 or 1: the probability given to the right one, a or 1 - a, is |a - (1 - y)|,
        # and one logarithm a sample is enough
        np.subtract(right, 1.0 - y, right)
        np.abs(right, right)
        corrections = None
        if not right.min(initial=1.0) >= DOUBTFUL:
            corrections = _from_z(z[:, 0], y, right)
        np.log(right, right)
        losses = mean_of_rows(right, -right.shape[1])
        return losses if corrections is None else losses + corrections

    def predictions(self, a: Array) -> npt.NDArray[np.uint8]:
        return np.asarray(a[0] >= 0.5, dtype=np.uint8)

    def probabilities(self, a: Array) -> Array:
        return np.stack([1.0 - a[0], a[0]])


def _from_z(z: Array, y: Array, right: Array) -> Array:
    """What the doubtful samples add to each row's mean, (rows,); sets their `right` to 1."""
    samples = right.shape[1]
    doubtful = np.divmod(np.flatnonzero(right < DOUBTFUL), samples)  # rows and columns
    t = np.broadcast_to(1.0 - 2.0 * y, right.shape)[doubtful] * z[doubtful]
    costs = np.minimum(np.logaddexp(t, 0.0), LARGEST)
    right[doubtful] = 1.0
    added = np.bincount(doubtful[0], costs / samples, minlength=len(right))
    return np.asarray(added, dtype=np.float64)


def binary_cross_entropy(predictions: Array, y: Array) -> float:
    """Mean of -(y log a + (1 - y) log(1 - a)) over the batch; finite also at exactly 0 and 1.

    `predictions` and `y` have shape (batch,) or (1, batch), labels are 0 or 1. A prediction outside
    [0, 1] counts as the nearer of the two; NaN gives NaN. A prediction says less than z: see
    `BinaryCrossEntropy` for the loss that is exact at any.
    """
    predictions, y = np.ravel(predictions), np.ravel(y)
    if predictions.shape != y.shape:
        raise ShapeError(f"{predictions.size} predictions do not match {y.size} labels")
    # labels are 0 or 1, so the probability given to the right answer, a or 1 - a, is |a - (1 - y)|
    right = np.abs(np.clip(predictions, 0.0, 1.0) - (1.0 - y))
    return float(-np.mean(np.log(np.maximum(right, GUARD))))
