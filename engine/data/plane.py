"""The plane that the points of a dataset are drawn in, and how far it reaches."""

from collections.abc import Iterable

import numpy as np

from engine.arrays import Array
from engine.data.dataset import Dataset, Points

MARGIN = 0.08
"""Empty space around the points, as a share of their spread."""

LEAST_MARGIN = 1e-9
"""Of inputs up to 1; of larger ones, as a share of them."""

Plane = tuple[int, ...]
"""The numbers of the inputs that are drawn across and upwards; one where there is but one input."""


def rows_of(points: Points, plane: Plane) -> list[Array]:
    """What is drawn across and upwards, (points,) each. With one input, what the points are stands in
    the place of the second.
    """
    rows = [points.x[number] for number in plane]
    return rows if len(rows) == 2 else [*rows, points.y]


def drawn_limits(dataset: Dataset, plane: Plane) -> Array:
    """(2, 2): the least and the greatest that is drawn, each across and upwards.

    Data that were edited keep the limits that they had, as far as all points lie within.
    """
    if dataset.edited is not None:
        up = plane[1] if len(plane) == 2 else len(dataset.train.x)
        return dataset.edited.limits[:, [plane[0], up]]
    sides = rows_of(dataset.train, plane), rows_of(dataset.test, plane)
    return _limits(np.concatenate(rows) for rows in zip(*sides, strict=True))


def all_limits(dataset: Dataset) -> Array:
    """(2, inputs + 1): the same of every input, and last of what the points are."""
    if dataset.edited is not None:
        return dataset.edited.limits
    train, test = dataset.train, dataset.test
    sides = [*train.x, train.y], [*test.x, test.y]
    return _limits(np.concatenate(rows) for rows in zip(*sides, strict=True))


def grown(limits: Array, point: Array) -> Array:
    """`limits` (2, values) that hold `point` (values,), too: with a margin where it lies outside."""
    low, high = limits
    margin = MARGIN * (np.maximum(high, point) - np.minimum(low, point))
    return np.stack(
        [
            np.where(point < low, point - margin, low),
            np.where(point > high, point + margin, high),
        ]
    )


def _limits(rows: Iterable[Array]) -> Array:
    """(2, rows): the least and the greatest of each row of values, with a margin."""
    low, high = np.array([(row.min(), row.max()) for row in rows]).T
    # of an input that is always the same, too, there is some plane to be drawn
    margin = np.maximum((high - low) * MARGIN, LEAST_MARGIN * np.maximum(1.0, np.abs(high)))
    return np.stack([low - margin, high + margin])
