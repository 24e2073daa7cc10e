"""How often the training points have been gone through, while the size of batches and the number of
points may change.
"""

from itertools import pairwise
from typing import Any, NamedTuple, Self

import numpy as np

from engine.arrays import Array


def epochs_at(step: int, samples: int, batch_size: int) -> float:
    """Those of so many steps, all with that size, the last batch of an epoch short."""
    epochs, number = divmod(step, -(-samples // batch_size))
    return epochs + number * batch_size / samples


class Part(NamedTuple):
    """From `step` on, batches of a size were taken from so many points."""

    step: int
    batch_size: int
    samples: int

    def epochs_until(self, step: int) -> float:
        """Epochs from its first step to `step`."""
        sizes = self.samples, self.batch_size
        return epochs_at(step, *sizes) - epochs_at(self.step, *sizes)


class EpochCount:
    """Which size batches had, and how many points there were, from which step on."""

    def __init__(self, samples: int, batch_size: int) -> None:
        self._parts = [Part(0, batch_size, samples)]

    @classmethod
    def of(cls, sizes: list[tuple[int, int]], samples: list[int]) -> Self:
        """One with these `sizes` and `samples`, at least one each."""
        count = cls(samples[0], sizes[0][1])
        count._parts = _parts(sizes, samples)
        return count

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """The steps from which on batches had a size, or were of other points, with the size."""
        return [(part.step, part.batch_size) for part in self._parts]

    @property
    def samples(self) -> list[int]:
        """How many points there were from each of these steps on."""
        return [part.samples for part in self._parts]

    def change(self, step: int, batch_size: int, samples: int | None = None) -> None:
        """Count batches of that size from `step` on, of so many points or of as many as before, and
        forget what was counted behind it.
        """
        samples = self._parts[-1].samples if samples is None else samples
        self._parts = [part for part in self._parts if part.step < step]
        if not self._parts or self._parts[-1][1:] != (batch_size, samples):
            self._parts.append(Part(step if self._parts else 0, batch_size, samples))

    def at(self, step: int) -> float:
        """Epochs up to `step`."""
        ends = [part.step for part in self._parts[1:]] + [step]
        return sum(part.epochs_until(end) for part, end in zip(self._parts, ends, strict=True))

    def at_each(self, steps: Array) -> Array:
        """Epochs up to each of `steps` (count,), as `at` has them one by one."""
        if len(self._parts) == 1:
            return _counted(steps, *self._parts[0][1:])
        return _epochs_of_each(steps, *np.array(self._parts, dtype=np.float64).T)

    def restore(self, sizes: list[tuple[int, int]], samples: list[int], step: int) -> None:
        """Be as it was saved at `step`; ValueError if that cannot be. No sizes are in older files, and
        no numbers of points where these never changed.
        """
        if not sizes:
            return
        now = self._parts[-1]
        numbers = samples or [now.samples] * len(sizes)
        if len(numbers) != len(sizes):
            raise ValueError("its numbers of points are not those of its course")
        parts = _parts(sizes, numbers)
        rising = parts[0].step == 0 and parts[-1].step <= step
        rising = rising and all(one.step < other.step for one, other in pairwise(parts))
        fitting = all(1 <= part.batch_size <= part.samples for part in parts)
        if not (rising and fitting and parts[-1][1:] == now[1:]):
            raise ValueError("the sizes of its batches are not those of its course")
        self._parts = parts


def _parts(sizes: list[tuple[int, int]], samples: list[int]) -> list[Part]:
    return [Part(*of_size, number) for of_size, number in zip(sizes, samples, strict=True)]


def _counted(steps: Array, batch_size: Any, samples: Any) -> Array:
    """What `epochs_at` counts at each of `steps` (count,), with numbers for all or (count,) of them."""
    epochs, number = np.divmod(steps, np.ceil(samples / batch_size))
    counted: Array = epochs + number * batch_size / samples
    return counted


def _epochs_of_each(steps: Array, since: Array, batch_size: Array, samples: Array) -> Array:
    """Epochs up to each of `steps` (count,); from each step of `since` (parts,) on, batches of a size
    were taken from so many points.
    """
    ends, starts = (_counted(at, batch_size[:-1], samples[:-1]) for at in (since[1:], since[:-1]))
    before = np.append(0.0, np.cumsum(ends - starts))
    here = np.searchsorted(since, steps, side="right") - 1
    sizes = batch_size[here], samples[here]
    return before[here] + _counted(steps, *sizes) - _counted(since[here], *sizes)
