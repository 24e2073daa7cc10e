"""What every activation can do."""

from typing import Protocol

import numpy as np

from engine.arrays import Array, Operation

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
"""True or False for each element."""

FLAT = 0.01
"""What is this close to an end of its range, or to a slope of 0, hardly passes a gradient on."""


class Activation(Protocol):
    """An elementwise function of the pre-activation z, shape (nodes, batch).

    Going forward it computes a = f(z); going back, dL/dz = f'(z) * dL/da. It keeps what the way
    back needs, beside a, in `slope`, an array of the same shape: so a may be written over z.
    """

    @property
    def name(self) -> str:
        """As a person writes it."""

    @property
    def idle_word(self) -> str:
        """What a node is called that is idle on every sample; empty where none can be."""

    def forward(self, z: Array, slope: Array, a: Array) -> list[Operation]:
        """Operations that write a = f(z); `a` may be `z` itself. They may use `slope`."""

    def backward(self, a: Array, slope: Array, da: Array) -> list[Operation]:
        """Operations that turn dL/da into dL/dz in place, after `forward` has run. `a` is as
        `forward` left it.
        """

    def idle(self, a: Array, slope: Array) -> Mask:
        """Where next to no gradient is passed on. `a` and `slope` as `forward` left them."""


def nowhere(a: Array) -> Mask:
    """The mask of an activation that always passes a gradient on."""
    return np.zeros(a.shape, dtype=np.bool_)
