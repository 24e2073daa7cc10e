"""The data of a run: points of two classes, split into a training and a test side."""

from typing import NamedTuple

from engine.arrays import Array


class Points(NamedTuple):
    """Labelled points of the plane."""

    x: Array
    """(2, points): one column a point."""
    y: Array
    """(points,): the class of each point, 0.0 or 1.0."""


class Dataset(NamedTuple):
    """Both sides of the split."""

    train: Points
    test: Points
