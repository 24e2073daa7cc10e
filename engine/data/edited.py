"""A dataset with a point more or less. What was fitted to the data, such as scaling, stays as it is."""

import numpy as np

from engine.arrays import Array
from engine.config.checks import MAX_SAMPLES, listed
from engine.config.task import Task
from engine.data.dataset import Dataset, Edited, Points
from engine.data.plane import Plane, all_limits, grown
from engine.errors import ConfigError


def with_point(
    dataset: Dataset,
    plane: Plane,
    place: tuple[float, float],
    label: float,
    *,
    test: bool,
    most_drawn: int,
) -> Dataset:
    """`dataset` with a point at `place` of the plane on one side; `label` is the number of its class, or
    its value. Inputs that are not drawn are the median of the training points.

    It is the last of its side; but where only the first `most_drawn` points are drawn, it is the first.
    ConfigError for a class that there is none of.
    """
    _check_label(label, dataset.task)
    if dataset.train.y.size + dataset.test.y.size >= MAX_SAMPLES:
        raise ConfigError("point", f"there are {MAX_SAMPLES:,} already")
    inputs = np.array([np.median(values) for values in dataset.train.x])
    inputs[list(plane)] = place[: len(plane)]
    side = dataset.test if test else dataset.train
    at = side.y.size if side.y.size < most_drawn else 0
    points = _points(
        np.insert(side.x, at, inputs, axis=1), np.insert(side.y, at, np.float64(label))
    )
    limits = grown(all_limits(dataset), np.append(inputs, label))
    return _with_side(dataset, points, limits, test=test)


def without_point(dataset: Dataset, index: int, *, test: bool) -> Dataset:
    """`dataset` without the point `index` of one side; ConfigError if that has no other."""
    side = dataset.test if test else dataset.train
    if side.y.size == 1:
        name = "test" if test else "training"
        raise ConfigError("point", f"it is the last {name} point; a run needs one at least")
    points = _points(np.delete(side.x, index, axis=1), np.delete(side.y, index))
    return _with_side(dataset, points, all_limits(dataset), test=test)


def _with_side(dataset: Dataset, points: Points, limits: Array, *, test: bool) -> Dataset:
    edited = Edited(dataset.edited_points + 1, limits)
    if test:
        return dataset._replace(test=points, edited=edited)
    return dataset._replace(train=points, edited=edited)


def _check_label(label: float, task: Task) -> None:
    if task.is_regression:
        if not np.isfinite(label):
            raise ConfigError("point", f"{label} is no value")
        return
    if label not in range(len(task.classes)):
        names = listed(task.classes)
        raise ConfigError(
            "point", f"there is no class number {label:g}; 0 to {len(task.classes) - 1} are {names}"
        )


def _points(x: Array, y: Array) -> Points:
    x = np.ascontiguousarray(x)
    x.flags.writeable = y.flags.writeable = False
    return Points(x, y)
