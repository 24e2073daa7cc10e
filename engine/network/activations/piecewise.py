"""Activations of straight pieces: relu, and none at all."""

from functools import partial

import numpy as np

from engine.arrays import Array, Operation, constant
from engine.config.activation_names import LEAK, relu_name
from engine.network.activations.activation import Mask, nowhere

# The ufunc behind np.clip, whose wrapper adds 0.7 us of Python to a call of 1.2 us, twice a step.
# It has no public name, so where a NumPy lacks it the wrapper must do.
_clip = getattr(getattr(getattr(np, "_core", None), "umath", None), "clip", np.clip)

_STEEP = constant(2.0**1000)
_ONE = constant(1.0)


class Relu:
    """a = z where z > 0, else `leak` z; f'(z) = 1 where z > 0, else `leak`."""

    idle_word = "dead"

    def __init__(self, leak: float = LEAK) -> None:
        """`leak` is from 0, below 1; 0 is the textbook's relu."""
        self.name = relu_name(leak)
        self._leak = constant(leak)

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [
            # f'(z) = clip(z * 2^1000, leak, 1): exact for every |z| above 1e-301, without a mask
            partial(np.multiply, z, _STEEP, slope),
            partial(_clip, slope, self._leak, _ONE, slope),
            # a = f'(z) * z
            partial(np.multiply, z, slope, a),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [partial(np.multiply, da, slope, da)]

    def idle(self, a: Array, slope: Array) -> Mask:
        return a <= 0.0


class Identity:
    """a = z; f'(z) = 1."""

    name = "none"
    idle_word = ""

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [] if z is a else [partial(np.copyto, a, z)]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return []

    def idle(self, a: Array, slope: Array) -> Mask:
        return nowhere(a)
