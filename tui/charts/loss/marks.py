"""Vertical lines in the loss chart: where alpha was changed, and the step that a person looks at."""

from tui.charts.loss.axes import StepScale
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.plotext_axes import Figure


def mark_changes(
    figure: Figure,
    changes: list[tuple[int, float]],
    scale: StepScale,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    """A faint line where alpha changed, and its new value where there is room, the last ones
    first.
    """
    picture, free_until, marked = figure.picture, figure.right, figure.right
    for step, alpha in reversed(changes):
        column = scale.column_of(step)
        if column >= marked:
            continue  # a later change stands there
        marked = column
        for row in range(figure.top, figure.bottom):
            if picture.chars[row, column] == " ":
                picture.write(row, column, glyphs.mark, palette.frame)
        label = f"alpha {alpha:.4g}"
        begin, end = column + 2, column + 2 + len(label)
        if end > figure.right:  # no room on the right of the edge's own mark
            begin, end = column - 1 - len(label), column - 1
        if (
            figure.left <= begin
            and end <= free_until
            and (picture.chars[figure.top, begin:end] == " ").all()
        ):
            picture.write(figure.top, begin, label, palette.faint)
            free_until = min(begin, column) - 1


def draw_crosshair(
    figure: Figure, step: int, scale: StepScale, palette: Palette, glyphs: Glyphs
) -> None:
    """A line at `step`, through all that is empty; nothing where the step is not on the axis."""
    column = scale.column_of(step)
    if not figure.left <= column < figure.right:
        return
    picture = figure.picture
    for row in range(figure.top, figure.bottom):
        if picture.chars[row, column] in (" ", glyphs.mark):
            picture.write(row, column, glyphs.crosshair, palette.text)
