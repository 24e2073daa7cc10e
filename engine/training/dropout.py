"""Dropout: which nodes are left out of a step, for each sample anew (Srivastava et al. 2014)."""

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array, constant
from engine.data.random_streams import Purpose, seed_sequence

BLOCK = 65_536
"""Values that are drawn at once: to begin a generator costs as much as some 20,000 of them."""

_RANGE = 65_536
"""Values of the 16 random bits that decide on one node and sample."""


class Dropout:
    """Masks to multiply activations with: 0 with probability p, else 1 / (1 - p), so that sums stay
    what they are on average. p is held to within 1 / 131,072.

    The masks of a step depend on the seed and the step alone.
    """

    def __init__(self, p: float, seed: int, most: int) -> None:
        """`p` lies between 0 and 1; `most` is how many values the masks of a step have, all layers
        together, in a batch of full size.
        """
        self._scale = constant(1.0 / (1.0 - p))
        self._limit = np.uint16(min(max(round((1.0 - p) * _RANGE), 1), _RANGE - 1))
        self._seed = seed
        self._most = most
        self._steps = max(BLOCK // most, 1)
        self._block = -1
        self._kept = np.empty((self._steps, most), dtype=np.bool_)

    def fill(self, step: int, masks: Sequence[Array]) -> None:
        """Write the masks of `step`, each (nodes, batch). With a short batch they are smaller: they are
        then the first values of the step's, and no others are drawn.
        """
        block, row = divmod(step, self._steps)
        if block != self._block:
            self._draw(block)
        kept, start = self._kept[row], 0
        for mask in masks:
            end = start + mask.size
            # two calls: to multiply a boolean array by a number takes longer than both
            np.copyto(mask, kept[start:end].reshape(mask.shape))
            np.multiply(mask, self._scale, mask)
            start = end

    def _draw(self, block: int) -> None:
        """Take the decisions of a whole block of steps.

        From raw bits, which stay the same in every version of NumPy, as its distributions may not.
        """
        generator = np.random.SFC64(seed_sequence(self._seed, Purpose.DROPOUT, block))
        bits = generator.random_raw(-(-self._kept.size // 4)).view(np.uint16)
        np.less(bits[: self._kept.size].reshape(self._kept.shape), self._limit, self._kept)
        self._block = block
