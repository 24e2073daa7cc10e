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
from engine.cache import Cache, LayerCache
from engine.layer import FullyConnected

_ONE = constant(1.0)


class ArticleRule:
    """The per-sample rule; its sums are not clipped again."""

    clips_sums = False

    def operations(self, layers: list[FullyConnected], cache: Cache, y: Array) -> list[Operation]:
        """See `Rule.operations`."""
        operations: list[Operation] = [partial(_output_da, cache.layers[-1], y)]
        for index in reversed(range(len(layers))):
            here = cache.layers[index]
            below = cache.layers[index - 1].dz if index > 0 else None
            operations += layers[index].activation.backward(here.a, here.slope, here.dz)
            gradients = _LayerGradients(cache.previous_extended(index)[:-1], here, below)
            operations.append(gradients.take)
        return operations


def _output_da(here: LayerCache, y: Array) -> None:
    """Write da = -y / a + (1 - y) / (1 - a) into `here.dz`."""
    np.divide(1.0 - y, _ONE - here.a, out=here.dz)
    np.subtract(here.dz, y / here.a, out=here.dz)


class _LayerGradients:
    """Takes one layer's gradient, and da of the layer below, from its dz."""

    def __init__(self, a_previous: Array, here: LayerCache, da_below: Array | None) -> None:
        self.a_previous = a_previous
        self.dz = here.dz
        self.gradient = here.gradient
        self.da_below = da_below
        self.batch = here.dz.shape[1]
        self.scaled = np.empty_like(here.dz)
        self._products: Array | None = None

    def take(self) -> None:
        """Fill `gradient` (nodes, inputs + 1) and `da_below` (inputs, batch)."""
        np.multiply(self.dz, 1.0 / self.batch, out=self.scaled)  # dz / N, which is also db
        largest = _largest(self.scaled)
        # NaN compares false, so it takes the long way round
        if largest <= 1.0 and largest * _largest(self.a_previous) <= 1.0:
            self._sums()
        else:
            self._element_by_element()
            self.scaled[np.isnan(self.scaled)] = 0.0
            np.clip(self.scaled, -1.0, 1.0, out=self.scaled)
        self.gradient[:, -1] = self.scaled.sum()

    def _sums(self) -> None:
        self.gradient[:, :-1] = self.scaled @ self.a_previous.T
        if self.da_below is not None:
            np.multiply(self.a_previous, self.scaled.sum(axis=0), out=self.da_below)

    def _element_by_element(self) -> None:
        if self._products is None:
            self._products = np.empty((*self.a_previous.shape[:1], *self.dz.shape))
        products = self._products  # (inputs, nodes, batch)
        np.multiply(self.a_previous[:, np.newaxis, :], self.dz, out=products)
        products /= self.batch
        np.copyto(products, 0.0, where=np.isnan(products))
        np.clip(products, -1.0, 1.0, out=products)
        self.gradient[:, :-1] = products.sum(axis=2).T
        if self.da_below is not None:
            products.sum(axis=1, out=self.da_below)


def _largest(values: Array) -> float:
    return float(max(values.max(), -values.min()))
