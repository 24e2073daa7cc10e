"""A pane's frame, with a title on the left and figures on the right of its upper edge."""

from itertools import chain

from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

Words = list[tuple[str, int]]
"""Text and the pen it is written with, in order."""

Figures = list[Words]
"""Figures in order; the words of one are written together or not at all."""


def draw_frame(
    inside: Picture,
    title: str,
    figures: Figures,
    palette: Palette,
    glyphs: Glyphs,
    *,
    focused: bool = False,
    foot: Figures | None = None,
) -> Picture:
    """`inside` with a frame around it, and `foot` on the right of its lower edge. Figures that do
    not fit are left out, the last ones first, each whole.
    """
    rows, columns = inside.rows + 2, inside.columns + 2
    pen = palette.accent if focused else palette.frame
    picture = Picture.blank(rows, columns, pen)
    upper_left, upper_right, lower_left, lower_right = tuple(glyphs.corners)
    picture.chars[[0, -1], :] = glyphs.horizontal
    picture.chars[:, [0, -1]] = glyphs.vertical
    picture.chars[0, [0, -1]] = upper_left, upper_right
    picture.chars[-1, [0, -1]] = lower_left, lower_right
    picture.paste(1, 1, inside)
    title = f" {title} "[: inside.columns]
    picture.write(0, 1, title, palette.strong if focused else palette.text)
    _write_figures(picture, 0, figures, columns - 2, len(title) + 2)
    _write_figures(picture, rows - 1, foot or [], columns - 2, 2)
    return picture


def _write_figures(picture: Picture, row: int, figures: Figures, end: int, begin: int) -> None:
    room = end - begin
    while width_of(figures) > max(room, 0):
        figures = figures[:-1]
    words = list(chain(*figures))
    if not words:
        return
    column = end - sum(len(text) for text, _ in words) - 1
    picture.write(row, column - 1, " ", words[0][1])
    for text, pen in words:
        picture.write(row, column, text, pen)
        column += len(text)
    picture.write(row, column, " ", words[-1][1])


def width_of(figures: Figures) -> int:
    """The columns that they take, spaces around them included; 0 for none."""
    return sum(len(text) for text, _ in chain(*figures)) + 2 if figures else 0
