"""Activations between two ends, near which they are flat: sigmoid, tanh; softmax, of a whole layer."""

from functools import partial

import numpy as np

from engine.arrays import Array, Operation, aligned_empty, constant
from engine.network.activations.activation import FLAT, Mask, nowhere

_ONE = constant(1.0)


class Sigmoid:
    """a = 1 / (1 + exp(-z)); f'(z) = a (1 - a)."""

    name = "sigmoid"
    idle_word = "saturated"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [
            partial(np.negative, z, a),
            partial(np.exp, a, a),
            partial(np.add, a, _ONE, a),
            partial(np.reciprocal, a, a),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [
            partial(np.subtract, _ONE, a, slope),
            partial(np.multiply, slope, a, slope),
            partial(np.multiply, da, slope, da),
        ]

    def idle(self, a: Array, slope: Array) -> Mask:
        return np.abs(a - 0.5) >= 0.5 - FLAT


class Tanh:
    """a = tanh(z); f'(z) = 1 - a^2."""

    name = "tanh"
    idle_word = "saturated"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [partial(np.tanh, z, a)]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [
            partial(np.multiply, a, a, slope),
            partial(np.subtract, _ONE, slope, slope),
            partial(np.multiply, da, slope, da),
        ]

    def idle(self, a: Array, slope: Array) -> Mask:
        return np.abs(a) >= 1.0 - FLAT


class Softmax:
    """a_i = exp(z_i) / sum over j of exp(z_j), in each column: the probabilities of the classes.

    dL/dz_i = a_i (dL/da_i - sum over j of a_j dL/da_j). Not elementwise: for a last layer.
    """

    name = "softmax"
    idle_word = ""

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        of_column = slope[0]  # (batch,)
        return [
            # exp(z - the greatest) cannot overflow, and the quotient stays the same
            partial(np.maximum.reduce, z, 0, None, of_column),
            partial(np.subtract, z, of_column, a),
            partial(np.exp, a, a),
            partial(np.add.reduce, a, 0, None, of_column),
            partial(np.divide, a, of_column, a),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        of_column = aligned_empty(a.shape[1])
        return [
            partial(np.multiply, a, da, slope),
            partial(np.add.reduce, slope, 0, None, of_column),
            partial(np.subtract, da, of_column, da),
            partial(np.multiply, a, da, da),
        ]

    def idle(self, a: Array, slope: Array) -> Mask:
        return nowhere(a)
