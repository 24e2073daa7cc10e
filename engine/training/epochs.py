"""How often the training points have been gone through, while the size of batches may change."""

from itertools import pairwise


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
