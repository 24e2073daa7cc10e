"""Activations and their derivatives, as operations on preallocated arrays.

Each activation computes a = f(z), and, going back, dL/dz = f'(z) * dL/da. It keeps what the way
back needs in `slope`, an array of the same shape, so that z itself may be overwritten by a.
"""

from functools import partial
from typing import ClassVar, Protocol

import numpy as np

from engine.arrays import Array, Operation, constant
from engine.errors import ConfigError

LEAK = 0.05
"""Slope of the leaky relu where z <= 0."""

# The ufunc behind np.clip, whose wrapper adds 0.7 us of Python to a call of 1.2 us, twice a step.
# It has no public name, so where a NumPy lacks it the wrapper must do.
_clip = getattr(getattr(getattr(np, "_core", None), "umath", None), "clip", np.clip)

_STEEP = constant(2.0**1000)
_LEAK = constant(LEAK)
_ONE = constant(1.0)


class Activation(Protocol):
    """An elementwise function of the pre-activation z, shape (nodes, batch)."""

    name: ClassVar[str]

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        """Operations that write a = f(z); `a` may be `z` itself. They may use `slope`."""

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        """Operations that turn dL/da into dL/dz in place, after `forward` has run."""


class Relu:
    """Leaky relu: a = z where z > 0, else 0.05 z; f'(z) = 1 where z > 0, else 0.05."""

    name: ClassVar[str] = "relu"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [
            # f'(z) = clip(z * 2^1000, 0.05, 1): exact for every |z| above 1e-301, without a mask
            partial(np.multiply, z, _STEEP, slope),
            partial(_clip, slope, _LEAK, _ONE, slope),
            # a = f'(z) * z
            partial(np.multiply, z, slope, a),
        ]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return [partial(np.multiply, da, slope, da)]


class Sigmoid:
    """a = 1 / (1 + exp(-z)); f'(z) = a (1 - a)."""

    name: ClassVar[str] = "sigmoid"

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


class Identity:
    """a = z; f'(z) = 1."""

    name: ClassVar[str] = "none"

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        return [] if z is a else [partial(np.copyto, a, z)]

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        return []


ACTIVATIONS: dict[str, Activation] = {"relu": Relu(), "sigmoid": Sigmoid(), "none": Identity()}
"""Every activation by its name."""


def activation_named(name: str) -> Activation:
    """The activation called `name`; ConfigError names the ones there are."""
    try:
        return ACTIVATIONS[name]
    except KeyError:
        raise ConfigError(
            "activation", f"{name!r} is not one of {', '.join(ACTIVATIONS)}"
        ) from None
