"""The loss chart: over the steps, a line of the training loss and a point wherever the test loss was
measured; behind them the course before, marks where alpha changed, and below what a schedule makes of
it.
"""

from dataclasses import dataclass

from tui.charts.loss.alpha import draw_alpha
from tui.charts.loss.axes import Layout, StepScale, laid_out
from tui.charts.loss.chart import LossChart
from tui.charts.loss.marks import draw_crosshair, mark_changes
from tui.drawing.curves import BRAILLE, Shared
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.plotext_axes import Curve, Figure, draw_behind, draw_figure

MIN_ROWS = 4
MIN_COLUMNS = 20

ROWS_WITH_ALPHA = 7
"""From so many rows on, one of them is alpha's."""


@dataclass(frozen=True, slots=True)
class DrawnLoss:
    """The chart, and which of its columns shows which step."""

    picture: Picture
    scale: StepScale | None
    """None where there was no room to draw it."""


def draw_loss(
    chart: LossChart, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> DrawnLoss:
    """The chart in `rows` by `columns` cells."""
    if rows < MIN_ROWS or columns < MIN_COLUMNS:
        return DrawnLoss(Picture.blank(rows, columns, palette.base), None)
    has_alpha = chart.is_scheduled and rows >= ROWS_WITH_ALPHA
    layout = laid_out(chart, rows - has_alpha, columns)
    figure = _draw_curves(layout, rows - has_alpha, columns, palette, glyphs)
    scale = StepScale(layout.x, figure.left, figure.right)
    mark_changes(figure, chart.alpha_changes, scale, palette, glyphs)
    if chart.crosshair is not None:
        draw_crosshair(figure, chart.crosshair, scale, palette, glyphs)
    marker = _ghost_marker(palette, glyphs)
    draw_behind(figure, Curve(*layout.ghost, palette.ghost, marker), layout.x, layout.y)
    if not has_alpha:
        return DrawnLoss(figure.picture, scale)
    picture = Picture.blank(rows, columns, palette.base)
    picture.paste(0, 0, figure.picture)
    picture.paste(rows - 1, 0, draw_alpha(chart, scale, columns, palette, glyphs))
    return DrawnLoss(picture, scale)


def _draw_curves(
    layout: Layout, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Figure:
    """Both losses between their axes."""
    train_marker, test_marker = _markers(palette, glyphs)
    mark = _shared_mark(palette, glyphs)
    shared = Shared(palette.test, mark) if mark else Shared(palette.both_losses, BRAILLE)
    curves = [
        Curve(*layout.train, palette.accent, train_marker),
        Curve(*layout.test, palette.test, test_marker, joined=False, shared=shared),
    ]
    return draw_figure(rows, columns, curves, layout.x, layout.y, palette.faint, glyphs)


@dataclass(frozen=True, slots=True)
class Legend:
    """The marks of what is drawn, each one cell and a space; empty where colours tell them apart."""

    train: str
    test: str
    both: str
    """Where both lie in one cell."""
    ghost: str
    """The course before."""


def legend(palette: Palette, glyphs: Glyphs) -> Legend:
    """What says in words what a mark of the chart stands for."""
    train, test = _markers(palette, glyphs)
    if train == test:
        return Legend("", "", "", "")
    line = "⠒" if train == BRAILLE else train
    both = _shared_mark(palette, glyphs)
    return Legend(f"{line} ", f"{test} ", f"{both} ", f"{_ghost_marker(palette, glyphs)} ")


def _markers(palette: Palette, glyphs: Glyphs) -> tuple[str, str]:
    """What the training line and the test points are drawn with."""
    return glyphs.plot_marker, "+" if palette.textured else glyphs.second_marker


def _shared_mark(palette: Palette, glyphs: Glyphs) -> str:
    """What stands where both lie in one cell; empty where it has the dots of both."""
    train, test = _markers(palette, glyphs)
    return "" if train == test else glyphs.shared_mark


def _ghost_marker(palette: Palette, glyphs: Glyphs) -> str:
    """What the course before is drawn with: where colours do not tell, no dots that are a line's."""
    return "·" if palette.textured and not glyphs.ascii_only else glyphs.ghost_marker
