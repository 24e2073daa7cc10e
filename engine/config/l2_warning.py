"""When L2 does the opposite of what it is for."""

import math


def greatest_shrinking(optimizer: str, momentum: float = 0.0, nesterov: bool = False) -> float:
    """The product of alpha and l2 up to which L2 makes weights smaller; infinite where it always does.

    Plain descent and AdamW multiply a weight by 1 - alpha l2 each update: beyond 2 it comes out on the
    other side of 0, and farther away. Momentum moves that limit; rmsprop and adam divide the penalty
    by its own size.
    """
    if optimizer in ("rmsprop", "adam"):
        return math.inf
    if optimizer != "sgd":
        return 2.0
    limit = 2.0 * (1.0 + momentum)
    return limit / (1.0 + 2.0 * momentum) if nesterov else limit


def l2_warning(
    alpha: float, l2: float, optimizer: str = "sgd", momentum: float = 0.0, nesterov: bool = False
) -> str | None:
    """One line where alpha and l2 together make the weights grow instead of shrink; None if not."""
    limit = greatest_shrinking(optimizer, momentum, nesterov)
    if alpha * l2 <= limit:
        return None
    return (
        f"alpha times l2 is {alpha * l2:.3g}: above {limit:.3g} the penalty throws weights over 0,"
        " farther each update; take a smaller l2 or alpha"
    )
