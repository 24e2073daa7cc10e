"""The learning rates of one course of training: the present one, and those that updates were made
with.
"""

import numpy as np

from engine.arrays import Array
from engine.config.checks import check_alpha
from engine.training.divergence import Divergence
from engine.training.held_alpha import alpha_at, alpha_that_held, alpha_to_restart_with


class AlphaCourse:
    """Which learning rate was in force from which step on."""

    def __init__(self, alpha: float) -> None:
        self.now = alpha
        """That of the next update."""
        self.begin()

    def begin(self) -> None:
        """Start over, with the present one."""
        self.first = self.now
        """That of the first update."""
        self.changes: list[tuple[int, float]] = []
        """The steps from which on it was another, with its value."""

    def restore(self, now: float, first: float, changes: list[tuple[int, float]]) -> None:
        """Be as it was saved; ConfigError if one of these can be no learning rate."""
        check_alpha(now)
        check_alpha(first)
        self.now, self.first, self.changes = now, first, list(changes)

    def set(self, alpha: float, step: int) -> None:
        """Use another from `step` on; ConfigError if it can be none."""
        check_alpha(alpha)
        self.now = float(alpha)
        if step:
            self.changes.append((step, self.now))
        else:  # before the first update, nothing has been done with another
            self.first = self.now

    def truncate(self, step: int) -> None:
        """Forget the changes at `step` and later."""
        self.changes = [change for change in self.changes if change[0] < step]

    def at_each(self, steps: Array) -> Array:
        """Those of the updates of `steps` (count,)."""
        if not self.changes:
            return np.full(steps.shape, self.first)
        which = np.searchsorted([since for since, _ in self.changes], steps, side="right")
        return np.array([self.first, *(alpha for _, alpha in self.changes)])[which]

    def used(self, step: int, divergence: Divergence | None) -> float:
        """That of the last update before `step`, which diverged if there is a `divergence`; the
        present one before the first.
        """
        return alpha_at(step, self.first, self.changes) if divergence is None else divergence.alpha

    def to_undo(
        self, divergence: Divergence | None, best_step: int, configured: float
    ) -> float | None:
        """That to go back from a `divergence` with: one that was chosen since, or the last one that
        held. None without a divergence.
        """
        if divergence is None or self.now != divergence.alpha:
            return None if divergence is None else self.now
        return alpha_that_held(divergence, best_step, self.first, self.changes, configured)

    def to_restart_with(self, divergence: Divergence | None, configured: float) -> float:
        """That to start over with."""
        return alpha_to_restart_with(divergence, self.now, configured)
