"""The points of both sides as a table that can be learned again."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial

from engine.arrays import Array
from engine.config.task import Task
from engine.data.csv_numbers import is_number
from engine.data.dataset import Dataset
from engine.run.run import Run

SIDE = "side"
"""The column that says on which side a point is. It is text, and so no input to whom reads the table."""


BLOCK_ROWS = 256
"""Rows that are written without a break: so long the run, in another thread, has to wait."""


def points_csv(run: Run) -> Callable[[], bytes]:
    """The points as they are in the data, those to train on first; what is to be learned stands last."""
    return partial(encoded, run.trainer.dataset)


def encoded(dataset: Dataset) -> bytes:
    """The points of `dataset` as CSV, with every digit that counts."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    task = dataset.task
    writer.writerow(column_names([*task.inputs, SIDE, task.target]))
    for side, points in (("train", dataset.train), ("test", dataset.test)):
        for start in range(0, points.y.size, BLOCK_ROWS):
            block = slice(start, start + BLOCK_ROWS)
            labels = _labels(points.y[block], task)
            inputs = points.x[:, block].T.tolist()
            writer.writerows([*row, side, is_] for row, is_ in zip(inputs, labels, strict=True))
    return text.getvalue().encode()


def _labels(y: Array, task: Task) -> Sequence[str | float]:
    """What each point is: the name of its class, or its value."""
    if task.is_regression:
        values: list[float] = y.tolist()
        return values
    return [task.classes[int(number)] for number in y]


def column_names(wanted: Sequence[str]) -> list[str]:
    """The names that are `wanted`, each a name to whom reads the table: no number, and there once."""
    names: list[str] = []
    for text in wanted:
        name = f"column {text}" if is_number(text, decimal_comma=True) else text
        number = 2
        while name in names:
            name, number = f"{text} {number}", number + 1
        names.append(name)
    return names
