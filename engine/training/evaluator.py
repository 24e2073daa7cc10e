"""What a network makes of the points of one side, without changing anything."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.network.cache import Cache
from engine.network.losses import Loss, mean_loss
from engine.network.neural_network import NeuralNetwork

MOST_AT_ONCE = 4096
"""Points in one forward pass: arrays for all the points of a large file would be many times as large
as the file.
"""


class Measured(NamedTuple):
    """A side as the network sees it."""

    loss: float
    predictions: npt.NDArray[Any]
    """(points,): numbers of classes, uint8, or values as the network gives them, float64."""


class Evaluator:
    """Forward passes over all points of a side, in parts of one size."""

    def __init__(self, network: NeuralNetwork, loss: Loss, inputs: Array, y: Array) -> None:
        """`inputs` is (features, points), `y` (points,)."""
        self._loss = loss
        self._inputs = inputs
        self._targets = loss.targets(y)
        self.points = y.size
        self._size = min(self.points, MOST_AT_ONCE)
        self.cache: Cache = network.make_cache(self._size, keep_z=False)
        """Of the last part of the last pass: of all points, where they are no more than that."""
        if self._size == self.points:
            self.cache.inputs[...] = inputs

    def loss(self) -> float:
        """The mean loss over all points."""
        if self._size == self.points:
            next(self._parts())
            return self._part_loss(slice(0, self.points))
        losses = [self._part_loss(part) * (part.stop - part.start) for part in self._parts()]
        return float(sum(losses) / self.points)

    def measure(self, most: int | None = None) -> Measured:
        """The mean loss, and what is predicted, of all points or of the first `most`."""
        points = self.points if most is None else min(most, self.points)
        total, predictions = 0.0, []
        for part in self._parts(points):
            size = part.stop - part.start
            predictions.append(self._loss.predictions(self.cache.output_a[:, :size]))
            total += self._part_loss(part) * size
        return Measured(total / points, np.concatenate(predictions))

    def _parts(self, points: int | None = None) -> Iterator[slice]:
        """Carry out the passes: the columns of each part, once it lies in the cache. A last part that is
        not full leaves what was there behind it.
        """
        whole = self.points if points is None else points
        for start in range(0, whole, self._size):
            part = slice(start, min(start + self._size, whole))
            if self._size < self.points:
                self.cache.inputs[:, : part.stop - start] = self._inputs[:, part]
            with np.errstate(all="ignore"):
                for operation in self.cache.forward_operations:
                    operation()
            yield part

    def _part_loss(self, part: slice) -> float:
        size = part.stop - part.start
        z, a = self.cache.output_z[:, :size], self.cache.output_a[:, :size]
        return mean_loss(self._loss, z, a, self._targets[:, part])
