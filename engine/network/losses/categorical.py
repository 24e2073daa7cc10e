"""Cross-entropy of softmax's probabilities of several classes."""

from functools import partial

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Operation, constant
from engine.network.losses.loss import LARGEST, mean_of_rows

SMALL = 1e-200
"""Below it a probability loses digits, or all of it, and the loss is taken from z."""


class CrossEntropy:
    """L = -log a_c, with a = softmax(z) and c the sample's class: log(sum over i of exp(z_i)) - z_c."""

    name = "cross_entropy"
    activation = "softmax"

    def __init__(self, classes: int) -> None:
        self.classes = classes

    def targets(self, y: Array) -> Array:
        """1 in the row of the sample's class, 0 in the others."""
        numbers = np.asarray(y)
        known = (numbers >= 0) & (numbers < self.classes) & (numbers == np.floor(numbers))
        if not known.all():
            raise ValueError(f"class numbers must be whole, from 0 to {self.classes - 1}")
        return np.asarray(np.arange(self.classes)[:, np.newaxis] == numbers, dtype=np.float64)

    def backward(self, z: Array, a: Array, targets: Array, dz: Array) -> list[Operation]:
        """dL/dz = (a - targets) / N."""
        return [
            partial(np.subtract, a, targets, dz),
            partial(np.multiply, dz, constant(1.0 / targets.shape[1]), dz),
        ]

    def of_batches(self, z: Array, a: Array, targets: Array) -> Array:
        classes = targets.argmax(axis=-2, keepdims=True).reshape(-1, 1, targets.shape[-1])
        right = np.take_along_axis(a, classes, axis=1)[:, 0]  # (batches, batch)
        costs = -np.log(right)
        rows, columns = small = np.nonzero(right < SMALL)
        if rows.size:
            numbers = np.broadcast_to(classes[:, 0], right.shape)[small]
            costs[small] = _from_z(z[rows, :, columns], numbers)
        return mean_of_rows(costs, costs.shape[1])

    def predictions(self, a: Array) -> npt.NDArray[np.uint8]:
        return np.asarray(a.argmax(axis=0), dtype=np.uint8)

    def probabilities(self, a: Array) -> Array:
        return a.copy()


def _from_z(z: Array, numbers: npt.NDArray[np.intp]) -> Array:
    """L of samples with z (samples, classes) and their class `numbers` (samples,)."""
    # less the greatest, so that no exponential overflows; one of them is then 1
    shifted = np.maximum(z - z.max(axis=1, keepdims=True), -LARGEST)
    total = np.log(np.exp(shifted).sum(axis=1))
    costs: Array = np.minimum(total - shifted[np.arange(len(z)), numbers], LARGEST)
    return costs
