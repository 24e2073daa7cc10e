"""What the article's code computes, element by element, as opposed to what its text derives.

For each layer, last to first, with N samples:

    da[i, n]    = sum over j of dW_next[i, j, n]        (hidden layers; the clipped array above)
    dz          = f'(z) * da
    dW[i, j, n] = a_prev[i, n] dz[j, n] / N,            NaN to 0, clipped to [-1, 1]
    W[j, i]    -= alpha * sum over n of dW[i, j, n]
    b          -= alpha * sum over j and n of db[j, n]  (one number for the whole layer)

No product over a whole array [i, j, n] is needed while nothing in it can reach the clipping
bound, and then the sums are matrix products; only otherwise is the array formed.
"""

from functools import partial

import numpy as np

from engine.arrays import Array, Operation, constant
from engine.errors import ConfigError
from engine.network.cache import Cache, LayerCache
from engine.network.layer import FullyConnected
from engine.network.losses import Loss


class ArticleRule:
    """The per-sample rule; its sums are not clipped again."""

    clips_sums = False

    def output_operations(
        self, layer: FullyConnected, here: LayerCache, targets: Array, loss: Loss
    ) -> list[Operation]:
        """See `Rule.output_operations`."""
        if loss.name != "binary_cross_entropy" or layer.num_nodes != 1:
            raise ConfigError(
                "rule", "article: it is for two classes, one output and binary cross-entropy"
            )
        return [
            *_output_da(here, targets[0]),
            *layer.activation.backward(here.a, here.slope, here.dz),
        ]

    def parameter_operations(self, layers: list[FullyConnected], cache: Cache) -> list[Operation]:
        """See `Rule.parameter_operations`."""
        if cache.has_dropout:
            raise ConfigError("rule", "article: it knows no dropout")
        operations: list[Operation] = []
        for index in reversed(range(len(layers))):
            here = cache.layers[index]
            below = cache.layers[index - 1] if index > 0 else None
            da_below = None if below is None else below.dz
            operations.append(_LayerGradients(cache.previous_extended(index), here, da_below).take)
            # of a node that is switched off, the layer's one number for all biases is not that of its own
            operations += layers[index].silence(here.gradient)
            if below is not None:
                operations += layers[index - 1].activation.backward(below.a, below.slope, below.dz)
                operations += layers[index - 1].silence(below.dz)
        return operations


def _output_da(here: LayerCache, y: Array) -> list[Operation]:
    """Write da = -y / a + (1 - y) / (1 - a) into `here.dz`.

    Labels are 0 or 1, so that is 1 / (1 - a) or 1 / (0 - a); the zero is negative, as -1 / 0 is.
    """
    a, da = here.a[0], here.dz[0]
    return [partial(np.subtract, -(y - 1.0), a, da), partial(np.reciprocal, da, da)]


class _LayerGradients:
    """Takes one layer's gradient, and da of the layer below, from its dz."""

    def __init__(self, extended: Array, here: LayerCache, da_below: Array | None) -> None:
        """`extended` is a_prev above its row of ones, (inputs + 1, batch)."""
        nodes, batch = here.dz.shape
        self.a_previous = extended[:-1]
        self.dz = here.dz
        self.gradient = here.gradient
        self.da_below = da_below
        self.batch = batch
        self._flat_a = self.a_previous.reshape(-1)
        self._flat_dz = here.dz.reshape(-1)
        self._node_sums = np.empty(batch)
        self._ones = np.ones(batch)
        self._share = constant(1.0 / batch)
        self._products: Array | None = None
        # sum of dW over n, N times too large; its last column will be that of the biases
        self._sum_products = partial(here.dz.dot, extended.T, here.gradient)
        # sum over j of dz[j, n] / N
        self._sum_nodes = partial(np.full(nodes, 1.0 / batch).dot, here.dz, self._node_sums)

    def take(self) -> None:
        """Fill `gradient` (nodes, inputs + 1) and `da_below` (inputs, batch)."""
        if self._clips_nothing():
            self._sum_at_once()
        else:
            self._element_by_element()

    def _clips_nothing(self) -> bool:
        """Whether all of a_prev dz / N and dz / N lie in [-1, 1]: by the norms, which bound the
        largest values and cost two products, or else by the largest values. NaN compares false.
        """
        squares = float(self._flat_dz.dot(self._flat_dz))
        bound = float(self.batch) ** 2
        if squares <= bound and squares * float(self._flat_a.dot(self._flat_a)) <= bound:
            return True
        largest = _largest(self.dz) / self.batch
        return bool(largest <= 1.0 and largest * _largest(self.a_previous) <= 1.0)

    def _sum_at_once(self) -> None:
        self._sum_products()
        np.multiply(self.gradient, self._share, self.gradient)
        self._sum_nodes()
        self.gradient[:, -1] = self._node_sums.dot(self._ones)
        if self.da_below is not None:
            np.multiply(self.a_previous, self._node_sums, self.da_below)

    def _element_by_element(self) -> None:
        if self._products is None:
            self._products = np.empty((*self.a_previous.shape[:1], *self.dz.shape))
        products = self._products  # (inputs, nodes, batch)
        np.multiply(self.a_previous[:, np.newaxis, :], self.dz, out=products)
        products /= self.batch
        np.copyto(products, 0.0, where=np.isnan(products))
        np.clip(products, -1.0, 1.0, out=products)
        self.gradient[:, :-1] = products.sum(axis=2).T
        scaled = self.dz / self.batch
        scaled[np.isnan(scaled)] = 0.0
        self.gradient[:, -1] = np.clip(scaled, -1.0, 1.0).sum()
        if self.da_below is not None:
            products.sum(axis=1, out=self.da_below)


def _largest(values: Array) -> float:
    return float(max(values.max(), -values.min()))
