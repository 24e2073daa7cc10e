"""Works out the next update of one parameter without making it."""

from typing import NamedTuple, Self

import numpy as np

from engine.arrays import Array, constant
from engine.training.optimizers import Optimizer
from engine.training.regularization import l1_operations

LEAST_ALPHA = 1e-100
"""Below this, a change may round to nothing, and does not tell its direction any more."""


class OneParameter(NamedTuple):
    """All that the update of one parameter takes in or changes."""

    value: Array
    """(1,)."""
    slots: Array
    """(slots, 1): what the optimizer has gathered for it."""
    counted: Array
    """(): updates that the optimizer has counted."""

    def copied(self) -> Self:
        """The same in arrays of its own."""
        return self._replace(
            value=self.value.copy(), slots=self.slots.copy(), counted=self.counted.copy()
        )


class Preview(NamedTuple):
    """One parameter's next update."""

    before: OneParameter
    after: OneParameter
    direction: float
    """What alpha is multiplied with to get the change."""
    l1_takes: float
    """What L1 subtracts after the change."""


def preview(
    optimizer: Optimizer,
    charge: Array | None,
    now: OneParameter,
    gradient: float,
    alpha: float,
    *,
    rests: bool = False,
) -> Preview:
    """The update of the parameter that is `now`, by the operations of `optimizer` itself on copies: element
    by element they round as they do on whole arrays, so that it is the same to the last bit. One that `rests`
    stays what it is, whatever its direction.

    `optimizer` and `charge` (1,), which is l1, are of that parameter alone; None for no L1.
    """
    with np.errstate(all="ignore"):
        change, after = _changed(optimizer, now, gradient, alpha)
        if alpha >= LEAST_ALPHA:
            direction = float(change[0]) / alpha
        else:
            direction = float(_changed(optimizer, now, gradient, 1.0)[0][0])
        if rests:
            return Preview(now, after, direction, 0.0)
        np.subtract(after.value, change, after.value)
        changed = float(after.value[0])
        if charge is not None:
            for operation in l1_operations(after.value, charge, constant(alpha), np.empty(1)):
                operation()
        return Preview(now, after, direction, changed - float(after.value[0]))


def _changed(
    optimizer: Optimizer, now: OneParameter, gradient: float, alpha: float
) -> tuple[Array, OneParameter]:
    """The change of one update, (1,), and what the optimizer has gathered after it."""
    after, change = now.copied(), np.empty(1)
    for operation in optimizer.operations(
        after.value, np.array([gradient]), change, after.slots, after.counted, constant(alpha)
    ):
        operation()
    return change, after
