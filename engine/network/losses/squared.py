"""Squared errors of one output: of values, or of two classes that are -1 and 1."""

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Operation, aligned_empty, constant
from engine.network.activations import activation_named
from engine.network.losses.loss import LARGEST, mean_of_rows


class SquaredError:
    """L = (a - t)^2, or half of it.

    Where values are learnt, a = z and t is the value. Of two classes, a = tanh(z), and t is -1 for
    class 0 and 1 for class 1; the sign of a decides.
    """

    def __init__(self, *, half: bool = False, classes: int = 0) -> None:
        """`classes` is 2, or 0 where values are learnt."""
        self.name = "half_squared_error" if half else "squared_error"
        self.classes = classes
        self.activation = "tanh" if classes else "none"
        self._share = 0.5 if half else 1.0

    def targets(self, y: Array) -> Array:
        values = np.array(y, dtype=np.float64).reshape(1, -1)
        return 2.0 * values - 1.0 if self.classes else values

    def backward(self, z: Array, a: Array, targets: Array, dz: Array) -> list[Operation]:
        """dL/dz = 2 (a - t) / N, or half of it, times f'(z) of the activation."""
        per_sample = constant(2.0 * self._share / targets.shape[1])
        slope = aligned_empty(*a.shape)
        return [
            partial(np.subtract, a[0], targets[0], dz[0]),
            partial(np.multiply, dz, per_sample, dz),
            *activation_named(self.activation).backward(a, slope, dz),
        ]

    def of_batches(self, z: Array, a: Array, targets: Array) -> Array:
        errors = a[:, 0]
        np.subtract(errors, targets[..., 0, :], errors)
        np.multiply(errors, errors, errors)
        np.minimum(errors, LARGEST, out=errors)
        means: Array = mean_of_rows(errors, errors.shape[1]) * self._share
        return means

    def predictions(self, a: Array) -> npt.NDArray[Any]:
        if not self.classes:
            return np.array(a[0])
        return np.asarray(a[0] >= 0.0, dtype=np.uint8)

    def probabilities(self, a: Array) -> Array:
        if not self.classes:
            return np.empty((0, a.shape[1]))
        return np.stack([(1.0 - a[0]) / 2.0, (1.0 + a[0]) / 2.0])
