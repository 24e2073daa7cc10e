"""The points of a dataset that are drawn, with the rectangle of the plane that is."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.checks import shown
from engine.config.task import Task
from engine.data.dataset import Dataset, Points
from engine.data.plane import Plane, drawn_limits, rows_of
from engine.errors import ConfigError
from engine.messages.snapshot import MOST_DRAWN, Bounds, DataPoints, Labels

NO_CLASSES = np.empty(0, dtype=np.uint8)
NO_VALUES = np.empty(0)


def plane_of(task: Task, names: tuple[str, ...]) -> Plane:
    """The numbers of the inputs that are drawn across and upwards, as `names` say; one if there is
    but one input. ConfigError if there is none of such a name.
    """
    for name in names:
        if name not in task.inputs:
            raise ConfigError("plane", f"{shown(name)} is not one of {', '.join(task.inputs)}")
    return tuple(task.inputs.index(name) for name in names) or (0, 1)[: len(task.inputs)]


def data_points(dataset: Dataset, plane: Plane) -> DataPoints:
    """What is drawn of both sides of `dataset`, over the inputs of `plane`, with the rectangle that
    holds all points.
    """
    train, test, task = dataset.train, dataset.test, dataset.task
    (left, bottom), (right, top) = drawn_limits(dataset, plane)
    values = np.concatenate([train.y, test.y]) if task.is_regression else np.zeros(1)
    return DataPoints(
        train_x=_drawn(train, plane),
        train_labels=labels_of(train.y[:MOST_DRAWN], task),
        test_x=_drawn(test, plane),
        test_labels=labels_of(test.y[:MOST_DRAWN], task),
        bounds=Bounds(float(left), float(right), float(bottom), float(top)),
        task=task,
        plane=_names(task, plane),
        train_count=train.y.size,
        test_count=test.y.size,
        class_counts=_counts(train.y, task),
        value_range=(float(values.min()), float(values.max())),
    )


def labels_of(y: npt.NDArray[Any], task: Task) -> Labels:
    """Classes or values (points,) as a dashboard is told them."""
    if task.is_regression:
        return Labels(NO_CLASSES, np.asarray(y, dtype=np.float64))
    return Labels(y.astype(np.uint8), NO_VALUES)


def _drawn(points: Points, plane: Plane) -> Array:
    return np.stack([row[:MOST_DRAWN] for row in rows_of(points, plane)])


def _names(task: Task, plane: Plane) -> tuple[str, str]:
    names = [task.inputs[number] for number in plane]
    return names[0], names[1] if len(names) == 2 else task.target


def _counts(y: Array, task: Task) -> list[int]:
    return [int(np.count_nonzero(y == number)) for number in range(len(task.classes))]
