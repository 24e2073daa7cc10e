"""What every loss can do."""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Operation, constant

LARGEST = constant(1e307)
"""No sample costs more, so that the mean of a batch is a number whatever its finite z are."""


class Loss(Protocol):
    """What training makes less: a mean over the samples of a batch.

    z and a are those of the last layer, (outputs, batch), and so are `targets`, with which they are
    compared. The last layer's activation belongs to the loss. Where a has lost digits, the loss is
    taken from z: it is as exact as a float can be, and never infinite or NaN for finite z.
    """

    @property
    def name(self) -> str: ...

    @property
    def activation(self) -> str:
        """Of the last layer."""

    @property
    def classes(self) -> int:
        """How many are told apart; 0 where values are learnt."""

    def targets(self, y: Array) -> Array:
        """A new array (outputs, batch) from class numbers or values `y` (batch,).

        ValueError where a class number does not exist.
        """

    def backward(self, z: Array, a: Array, targets: Array, dz: Array) -> list[Operation]:
        """Operations that write dL/dz of the mean over the batch, (outputs, batch)."""

    def of_batches(self, z: Array, a: Array, targets: Array) -> Array:
        """The mean loss of each of several batches: z and a (batches, outputs, batch) to (batches,),
        with targets (outputs, batch) for all or (batches, outputs, batch). May write over `a`.

        The bits of a batch's loss do not depend on how many batches there are.
        """

    def predictions(self, a: Array) -> npt.NDArray[Any]:
        """Class numbers, uint8 (batch,); or values, float64 (batch,), where these are learnt."""

    def probabilities(self, a: Array) -> Array:
        """How likely each class is, (classes, batch); (0, batch) where values are learnt."""


def mean_loss(loss: Loss, z: Array, a: Array, targets: Array) -> float:
    """The loss of one batch, all (outputs, batch), which stay as they are."""
    with np.errstate(all="ignore"):  # of an a that is 0, the loss is taken from z
        return float(loss.of_batches(z[np.newaxis], a[np.newaxis].copy(), targets)[0])


def mean_of_rows(values: Array, samples: int) -> Array:
    """The sum of each row of (rows, values), divided by `samples`: (rows,).

    As a product, row by row: a row's bits then do not depend on how many there are.
    """
    means: Array = np.vecdot(values, np.full(values.shape[1], 1.0 / samples))
    return means
