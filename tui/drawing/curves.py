"""Curves in characters, dots of braille, eight to a cell, or one mark a cell: joined to a line, or
points on their own.
"""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from tui.drawing.picture import Picture

BRAILLE = "braille"
"""The marker for curves of braille dots; any other is a character."""

TURN_CELLS = 2
"""How many columns one of two curves is on top where they share many."""

_BRAILLE_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.uint32)
"""(4, 2): what each dot of a cell adds to the code of its character."""

_BRAILLE_BLANK, _BRAILLE_FULL = 0x2800, 0x28FF

Dots = npt.NDArray[np.int64]
Cells = npt.NDArray[np.bool_]
"""(rows, columns) of a canvas."""


def draw_curve(canvas: Picture, across: Array, up: Array, pen: int, marker: str) -> None:
    """Join points by straight lines. They are finite shares of the canvas's width and height, 0 to
    1, counted from its lower left corner.
    """
    rows, columns = _dots_of(canvas, marker)
    dots = np.zeros((rows, columns), dtype=np.bool_)
    x, y = _joined(_nearest(across, columns), _nearest(up, rows))
    dots[rows - 1 - y, x] = True
    drawn = _cells_of(dots, canvas)
    _put(canvas, dots, drawn, pen, marker)


def draw_points(canvas: Picture, across: Array, up: Array, pen: int, marker: str) -> None:
    """Put a mark at every point, the newest last; in braille, two dots side by side.

    A cell has one colour. Where a line lies in it already, dots of both are there in the colour of
    the points; if that goes on for some columns, the two take turns. The newest is always on top.
    """
    if not across.size:
        return
    rows, columns = _dots_of(canvas, marker)
    dots = np.zeros((rows, columns), dtype=np.bool_)
    x, y = _nearest(across, columns), _nearest(up, rows)
    width = columns // canvas.columns
    for beside in range(width):
        dots[rows - 1 - y, x // width * width + beside] = True
    drawn = _cells_of(dots, canvas)
    on_top = drawn & ~_turns_of_the_line(drawn & (canvas.chars != " "))
    on_top[(rows - 1 - y[-1]) // (rows // canvas.rows), x[-1] // width] = True
    cells = drawn if marker == BRAILLE else on_top
    _put(canvas, dots, cells, np.where(on_top, pen, canvas.pens)[cells], marker)


def _turns_of_the_line(shared: Cells) -> Cells:
    """Those of the `shared` cells in which a line stays on top: half of three columns and more in a
    row. In fewer it is seen on either side.
    """
    columns = np.pad(shared.any(axis=0), 2)
    before, here, after = columns[1:-3], columns[2:-2], columns[3:-1]
    long = here & (before & after | before & columns[:-4] | after & columns[4:])
    turn = np.arange(here.size) // TURN_CELLS % 2 == 0
    turns: Cells = shared & long & turn
    return turns


def _dots_of(canvas: Picture, marker: str) -> tuple[int, int]:
    """How many rows and columns of dots there are."""
    down, across = _BRAILLE_BITS.shape if marker == BRAILLE else (1, 1)
    return canvas.rows * down, canvas.columns * across


def _by_cell(dots: Cells, canvas: Picture) -> npt.NDArray[np.bool_]:
    """(rows, dots down, columns, dots across) of the same dots."""
    rows, columns = dots.shape
    down, across = rows // canvas.rows, columns // canvas.columns
    return dots.reshape(canvas.rows, down, canvas.columns, across)


def _cells_of(dots: Cells, canvas: Picture) -> Cells:
    """The cells in which dots lie."""
    cells: Cells = np.logical_or.reduce(_by_cell(dots, canvas), axis=(1, 3))
    return cells


def _put(canvas: Picture, dots: Cells, cells: Cells, pen: int | Dots, marker: str) -> None:
    """Draw what of `dots` lies in `cells`, beside dots that are there already."""
    if marker == BRAILLE:
        old = canvas.chars[cells].view(np.uint32)
        held = np.where((old > _BRAILLE_BLANK) & (old <= _BRAILLE_FULL), old, _BRAILLE_BLANK)
        codes = np.einsum("rdca,da->rc", _by_cell(dots, canvas), _BRAILLE_BITS)[cells]
        canvas.chars[cells] = (held.astype(np.uint32) | codes).view("<U1")
    else:
        canvas.chars[cells] = marker
    canvas.pens[cells] = pen


def _nearest(shares: Array, count: int) -> Dots:
    """The dots nearest to `shares` of the way from the first to the last of `count`."""
    # rounded before, so that what is half way but for the last digits goes up as well
    return np.floor(np.round(0.5 + (count - 1) * shares, 8)).astype(np.int64)


def _joined(x: Dots, y: Dots) -> tuple[Dots, Dots]:
    """All dots on the way along these: between two of them, one for each step on the longer side."""
    if not x.size:
        return x, y
    dx, dy = np.diff(x), np.diff(y)
    steps = np.maximum(np.abs(dx), np.abs(dy))
    line = np.repeat(np.arange(steps.size), steps)
    step = np.arange(line.size) - (np.cumsum(steps) - steps)[line]
    return (
        np.append((x[line] + step * (dx[line] / steps[line])).astype(np.int64), x[-1]),
        np.append((y[line] + step * (dy[line] / steps[line])).astype(np.int64), y[-1]),
    )
