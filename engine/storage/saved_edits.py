"""What was done by hand to the points of a run, as a checkpoint holds it."""

import numpy as np

from engine.config.checks import MAX_COORDINATE, MAX_STEPS, check_whole
from engine.data.dataset import Dataset, Edited

MOST_OF_LIMITS = 4.0 * MAX_COORDINATE
"""Limits lie outside of the points by less."""


def entries_of_edited(edited: Edited | None) -> dict[str, object]:
    """The entries of a document for `edited`."""
    if edited is None:
        return {"edited_points": 0, "limits": []}
    return {"edited_points": edited.points, "limits": edited.limits.T.tolist()}


def edited_of(points: int, limits: list[tuple[float, float]], dataset: Dataset) -> Edited | None:
    """The same of entries for the points of `dataset`; ConfigError or ValueError if they cannot be its."""
    check_whole("edited points", points, 0, MAX_STEPS)
    if not points:
        return None
    low, high = found = np.array(limits, dtype=np.float64).reshape(-1, 2).T
    fits = low.size == len(dataset.train.x) + 1 and np.abs(found).max() <= MOST_OF_LIMITS
    if not (fits and (low < high).all()):
        raise ValueError("the limits of its plane are none")
    for side in (dataset.train, dataset.test):
        for least, greatest, row in zip(low, high, [*side.x, side.y], strict=True):
            if row.min() < least or row.max() > greatest:
                raise ValueError("there are points beyond the limits of its plane")
    return Edited(points, found)


def check_total(total: int, samples: int, edited: int) -> None:
    """ValueError unless so many points can have become of `samples` by adding and removing `edited`."""
    more = abs(total - samples)
    if more > edited or (edited - more) % 2:
        raise ValueError("the points are not those of its configuration")
