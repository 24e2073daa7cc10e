"""What predictions come to: classes and their accuracy, values and their errors."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arrays import Array

Classes = npt.NDArray[np.uint8]
"""Class numbers, (batch,)."""


def accuracy(classes: Classes, y: npt.NDArray[Any]) -> float:
    """Share of the batch whose predicted class is `y`, 0 to 1."""
    return float(np.mean(classes == np.ravel(y)))


def certainty(probabilities: Array) -> Array:
    """(batch,): the likeliest class's probability less that of the next, of (classes, batch): 0 where
    it is undecided between the two, 1 where it is sure.
    """
    two = np.partition(probabilities, -2, axis=0)[-2:]
    lead: Array = two[1] - two[0]
    return lead


def confusion_matrix(classes: Classes, y: npt.NDArray[Any], count: int) -> npt.NDArray[np.int64]:
    """(count, count): how many samples of real class (row) were predicted as which class (column)."""
    cells = np.ravel(y).astype(np.int64) * count + classes
    return np.bincount(cells, minlength=count * count).reshape(count, count).astype(np.int64)


def rmse(values: Array, y: Array) -> float:
    """The root of the mean squared error of `values`, in the unit of `y`."""
    return float(np.sqrt(np.mean(np.square(values - y))))


def r2(values: Array, y: Array) -> float:
    """1 - (sum of squared errors) / (sum of squared distances of `y` from its mean): 1 is exact, 0 no
    better than the mean. NaN where all `y` are one value, or too near to it to tell.
    """
    if y.size == 0 or np.all(y == y[0]):
        return math.nan
    spread = float(np.sum(np.square(y - np.mean(y))))
    return float(1.0 - np.sum(np.square(values - y)) / spread) if spread else math.nan
