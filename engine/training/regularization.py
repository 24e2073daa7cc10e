"""Penalties on large weights, L2 and L1. Biases are exempt from both.

Arrays of the parameters' size hold what each parameter is charged, zero for a bias: a layer of shape
(nodes, inputs + 1) has its biases in the last column.
"""

from collections.abc import Iterable
from functools import partial

import numpy as np

from engine.arrays import Array, Operation, aligned_empty


def charges(shapes: Iterable[tuple[int, int]], penalty: float) -> Array:
    """`penalty` at every weight of layers of `shapes` (nodes, inputs + 1), 0 at every bias; flat."""
    layers = []
    for nodes, columns in shapes:
        layer = np.full((nodes, columns), penalty)
        layer[:, -1] = 0.0
        layers.append(layer.reshape(-1))
    values = aligned_empty(sum(layer.size for layer in layers))
    return np.concatenate(layers, out=values)


def with_l2(
    parameters: Array, gradient: Array, decay: Array | None
) -> tuple[Array, list[Operation]]:
    """The gradient of the loss plus l2 / 2 |w|^2, g = dL/dw + l2 w, and the operations that write it.

    It is an array of its own: `gradient`, (parameters,), stays that of the loss. `decay` has l2 of
    each parameter; where it is None, g is `gradient` itself.
    """
    if decay is None:
        return gradient, []
    penalized = aligned_empty(gradient.size)
    return penalized, [
        partial(np.multiply, parameters, decay, penalized),
        partial(np.add, penalized, gradient, penalized),
    ]


def l1_operations(parameters: Array, charge: Array, alpha: Array, taken: Array) -> list[Operation]:
    """Soft thresholding, after an update: w = sign(w) max(|w| - alpha l1, 0).

    A weight that gets to 0 stays there only while its gradient is at most l1, and comes back when it
    is more. `charge` (parameters,) has l1 of each parameter; `alpha` is 0-d, read anew every time. What
    is subtracted is written to `taken` (parameters,).
    """
    # it is w itself, held between -alpha l1 and alpha l1
    bounds = aligned_empty(2, parameters.size)
    bounds_of_one = np.stack([-charge, charge])
    return [
        partial(np.multiply, bounds_of_one, alpha, bounds),
        partial(np.maximum, parameters, bounds[0], out=taken),
        partial(np.minimum, taken, bounds[1], out=taken),
        partial(np.subtract, parameters, taken, parameters),
    ]
