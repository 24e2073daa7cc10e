"""Data before they are split: what a generator draws, scikit-learn ships or a file holds."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.names import Problem

Rows = npt.NDArray[np.intp]
"""Numbers of points."""


class RawData(NamedTuple):
    """Points with what they are, and the names of all of it."""

    inputs: Array
    """(inputs, points)."""
    y: Array
    """(points,): the number of each point's class, from 0.0 on, or its value."""
    problem: Problem
    input_names: tuple[str, ...]
    classes: tuple[str, ...] = ()
    """In the order of their numbers; none for a regression."""
    target: str = "class"
    left_out: int = 0
    """Rows of a file that lack a value."""
    ignored: tuple[str, ...] = ()
    """Columns of a file that hold no numbers and are no target."""
    digest: str = ""
    """SHA-256 of the file."""

    @property
    def class_counts(self) -> list[int]:
        """Points of each class; empty for a regression."""
        return [int(np.count_nonzero(self.y == number)) for number in range(len(self.classes))]

    def taken(self, rows: Rows) -> "RawData":
        """Those points alone, copied."""
        return self._replace(inputs=self.inputs.take(rows, axis=1), y=self.y[rows])
