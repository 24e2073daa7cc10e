"""Curves in characters: joined dots of braille, eight to a cell, or one mark a cell."""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from tui.drawing.picture import Picture

BRAILLE = "braille"
"""The marker for curves of braille dots; any other is a character."""

DASH_CELLS = 3
"""How long one of two curves is on top where they share their cells."""

_BRAILLE_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], dtype=np.uint32)
"""(4, 2): what each dot of a cell adds to the code of its character."""

_BRAILLE_BLANK = 0x2800

Dots = npt.NDArray[np.int64]


def draw_curve(canvas: Picture, across: Array, up: Array, pen: int, marker: str) -> None:
    """Join points by straight lines. They are finite shares of the canvas's width and height, 0 to
    1, counted from its lower left corner.
    """
    dots_down, dots_across = _BRAILLE_BITS.shape if marker == BRAILLE else (1, 1)
    rows, columns = canvas.rows * dots_down, canvas.columns * dots_across
    x, y = _joined(_nearest(across, columns), _nearest(up, rows))
    dots = np.zeros((rows, columns), dtype=np.bool_)
    dots[rows - 1 - y, x] = True
    if marker == BRAILLE:
        cells = dots.reshape(canvas.rows, dots_down, canvas.columns, dots_across)
        codes = np.einsum("rdca,da->rc", cells, _BRAILLE_BITS)
        drawn = _with_turns(codes > 0, canvas)
        canvas.chars[drawn] = (codes[drawn] + np.uint32(_BRAILLE_BLANK)).view("<U1")
    else:
        drawn = _with_turns(dots, canvas)
        canvas.chars[drawn] = marker
    canvas.pens[drawn] = pen


def _with_turns(drawn: npt.NDArray[np.bool_], canvas: Picture) -> npt.NDArray[np.bool_]:
    """The cells (rows, columns) of a curve in which it is drawn. A cell has one colour: where another
    curve lies in it already, the two alternate along the columns, and neither hides the other.
    """
    others_turn = np.arange(canvas.columns) // DASH_CELLS % 2 == 1
    turns: npt.NDArray[np.bool_] = drawn & ~((canvas.chars != " ") & others_turn)
    return turns


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
