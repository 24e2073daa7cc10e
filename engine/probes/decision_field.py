"""What a network predicts all over the plane."""

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import Bounds, ClassField, Field
from engine.network.cache import Cache
from engine.network.neural_network import NeuralNetwork

KEPT_GRIDS = 24
"""Grids whose arrays are kept: dashboards of so many sizes can be open before one is made anew."""

MOST_VALUES = 500_000
"""In one array of a grid's evaluation: 4 MB."""


class DecisionField:
    """Evaluates the network on grids; keeps the arrays of some from one frame to the next."""

    def __init__(self, network: NeuralNetwork, bounds: Bounds) -> None:
        self._network = network
        self._bounds = bounds
        self._grids: dict[tuple[int, int], tuple[Cache, list[Array]]] = {}
        widest = max(layer.num_nodes for layer in network.layers)
        self._most = max(MOST_VALUES // widest, 1)

    def field(self, rows: int, columns: int) -> Field:
        """What is predicted at the middle of each of (rows, columns) cells."""
        if rows < 1 or columns < 1:
            nothing = np.zeros((max(rows, 0), max(columns, 0)), dtype=np.uint8)
            return ClassField(nothing, nothing)
        cells = rows * columns
        cache, parts = self._prepared(rows, columns)
        predictions = []
        with np.errstate(all="ignore"):
            for part in parts:
                if len(parts) > 1:
                    cache.inputs[...] = part
                for operation in cache.forward_operations:
                    operation()
                predictions.append(np.rint(cache.predictions * 255.0).astype(np.uint8))
        shares = np.concatenate(predictions)[:cells].reshape(rows, columns).astype(np.int64)
        certainty = np.abs(2 * shares - 255).astype(np.uint8)
        return ClassField((shares > 127).astype(np.uint8), certainty)

    def _prepared(self, rows: int, columns: int) -> tuple[Cache, list[Array]]:
        """Arrays for a grid, and its cells in parts of one size, as a wide layer has much to hold.
        A last part that is not full is filled up.
        """
        shape = rows, columns
        prepared = self._grids.pop(shape, None)
        if prepared is None:
            cells = rows * columns
            batch = min(cells, self._most)
            points = np.zeros((2, -(-cells // batch) * batch))
            points[:, :cells] = grid(self._bounds, rows, columns)
            cache = self._network.make_cache(batch, keep_z=False)
            cache.inputs[...] = points[:, :batch]
            prepared = cache, np.split(points, points.shape[1] // batch, axis=1)
        self._grids[shape] = prepared  # as the one used last
        while len(self._grids) > KEPT_GRIDS:
            del self._grids[next(iter(self._grids))]
        return prepared


def grid(bounds: Bounds, rows: int, columns: int) -> Array:
    """(2, rows * columns): the middles of the cells of `bounds`, the top row first."""
    x = bounds.left + (np.arange(columns) + 0.5) * (bounds.right - bounds.left) / columns
    y = bounds.top - (np.arange(rows) + 0.5) * (bounds.top - bounds.bottom) / rows
    across, down = np.meshgrid(x, y)
    return np.stack([across.ravel(), down.ravel()])
