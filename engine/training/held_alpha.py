"""Which learning rate a run goes back to after a divergence."""

from collections.abc import Sequence
from itertools import pairwise

from engine.training.divergence import Divergence


def alpha_at(step: int, first: float, changes: Sequence[tuple[int, float]]) -> float:
    """The learning rate of the last update before `step`, or of the `first` one where none was made.

    `changes` are the steps from which on it was another, with its value.
    """
    return next((alpha for since, alpha in reversed(changes) if since < step), first)


def alpha_that_held(
    divergence: Divergence,
    best_step: int,
    first: float,
    changes: Sequence[tuple[int, float]],
    configured: float,
) -> float:
    """One smaller than that which diverged: what led to the best state at `best_step`; or else the
    last one that updates were made with; or else the `configured` one. Half, where none is smaller.
    """
    used = [(0, first), *changes, (divergence.step, divergence.alpha)]
    candidates = [alpha for (since, alpha), (until, _) in pairwise(used) if until > since]
    candidates.append(alpha_at(best_step, first, changes))
    candidates.insert(0, configured)
    return next(
        (alpha for alpha in reversed(candidates) if alpha < divergence.alpha),
        divergence.alpha / 2.0,
    )


def alpha_to_restart_with(divergence: Divergence | None, alpha: float, configured: float) -> float:
    """The present `alpha`; or the `configured` one, if the present one diverged and is greater."""
    fails = divergence is not None and divergence.alpha == alpha
    return min(alpha, configured) if fails else alpha
