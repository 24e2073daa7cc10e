"""Grids of the plane as a network takes them in, with the arrays of a forward pass over them."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import Bounds
from engine.network.cache import Cache
from engine.training.trainer import Trainer

KEPT_GRIDS = 48
"""Grids whose arrays are kept: dashboards of so many sizes can be open before one is made anew."""

MOST_VALUES = 500_000
"""In one array of a grid's evaluation: 4 MB."""


class PreparedGrid(NamedTuple):
    """Arrays for a grid of one size."""

    cache: Cache
    parts: list[Array]
    """What the network takes in for its cells, (features, batch) each; the last is filled up with 0."""

    def run(self, part: Array) -> None:
        """Make the forward pass of one of its parts."""
        if len(self.parts) > 1:
            self.cache.inputs[...] = part
        for operation in self.cache.forward_operations:
            operation()


class PlaneGrids:
    """Keeps the arrays of some grids from one frame to the next."""

    def __init__(self, trainer: Trainer, plane: tuple[int, ...], bounds: Bounds) -> None:
        """`plane` has the numbers of the inputs that vary, one or two; the others stay at the median of
        the training points.
        """
        self._network, self._dataset = trainer.network, trainer.dataset
        self._plane, self._bounds = plane, bounds
        # one input at a time: all at once would be a copy of all the data
        self._others = np.array([np.median(values) for values in trainer.dataset.train.x])
        self._grids: dict[tuple[int, int], PreparedGrid] = {}
        widest = max(layer.num_nodes for layer in self._network.layers)
        self._most = max(MOST_VALUES // widest, 1)

    def shape_of(self, rows: int, columns: int) -> tuple[int, int]:
        """The rows and columns that a grid of that size has: one row of cells is enough where there is
        one input.
        """
        return max(min(rows, 1) if len(self._plane) == 1 else rows, 0), max(columns, 0)

    def prepared(self, rows: int, columns: int) -> PreparedGrid:
        """Arrays for a grid of at least one cell, and its cells in parts of one size, as a wide layer has
        much to hold.
        """
        shape = rows, columns
        prepared = self._grids.pop(shape, None)
        if prepared is None:
            cells = rows * columns
            batch = min(cells, self._most)
            features = self._dataset.transform(self._inputs_at(rows, columns))
            padded = np.zeros((features.shape[0], -(-cells // batch) * batch))
            padded[:, :cells] = features
            cache = self._network.make_cache(batch, keep_z=False)
            cache.inputs[...] = padded[:, :batch]
            prepared = PreparedGrid(cache, np.split(padded, padded.shape[1] // batch, axis=1))
        self._grids[shape] = prepared  # as the one used last
        while len(self._grids) > KEPT_GRIDS:
            del self._grids[next(iter(self._grids))]
        return prepared

    def _inputs_at(self, rows: int, columns: int) -> Array:
        """(inputs, cells): the inputs at the middles of the cells."""
        places = grid(self._bounds, rows, columns)
        inputs = np.repeat(self._others[:, np.newaxis], rows * columns, axis=1)
        for number, row in zip(self._plane, places, strict=False):
            inputs[number] = row
        return inputs


def grid(bounds: Bounds, rows: int, columns: int) -> Array:
    """(2, rows * columns): the middles of the cells of `bounds`, the top row first."""
    x = bounds.left + (np.arange(columns) + 0.5) * (bounds.right - bounds.left) / columns
    y = bounds.top - (np.arange(rows) + 0.5) * (bounds.top - bounds.bottom) / rows
    across, down = np.meshgrid(x, y)
    return np.stack([across.ravel(), down.ravel()])
