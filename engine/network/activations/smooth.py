"""Activations that are smooth and unbounded on one side or both, and the sine."""

import math
from functools import partial

import numpy as np

from engine.arrays import Array, Operation, aligned_empty, constant
from engine.network.activations.activation import FLAT, Mask, nowhere

_ZERO = constant(0.0)
_ONE = constant(1.0)
_MINUS_HALF = constant(-0.5)
_NORMAL = constant(1.0 / math.sqrt(2.0 * math.pi))
"""The density of the standard normal distribution at 0."""


class Elu:
    """a = z where z > 0, else exp(z) - 1; f'(z) = 1 where z > 0, else exp(z)."""

    name = "elu"
    idle_word = "saturated"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [
            # a = max(z, 0) + (exp(min(z, 0)) - 1): one of the two is 0
            partial(np.minimum, z, _ZERO, out=slope),
            partial(np.expm1, slope, slope),
            partial(np.maximum, z, _ZERO, out=a),
            partial(np.add, a, slope, a),
            # f'(z) = exp(min(z, 0))
            partial(np.add, slope, _ONE, slope),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [partial(np.multiply, da, slope, da)]

    def idle(self, a: Array, slope: Array) -> Mask:
        return slope <= FLAT


class Gelu:
    """a = z P(z), with P(z) = (1 + erf(z / sqrt 2)) / 2, the share of a normal distribution below z;
    f'(z) = P(z) + z p(z), with p(z) = exp(-z^2 / 2) / sqrt(2 pi), its density.
    """

    name = "gelu"
    idle_word = "dead"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        from scipy.special import ndtr  # P; not imported before it is needed: it takes a while

        below = aligned_empty(*z.shape)
        return [
            partial(ndtr, z, below),
            # slope = z p(z) + P(z); z^2 may be infinite, which exp turns to 0
            partial(np.multiply, z, z, slope),
            partial(np.multiply, slope, _MINUS_HALF, slope),
            partial(np.exp, slope, slope),
            partial(np.multiply, slope, _NORMAL, slope),
            partial(np.multiply, slope, z, slope),
            partial(np.add, slope, below, slope),
            partial(np.multiply, z, below, a),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [partial(np.multiply, da, slope, da)]

    def idle(self, a: Array, slope: Array) -> Mask:
        # flat around z = -0.75, too, but a is not near 0 there
        return (np.abs(a) <= FLAT) & (np.abs(slope) <= FLAT)


class Silu:
    """a = z s, with s = 1 / (1 + exp(-z)); f'(z) = s + a (1 - s). `slope` holds s."""

    name = "silu"
    idle_word = "dead"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [
            partial(np.negative, z, slope),
            partial(np.exp, slope, slope),
            partial(np.add, slope, _ONE, slope),
            partial(np.reciprocal, slope, slope),
            partial(np.multiply, z, slope, a),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        derivative = aligned_empty(*a.shape)
        return [
            partial(np.subtract, _ONE, slope, derivative),
            partial(np.multiply, a, derivative, derivative),
            partial(np.add, slope, derivative, derivative),
            partial(np.multiply, da, derivative, da),
        ]

    def idle(self, a: Array, slope: Array) -> Mask:
        return (np.abs(a) <= FLAT) & (np.abs(slope + a * (1.0 - slope)) <= FLAT)


class Softplus:
    """a = log(1 + exp(z)); f'(z) = 1 / (1 + exp(-z)) = 1 - exp(-a)."""

    name = "softplus"
    idle_word = "dead"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [partial(np.logaddexp, z, _ZERO, a)]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [
            partial(np.negative, a, slope),
            partial(np.expm1, slope, slope),
            partial(np.negative, slope, slope),
            partial(np.multiply, da, slope, da),
        ]

    def idle(self, a: Array, slope: Array) -> Mask:
        return a <= FLAT


class Sine:
    """a = sin(z); f'(z) = cos(z)."""

    name = "sine"
    idle_word = ""

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [partial(np.cos, z, slope), partial(np.sin, z, a)]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [partial(np.multiply, da, slope, da)]

    def idle(self, a: Array, slope: Array) -> Mask:
        return nowhere(a)
