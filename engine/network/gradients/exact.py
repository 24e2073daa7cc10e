"""The chain rule as the article's text derives it."""

from functools import partial

import numpy as np

from engine.arrays import Array, Operation, constant
from engine.network.cache import Cache, LayerCache
from engine.network.layer import FullyConnected
from engine.network.losses import GUARD


class ExactRule:
    """dL/dW = dL/dz a_prevT and dL/db = row sums of dL/dz, averaged over the batch of N."""

    clips_sums = True

    def operations(self, layers: list[FullyConnected], cache: Cache, y: Array) -> list[Operation]:
        """See `Rule.operations`."""
        operations = _output_dz(layers[-1], cache.layers[-1], y)
        for index in reversed(range(len(layers))):
            layer, here = layers[index], cache.layers[index]
            # [dL/dW | dL/db] = dL/dz . [a_prev; 1]T
            operations.append(partial(here.dz.dot, cache.previous_extended(index).T, here.gradient))
            if index > 0:
                below = cache.layers[index - 1]
                # dL/da_prev = WT . dL/dz; then dL/dz_prev = f'(z_prev) * dL/da_prev
                operations.append(partial(layer.weights.T.dot, here.dz, below.dz))
                operations += layers[index - 1].activation.backward(below.a, below.slope, below.dz)
        return operations


def _output_dz(layer: FullyConnected, here: LayerCache, y: Array) -> list[Operation]:
    """dL/dz of the last layer. Sigmoid with cross-entropy: (a - y) / N."""
    per_sample = constant(1.0 / y.size)
    if layer.activation.name == "sigmoid":
        return [
            partial(np.subtract, here.a[0], y, here.dz[0]),  # shapes alike: no broadcasting
            partial(np.multiply, here.dz, per_sample, here.dz),
        ]
    return [
        partial(_cross_entropy_slope, here.a, y, here.dz),
        *layer.activation.backward(here.a, here.slope, here.dz),
    ]


def _cross_entropy_slope(a: Array, y: Array, out: Array) -> None:
    """dL/da = (a - y) / (a (1 - a)) / N; 0 where the loss's guard makes it flat."""
    guarded = np.clip(a, GUARD, 1.0 - GUARD)
    np.divide(guarded - y, guarded * (1.0 - guarded) * y.size, out=out)
    out[guarded != a] = 0.0
