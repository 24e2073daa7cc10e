"""The chain rule as the article's text derives it."""

from functools import partial

import numpy as np

from engine.arrays import Array, Operation
from engine.errors import ConfigError
from engine.network.cache import Cache, LayerCache
from engine.network.layer import FullyConnected
from engine.network.losses import Loss


class ExactRule:
    """dL/dW = dL/dz a_prevT and dL/db = row sums of dL/dz, of the mean over the batch."""

    clips_sums = True

    def output_operations(
        self, layer: FullyConnected, here: LayerCache, targets: Array, loss: Loss
    ) -> list[Operation]:
        """See `Rule.output_operations`."""
        if layer.activation.name != loss.activation:
            raise ConfigError(
                "loss",
                f"{loss.name} needs a last layer with {loss.activation},"
                f" not {layer.activation.name}",
            )
        return loss.backward(here.z, here.a, targets, here.dz)

    def parameter_operations(self, layers: list[FullyConnected], cache: Cache) -> list[Operation]:
        """See `Rule.parameter_operations`."""
        operations: list[Operation] = []
        for index in reversed(range(len(layers))):
            layer, here = layers[index], cache.layers[index]
            # [dL/dW | dL/db] = dL/dz . [a_prev; 1]T
            operations.append(partial(here.dz.dot, cache.previous_extended(index).T, here.gradient))
            if index > 0:
                below = cache.layers[index - 1]
                # dL/da_prev = WT . dL/dz; then dL/dz_prev = f'(z_prev) * dL/da_prev
                operations.append(_to_layer_below(layer, here, below))
                if below.mask is not None:  # a = mask * f(z)
                    operations.append(partial(np.multiply, below.dz, below.mask, below.dz))
                operations += layers[index - 1].activation.backward(
                    below.activated, below.slope, below.dz
                )
                operations += layers[index - 1].silence(below.dz)
        return operations


def _to_layer_below(layer: FullyConnected, here: LayerCache, below: LayerCache) -> Operation:
    """dL/da_prev = WT . dL/dz, with the biases in the product, as NumPy copies weights that are only a
    part of an array at every call; those of a single node are whole without them.
    """
    if layer.weights.flags.c_contiguous:
        return partial(layer.weights.T.dot, here.dz, below.dz)
    return partial(layer.parameters.T.dot, here.dz, below.dz_extended)
