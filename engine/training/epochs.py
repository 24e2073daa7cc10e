"""How often the training points have been gone through, while the size of batches may change."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from engine.arrays import Array


def epochs_at(step: int, samples: int, batch_size: int) -> float:
    """Those of so many steps, all with that size, the last batch of an epoch short."""
    epochs, number = divmod(step, -(-samples // batch_size))
    return epochs + number * batch_size / samples


class EpochCount:
    """Which size batches had from which step on."""

    def __init__(self, samples: int, batch_size: int) -> None:
        self._samples = samples
        self.sizes: list[tuple[int, int]] = [(0, batch_size)]
        """The steps from which on batches had a size, with the size."""

    def change(self, step: int, batch_size: int) -> None:
        """Count batches of that size from `step` on, and forget what was counted behind it."""
        self.sizes = [one for one in self.sizes if one[0] < step]
        if not self.sizes or self.sizes[-1][1] != batch_size:
            self.sizes.append((step if self.sizes else 0, batch_size))

    def at(self, step: int) -> float:
        """Epochs up to `step`."""
        return sum(
            epochs_at(until, self._samples, size) - epochs_at(since, self._samples, size)
            for (since, size), (until, _) in pairwise([*self.sizes, (step, 0)])
        )

    def at_each(self, steps: Array) -> Array:
        """Epochs up to each of `steps` (count,), as `at` has them one by one."""
        since, size = np.array(self.sizes, dtype=np.float64).T
        return _epochs_of_each(steps, since, size, np.full(since.shape, float(self._samples)))

    def restore(self, sizes: list[tuple[int, int]], step: int) -> None:
        """Be as it was saved at `step`; ValueError if that cannot be. None are in older files."""
        if not sizes:
            return
        steps = [since for since, _ in sizes]
        rising = steps[0] == 0 and all(a < b for a, b in pairwise(steps)) and steps[-1] <= step
        fitting = all(1 <= size <= self._samples for _, size in sizes)
        if not (rising and fitting and sizes[-1][1] == self.sizes[-1][1]):
            raise ValueError("the sizes of its batches are not those of its course")
        self.sizes = list(sizes)


def _epochs_of_each(steps: Array, since: Array, batch_size: Array, samples: Array) -> Array:
    """Epochs up to each of `steps` (count,); from each step of `since` (parts,) on, batches of a size
    were taken from so many points.
    """

    def counted(at: Array, part: npt.NDArray[np.intp] | int) -> Array:
        """What `epochs_at` counts at each step, with the numbers of a part each."""
        epochs, number = np.divmod(at, np.ceil(samples[part] / batch_size[part]))
        done: Array = epochs + number * batch_size[part] / samples[part]
        return done

    if since.size == 1:
        return counted(steps, 0)
    part = np.arange(since.size)
    before = np.cumsum(counted(since[1:], part[:-1]) - counted(since[:-1], part[:-1]))
    here = np.searchsorted(since, steps, side="right") - 1
    return np.append(0.0, before)[here] + counted(steps, here) - counted(since[here], here)
