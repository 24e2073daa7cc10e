"""The data of a run, split into a training and a test side."""

from typing import NamedTuple

from engine.arrays import Array
from engine.config.task import TWO_CLASSES, Task
from engine.data.target_scale import AS_IT_IS, TargetScale
from engine.data.transform import AS_THEY_ARE, Transform


class Points(NamedTuple):
    """Points of one side, as they are in the data."""

    x: Array
    """(inputs, points): one column a point."""
    y: Array
    """(points,): the number of each point's class, from 0.0 on, or its value."""


class Edited(NamedTuple):
    """What was done by hand to the points of a dataset since it was loaded."""

    points: int
    """How many were added and removed."""
    limits: Array
    """(2, inputs + 1): the least and the greatest of every input, and last of what the points are, that
    is drawn."""


class Dataset(NamedTuple):
    """Both sides of the split, and what they are about."""

    train: Points
    test: Points
    task: Task = TWO_CLASSES
    transform: Transform = AS_THEY_ARE
    """From a point's inputs to what the network takes in."""
    digest: str = ""
    """SHA-256 of the file that they come from; empty for the other data sets."""
    target: TargetScale = AS_IT_IS
    """From the values of a regression to what the network learns, and back."""
    left_out: int = 0
    """Rows of the file in which a value is missing."""
    ignored: tuple[str, ...] = ()
    """Columns of the file that hold no numbers."""
    edited: Edited | None = None
    """None for data as they were loaded."""

    @property
    def edited_points(self) -> int:
        """How many points were added and removed by hand."""
        return 0 if self.edited is None else self.edited.points
