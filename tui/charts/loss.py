"""The loss chart: over the steps, a line of the training loss and a point wherever the test loss was
measured, with marks where alpha changed.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import LossCurves
from tui.drawing.axis_scales import LOWEST_DECADE, log_loss_axis, loss_axis, step_axis
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.plotext_axes import Axis, Curve, Figure, draw_figure

MIN_ROWS = 4
MIN_COLUMNS = 20


@dataclass(frozen=True, slots=True)
class LossChart:
    """The losses over the steps, and how they are to be drawn."""

    curves: LossCurves
    step: int
    total_steps: int
    train_loss: float
    test_loss: float
    """At `step`, where no recorded point lies yet."""
    alpha_changes: list[tuple[int, float]]
    logarithmic: bool


def draw_loss(
    chart: LossChart, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """The chart in `rows` by `columns` cells."""
    if rows < MIN_ROWS or columns < MIN_COLUMNS:
        return Picture.blank(rows, columns, palette.base)
    x, y, (train_x, train_y), (test_x, test_y) = _laid_out(chart, rows, columns)
    train_marker, test_marker = _markers(palette, glyphs)
    figure = draw_figure(
        rows,
        columns,
        [
            Curve(train_x, train_y, palette.accent, train_marker),
            Curve(test_x, test_y, palette.test, test_marker, joined=False),
        ],
        x,
        y,
        palette.faint,
        glyphs,
    )
    _mark_changes(figure, chart.alpha_changes, x, palette, glyphs)
    return figure.picture


def legend(palette: Palette, glyphs: Glyphs) -> tuple[str, str]:
    """Marks of the training and the test loss, each one cell and a space; empty where colours tell
    them apart.
    """
    train, test = _markers(palette, glyphs)
    if train == test:
        return "", ""
    return f"{'⠒' if train == 'braille' else train} ", f"{test} "


def _markers(palette: Palette, glyphs: Glyphs) -> tuple[str, str]:
    """What the training line and the test points are drawn with."""
    return glyphs.plot_marker, "+" if palette.textured else glyphs.second_marker


Path = tuple[Array, Array]


def _laid_out(chart: LossChart, rows: int, columns: int) -> tuple[Axis, Axis, Path, Path]:
    """Both axes, and the training line and the test points in their units."""
    x = step_axis(chart.step, chart.total_steps, columns)
    train_x, train_y = _train_path(chart)
    test_x, test_y = _test_points(chart)
    if chart.logarithmic:
        train_y, test_y = _log10(train_y), _log10(test_y)
    y = _loss_axis(chart, train_y, test_y, rows)
    return x, y, (train_x, train_y), (test_x, test_y)


def _train_path(chart: LossChart) -> tuple[Array, Array]:
    """One line that reaches the greatest and the least loss of every point, so that no step's
    loss is hidden by averaging.
    """
    curves = chart.curves
    x = np.append(np.repeat(curves.train_steps, 2), chart.step)
    y = np.empty(x.size)
    y[:-1:2], y[1:-1:2], y[-1] = curves.train_high, curves.train_low, chart.train_loss
    return x, y


def _test_points(chart: LossChart) -> Path:
    """The losses that were measured, of a few in one place the least and the greatest; the present
    one last.
    """
    curves = chart.curves
    return (
        np.concatenate([curves.test_steps, curves.test_steps, [chart.step]]),
        np.concatenate([curves.test_low, curves.test_high, [chart.test_loss]]),
    )


def _log10(values: Array) -> Array:
    logarithms: Array = np.log10(np.maximum(values, 10.0**LOWEST_DECADE))
    return logarithms


def _loss_axis(chart: LossChart, train_y: Array, test_y: Array, rows: int) -> Axis:
    values = np.concatenate([train_y, test_y])
    values = values[np.isfinite(values)]
    least, greatest = (values.min(), values.max()) if values.size else (0.0, 1.0)
    if chart.logarithmic:
        return log_loss_axis(10.0**least, 10.0**greatest, rows)
    return loss_axis(float(greatest), rows)


def _mark_changes(
    figure: Figure, changes: list[tuple[int, float]], x: Axis, palette: Palette, glyphs: Glyphs
) -> None:
    """A faint line where alpha changed, and its new value where there is room, the last ones
    first.
    """
    picture, free_until, marked = figure.picture, figure.right, figure.right
    for step, alpha in reversed(changes):
        share = (step - x.low) / (x.high - x.low)
        column = figure.left + round(share * (figure.right - figure.left - 1))
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
