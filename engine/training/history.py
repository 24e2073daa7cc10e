"""The loss of every step, in memory that stays the same size however long the run is."""

from typing import NamedTuple

import msgspec
import numpy as np

from engine.arrays import Array

CAPACITY = 4096
"""Buckets. The widest chart has some 500 columns of two dots, so a dot is a bucket or more."""


class Series(NamedTuple):
    """A recorded series, reduced: each point stands for a row of consecutive steps."""

    steps: Array
    """(points,): the first step that a point stands for."""
    low: Array
    """(points,): the least, the greatest and the mean of these steps' values."""
    high: Array
    mean: Array


class HistoryState(msgspec.Struct, frozen=True, eq=False):
    """What a history holds."""

    buckets: Array
    """(3, used): least, greatest and sum of each bucket's values."""
    stride: int
    """Values a bucket."""
    count: int
    """Values in all."""


class LossHistory:
    """Every value counts: a bucket holds the least, the greatest and the sum of `stride` values.

    When the buckets are full, pairs of them become one and `stride` doubles. Value k belongs to
    step k * `interval`.
    """

    def __init__(self, interval: int = 1, capacity: int = CAPACITY) -> None:
        self.interval = interval
        self.stride = 1
        self.count = 0
        self._capacity = capacity
        self._buckets = np.empty((3, capacity))  # rows: low, high, sum

    def append(self, values: Array) -> None:
        """Add `values` (count,), in order."""
        position = 0
        while position < values.size:
            if self.count == self._capacity * self.stride:
                self._halve()
            bucket, filled = divmod(self.count, self.stride)
            if filled or values.size - position < self.stride:
                taken = self._extend(bucket, filled, values[position:])
            else:
                taken = self._fill(bucket, values[position:])
            position += taken
            self.count += taken

    def _extend(self, bucket: int, filled: int, values: Array) -> int:
        """Put values into a bucket that holds `filled` already."""
        values = values[: self.stride - filled]
        low, high, total = values.min(), values.max(), values.sum()
        if filled:
            held = self._buckets[:, bucket]
            low, high, total = min(low, held[0]), max(high, held[1]), total + held[2]
        self._buckets[:, bucket] = low, high, total
        return values.size

    def _fill(self, bucket: int, values: Array) -> int:
        """Fill as many whole buckets as there are values and room for."""
        buckets = min(values.size // self.stride, self._capacity - bucket)
        taken = buckets * self.stride
        table = values[:taken].reshape(buckets, self.stride)
        target = self._buckets[:, bucket : bucket + buckets]
        table.min(axis=1, out=target[0])
        table.max(axis=1, out=target[1])
        table.sum(axis=1, out=target[2])
        return taken

    def _halve(self) -> None:
        half = self._capacity // 2
        low, high, total = self._buckets.reshape(3, half, 2)
        self._buckets[0, :half] = low.min(axis=1)
        self._buckets[1, :half] = high.max(axis=1)
        self._buckets[2, :half] = total.sum(axis=1)
        self.stride *= 2

    def truncate(self, count: int) -> None:
        """Forget all values but the first `count`.

        A bucket that is cut keeps its least, its greatest and, for those that stay, its mean.
        """
        bucket, filled = divmod(count, self.stride)
        if filled and count < self.count:
            held = min(self.count - bucket * self.stride, self.stride)
            self._buckets[2, bucket] *= filled / held
        self.count = min(count, self.count)

    @property
    def buckets(self) -> Array:
        """(3, used): low, high and sum of every bucket; a view."""
        return self._buckets[:, : -(-self.count // self.stride)]

    def state(self) -> HistoryState:
        """All that it holds, in arrays of its own."""
        return HistoryState(self.buckets.copy(), self.stride, self.count)

    def restore(self, state: HistoryState) -> None:
        """Hold what `state` holds; ValueError if that cannot be."""
        buckets, stride, count = state.buckets, state.stride, state.count
        used = buckets.shape[-1] if buckets.ndim == 2 else -1
        if buckets.shape != (3, used) or used > self._capacity or count < 0:
            raise ValueError(f"{buckets.shape} buckets in a history of {self._capacity}")
        if stride < 1 or stride & (stride - 1) or used != -(-count // stride):
            raise ValueError(f"{count} values of stride {stride} in {used} buckets")
        self._buckets[:, :used] = buckets
        self.stride, self.count = stride, count

    def reduced(self, points: int) -> Series:
        """All values so far as at most `points` points (fewer while there are fewer values)."""
        used = -(-self.count // self.stride)
        if used == 0 or points < 1:
            empty = np.empty(0)
            return Series(empty, empty, empty, empty)
        # whole powers of two join, so that a point's edges move seldom as the run grows
        join = 1
        while -(-used // join) > points:
            join *= 2
        starts = np.arange(0, used, join)
        low, high, total = self._buckets[:, :used]
        values = np.full(starts.size, float(join * self.stride))
        values[-1] = self.count - starts[-1] * self.stride
        return Series(
            steps=(starts * (self.stride * self.interval)).astype(np.float64),
            low=np.minimum.reduceat(low, starts),
            high=np.maximum.reduceat(high, starts),
            mean=np.add.reduceat(total, starts) / values,
        )
