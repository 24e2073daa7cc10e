"""A cursor in the picture of the plane, and the mark of the point that it has found."""

from dataclasses import dataclass

import numpy as np

from engine.messages.snapshot import Bounds
from tui.charts.plane.cells import cells_of
from tui.drawing.palette import Palette
from tui.drawing.pens import REVERSE
from tui.drawing.picture import Picture


@dataclass(frozen=True, slots=True)
class PlaneCursor:
    """Where it is, as shares of the picture: in one of another size it is at the same place."""

    across: float = 0.5
    down: float = 0.5

    @classmethod
    def in_cell(cls, row: int, column: int, rows: int, columns: int) -> "PlaneCursor":
        """In the middle of a cell of (rows, columns), or of the nearest that there is."""
        row, column = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
        return cls((column + 0.5) / max(columns, 1), (row + 0.5) / max(rows, 1))

    def cell(self, rows: int, columns: int) -> tuple[int, int]:
        """Row and column of the cell that it lies in."""
        return min(int(self.down * rows), rows - 1), min(int(self.across * columns), columns - 1)

    def moved(self, down: int, right: int, rows: int, columns: int) -> "PlaneCursor":
        """So many cells farther, at most to the edge."""
        row, column = self.cell(rows, columns)
        return PlaneCursor.in_cell(row + down, column + right, rows, columns)

    def place(self, bounds: Bounds) -> tuple[float, float]:
        """Where in the plane it is, across and upwards."""
        return (
            bounds.left + self.across * (bounds.right - bounds.left),
            bounds.top - self.down * (bounds.top - bounds.bottom),
        )


def draw_cursor(picture: Picture, cursor: PlaneCursor, palette: Palette) -> None:
    """The cell at the cursor reversed, in brackets."""
    if picture.chars.size:
        row, column = cursor.cell(picture.rows, picture.columns)
        _draw_around(picture, row, column, "[]", palette.key)
        picture.pens[row, column] = palette.key | REVERSE


def draw_found(
    picture: Picture, place: tuple[float, float], bounds: Bounds, palette: Palette
) -> None:
    """The point at that place of the plane in round brackets."""
    if picture.chars.size:
        x = np.array(place).reshape(2, 1)
        (row,), (column,) = cells_of(x, bounds, picture.rows, picture.columns)
        _draw_around(picture, int(row), int(column), "()", palette.key)


def _draw_around(picture: Picture, row: int, column: int, brackets: str, pen: int) -> None:
    for at, mark in zip((column - 1, column + 1), brackets, strict=True):
        if 0 <= at < picture.columns:
            picture.chars[row, at] = mark
            picture.pens[row, at] = pen
