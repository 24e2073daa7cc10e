"""Curves in characters, dots of braille, eight to a cell, or one mark a cell: joined to a line, or
points on their own.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from tui.drawing.picture import Picture

BRAILLE = "braille"
"""The marker for curves of braille dots; any other is a character."""

_BRAILLE_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.uint32)
"""(4, 2): what each dot of a cell adds to the code of its character."""

_ONE_MARK = np.ones((1, 1), dtype=np.uint32)

_BRAILLE_BLANK, _BRAILLE_FULL = 0x2800, 0x28FF

Dots = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Cells = npt.NDArray[np.bool_]
"""(rows, columns) of a canvas."""


def draw_curve(canvas: Picture, across: Array, up: Array, pen: int, marker: str) -> None:
    """Join points by straight lines. They are finite shares of the canvas's width and height, 0 to
    1, counted from its lower left corner.
    """
    bits = _bits_of(marker)
    row, column, bit = _dots(canvas, *_joined(*_places(canvas, across, up, bits)), bits)
    codes = _united(canvas, row, column, bit)
    _put(canvas, codes, codes > 0, pen, marker)


class Shared(NamedTuple):
    """How a cell is drawn in which points lie where a curve is already, so that both are seen."""

    pen: int
    marker: str
    """With BRAILLE, it has the dots of both."""


def draw_points(
    canvas: Picture, across: Array, up: Array, pen: int, marker: str, shared: Shared | None = None
) -> None:
    """Put a mark at every point; in braille, two dots side by side. Where a curve is already, the cell
    is drawn as `shared` says; without it, the points hide the curve.
    """
    bits = _bits_of(marker)
    side_by_side = np.broadcast_to(np.bitwise_or.reduce(bits, axis=1, keepdims=True), bits.shape)
    row, column, bit = _dots(canvas, *_places(canvas, across, up, bits), side_by_side)
    codes = _united(canvas, row, column, bit)
    drawn = codes > 0
    both = drawn & (canvas.chars != " ")
    _put(canvas, codes, drawn, pen, marker)
    if shared is not None:
        canvas.pens[both] = shared.pen
        if shared.marker != BRAILLE:
            canvas.chars[both] = shared.marker


def put_dots(canvas: Picture, dots: Cells, pen: int) -> None:
    """Put braille dots (4 rows, 2 columns) beside those that are there already."""
    cells = dots.reshape(canvas.rows, 4, canvas.columns, 2)
    codes = np.einsum("rdcw,dw->rc", cells, _BRAILLE_BITS).astype(np.uint32)
    _put(canvas, codes, codes > 0, pen, BRAILLE)


def _bits_of(marker: str) -> Codes:
    """(dots down, dots across): the bit of each dot of a cell."""
    return _BRAILLE_BITS if marker == BRAILLE else _ONE_MARK


def _places(canvas: Picture, across: Array, up: Array, bits: Codes) -> tuple[Dots, Dots]:
    """The dots nearest to points, counted from the lower left corner."""
    down, wide = bits.shape
    return _nearest(across, canvas.columns * wide), _nearest(up, canvas.rows * down)


def _nearest(shares: Array, count: int) -> Dots:
    """The dots nearest to `shares` of the way from the first to the last of `count`."""
    # rounded before, so that what is half way but for the last digits goes up as well
    return np.floor(np.round(0.5 + (count - 1) * shares, 8)).astype(np.int64)


def _dots(canvas: Picture, x: Dots, y: Dots, bits: Codes) -> tuple[Dots, Dots, Codes]:
    """Row and column of the cell in which each dot lies, and its bit."""
    down, wide = bits.shape
    row, place = np.divmod(canvas.rows * down - 1 - y, down)
    return row, x // wide, bits[place, x % wide]


def _united(canvas: Picture, row: Dots, column: Dots, bit: Codes) -> Codes:
    """(rows, columns): the bits of all dots in each cell."""
    codes = np.zeros(canvas.chars.shape, dtype=np.uint32)
    np.bitwise_or.at(codes, (row, column), bit)
    return codes


def _put(canvas: Picture, codes: Codes, cells: Cells, pen: int, marker: str) -> None:
    """Draw the `codes` of `cells`, beside dots that are there already."""
    if marker == BRAILLE:
        canvas.chars[cells] = with_dots(canvas.chars[cells], codes[cells])
    else:
        canvas.chars[cells] = marker
    canvas.pens[cells] = pen


def with_dots(chars: npt.NDArray[np.str_], codes: Codes) -> npt.NDArray[np.str_]:
    """(cells,): the dots of `codes`, and those that `chars` have already."""
    old = chars.view(np.uint32)
    held = np.where((old > _BRAILLE_BLANK) & (old <= _BRAILLE_FULL), old, _BRAILLE_BLANK)
    return (held.astype(np.uint32) | codes).view("<U1")


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
