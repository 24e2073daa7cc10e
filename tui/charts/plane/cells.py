"""The plane that points lie in: which cell is where, and which value of a field belongs to it."""

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.task import Task
from engine.messages.snapshot import Bounds, DataPoints, Labels
from tui.drawing.pens import PAPER_MASK, UNDERLINE
from tui.drawing.picture import Picture

Cells = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""Rows and columns of cells."""

FIELD_ROWS_PER_CELL = 2
"""A field is drawn with half blocks, so it has two rows for each row of cells."""

Cell = TypeVar("Cell", bound=np.generic)


class Side(NamedTuple):
    """The points of one side, and all that says how they are drawn."""

    x: Array
    """(2, points)."""
    labels: Labels
    bounds: Bounds
    task: Task
    value_range: tuple[float, float]
    mark_pen: int = 0
    """What the pen of every mark has besides its colour: a line below points that are not learnt from."""

    @property
    def has_one_input(self) -> bool:
        """Whether the second row of x is what the points are."""
        return len(self.task.inputs) == 1


def training_side(points: DataPoints) -> Side:
    """The training points."""
    return Side(points.train_x, points.train_labels, points.bounds, points.task, points.value_range)


def held_out_side(points: DataPoints) -> Side:
    """The test points."""
    return Side(points.test_x, points.test_labels, points.bounds, points.task, points.value_range)


def underlined(side: Side) -> Side:
    """`side`, as it is told from another one in the same picture."""
    return side._replace(mark_pen=UNDERLINE)


def cells_of(x: Array, bounds: Bounds, rows: int, columns: int) -> Cells:
    """Row and column of every point x (2, points); points outside go to the nearest cell."""
    with np.errstate(all="ignore"):
        across = (x[0] - bounds.left) / (bounds.right - bounds.left) * columns
        down = (bounds.top - x[1]) / (bounds.top - bounds.bottom) * rows
    return _whole(down, rows), _whole(across, columns)


def _whole(places: Array, count: int) -> npt.NDArray[np.int64]:
    clipped = np.clip(np.nan_to_num(places, nan=0.0), 0, max(count - 1, 0))
    return clipped.astype(np.int64)


def resampled(field: npt.NDArray[Cell], rows: int, columns: int) -> npt.NDArray[Cell]:
    """`field` in another size, each cell taken from where its middle lies."""
    if field.shape == (rows, columns):
        return field
    down = ((np.arange(rows) + 0.5) * field.shape[0] / rows).astype(np.int64)
    across = ((np.arange(columns) + 0.5) * field.shape[1] / columns).astype(np.int64)
    sampled: npt.NDArray[Cell] = field[down[:, np.newaxis], across]
    return sampled


def put_points(
    picture: Picture,
    x: Array,
    bounds: Bounds,
    marks: npt.NDArray[np.str_],
    pens: npt.NDArray[np.int64],
) -> None:
    """Put a mark with its pen (points,) at each point x (2, points). A pen without a paper takes what
    is there; a half block's is its lower half's.
    """
    if not picture.chars.size or not x.size:
        return
    down, across = cells_of(x, bounds, picture.rows, picture.columns)
    ground = np.where(pens & PAPER_MASK, 0, picture.pens[down, across] & PAPER_MASK)
    picture.chars[down, across] = marks
    picture.pens[down, across] = pens | ground
