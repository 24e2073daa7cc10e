"""Batches: which samples each update learns from."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.data.random_streams import Purpose, seed_sequence

Indices = npt.NDArray[np.intp]
"""Numbers of samples."""


class BatchPlace(NamedTuple):
    """Where the batch of a step lies."""

    epoch: int
    """Epochs that are complete before it."""
    number: int
    """Batches of its epoch before it."""
    first: int
    """Its first sample, as a place in the order of the epoch."""
    size: int
    """Its samples."""


def batch_size_of(samples: int, wanted: int | None) -> int:
    """Samples of a batch: all of them where nothing, or more, is `wanted`."""
    return samples if wanted is None else min(wanted, samples)


class Batches:
    """Cuts the samples of each epoch into batches: every sample once an epoch.

    The last batch of an epoch is short where the size does not divide the samples; no batch reaches
    into the next epoch, and none is larger than the data. The order depends on the seed and the epoch
    alone, so that any step can be gone back to.
    """

    def __init__(
        self, samples: int, batch_size: int | None, seed: int, *, shuffled: bool = True
    ) -> None:
        """`batch_size` None takes all samples at once. They are in the data's own order then, and
        where they are not `shuffled`.
        """
        self.samples = samples
        self.batch_size = batch_size_of(samples, batch_size)
        self.batches = -(-samples // self.batch_size)
        """Batches of an epoch."""
        self.order: Indices = np.arange(samples)
        """(samples,): the order of the epoch of the last step asked for; always the same array."""
        self._seed = seed
        self._shuffles = shuffled and self.batches > 1
        self._epoch = -1

    def place(self, step: int) -> BatchPlace:
        """Where the batch of `step` lies, steps and epochs counted from 0."""
        epoch, number = divmod(step, self.batches)
        first = number * self.batch_size
        return BatchPlace(epoch, number, first, min(self.batch_size, self.samples - first))

    def indices(self, step: int) -> Indices:
        """The samples of the batch of `step`, (size,), a view of `order`."""
        place = self.place(step)
        self.begin(place.epoch)
        return self.order[place.first : place.first + place.size]

    def begin(self, epoch: int) -> None:
        """Bring `order` to that of `epoch`."""
        if epoch == self._epoch or not self._shuffles:
            return
        generator = np.random.default_rng(seed_sequence(self._seed, Purpose.ORDER, epoch))
        self.order[:] = generator.permutation(self.samples)
        self._epoch = epoch
