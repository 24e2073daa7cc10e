"""How many points each class gets of a number of points."""

from collections.abc import Sequence

import numpy as np

from engine.errors import ConfigError

LEAST = 2
"""Points that a class needs: one for each side of the split."""


def proportional(
    counts: Sequence[int], total: int, least: Sequence[int], most: Sequence[int]
) -> list[int]:
    """`total` shared out as `counts` are, by the largest remainders, within both bounds; more or less
    than `total` only where the bounds leave no choice.
    """
    quotas = np.array(counts) * (total / sum(counts))
    low, high = np.array(least), np.array(most)
    shares = np.clip(np.floor(quotas).astype(np.int64), low, high)
    while total != shares.sum():
        step = 1 if shares.sum() < total else -1
        free = shares < high if step > 0 else shares > low
        if not free.any():
            break
        shares[np.argmax(np.where(free, (quotas - shares) * step, -np.inf))] += step
    return [int(share) for share in shares]


def balanced(counts: Sequence[int], total: int, balance: float | None) -> list[int]:
    """`total` points, a share `balance` of the first class, the others among themselves as `counts`
    are; all as `counts` are without a balance. ConfigError if one gets fewer than LEAST.
    """
    if balance is None:
        shares = proportional(counts, total, [0] * len(counts), [total] * len(counts))
    else:
        first = round(balance * total)
        others = len(counts) - 1
        rest = proportional(counts[1:], total - first, [0] * others, [total] * others)
        shares = [first, *rest]
    if min(shares) < LEAST:
        name, text = ("samples", "of") if balance is None else ("balance", f"{balance:g} of")
        least = min(shares)
        raise ConfigError(
            name,
            f"{text} {total} points would leave {least} to a class; each needs at least {LEAST}",
        )
    return shares
