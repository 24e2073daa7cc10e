"""An update as an arrow on an axis: from where a parameter is to where it will be."""

from tui.drawing.axis_scales import round_up
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.pens import BOLD
from tui.drawing.picture import Picture

LEADS = (1.0, 2.0, 5.0, 10.0)
"""First digits of an axis's end."""

MARGIN = 1.25
"""By how much the end is beyond the parameter, so that the arrow has room."""

LEAST_SHARE = 0.05
"""Of the layer's greatest parameter that an axis reaches to at least: for one near zero, arrows would be
longer than any other axis."""

KEPT_SHARE = 0.1
"""Of an axis that a parameter may be left with before the axis becomes shorter."""

HEADS = 2
"""Of an arrow that leaves the axis; so many cells at either end are never where the parameter is."""

LEAST_CELLS = 2 * HEADS + 1
"""Of an axis."""

HERE = "*"
"""Where the parameter is."""


def axis_end(value: float, largest: float, before: float | None = None) -> float:
    """The end of an axis around 0 for a parameter of that `value`, in a layer whose `largest` has that
    magnitude: 1, 2 or 5 times a power of ten. It stays what it was `before` while the value fits.
    """
    needed = max(abs(value) * MARGIN, largest * LEAST_SHARE, 1e-9)
    if before is not None and abs(value) < before and needed >= before * KEPT_SHARE:
        return before
    return min(round_up(needed, LEADS), 1e12)


def draw_arrow(
    picture: Picture,
    row: int,
    value: float,
    updated: float,
    end: float,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    """The axis over the whole row, from -end to end, with an arrow from `value` to `updated`. One shorter
    than a cell is its head alone, one that leaves the axis has two.
    """
    label = f"{end:g}"
    left, right = f"-{label} ", f" +{label}"
    cells = picture.columns - len(left) - len(right)
    if cells < LEAST_CELLS:
        return
    picture.write(row, 0, left, palette.faint)
    picture.write(row, len(left) + cells, right, palette.faint)
    picture.write(row, len(left), glyphs.horizontal * cells, palette.frame)
    picture.write(row, len(left) + (cells - 1) // 2, "0", palette.faint)
    here = min(max(_cell(value, end, cells), HEADS), cells - 1 - HEADS)
    if updated != value:
        up = updated > value
        there = _cell(updated, end, cells)
        there = max(there, here + 1) if up else min(there, here - 1)
        leaves = not 0 <= there < cells
        there = min(max(there, 0), cells - 1)
        pen = palette.of_sign(updated - value) | BOLD
        first, last = (here + 1, there) if up else (there, here - 1)
        picture.write(row, len(left) + first, glyphs.bar_full * (last - first + 1), pen)
        head = glyphs.right if up else glyphs.left
        inner = there - 1 if up else there + 1
        picture.write(row, len(left) + there, head, pen)
        if leaves and first <= inner <= last:
            picture.write(row, len(left) + inner, head, pen)
    picture.write(row, len(left) + here, HERE, palette.strong)


def _cell(value: float, end: float, cells: int) -> int:
    """The cell of `value` on an axis from -end to end; beyond its ends, one outside."""
    middle = (cells - 1) // 2
    share = min(max(value / end, -2.0), 2.0)
    return middle + round(share * middle)
