"""A report's test points in a frame: on the dashboard's last screen, and printed."""

from engine.messages.report import RunReport
from tui.charts.against_real import draw_against_real
from tui.charts.facts import quality
from tui.charts.mistakes import mistakes
from tui.charts.plane import Side, tested_side
from tui.charts.plane_words import plane_words, titled
from tui.charts.scatter import draw_predicted, draw_real
from tui.charts.value_scale import ValueScale, legend_of
from tui.drawing.frame import Figures, draw_frame
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

FOOT_MARGIN = 4
"""Columns of the lower edge that its text leaves free."""


def draw_test_points(
    report: RunReport, rows: int, columns: int, palette: Palette, glyphs: Glyphs, *, real: bool
) -> Picture:
    """The framed test points, with their real or their predicted classes. For values: the predicted
    ones over the plane, and against the real ones.
    """
    side, look = tested_side(report.points), (palette, glyphs)
    inside = max(rows - 2, 0), max(columns - 2, 0)
    foot = _foot(report, inside[1] - FOOT_MARGIN, palette, glyphs)
    if side.task.is_regression and not real:
        drawn = draw_against_real(side, report.test_predictions.values, *inside, *look)
        scale = ValueScale.of_range(side.value_range)
        range_ = legend_of(scale, inside[1] - FOOT_MARGIN, palette, glyphs)
        figures = [[(quality(report.test, glyphs), palette.faint)]]
        return draw_frame(drawn, "Predicted against real", figures, *look, foot=range_)
    if real and not side.task.is_regression:
        title = titled("Test points: real", side.task)
        return draw_frame(draw_real(side, *inside, *look), title, [], *look, foot=foot)
    drawn = draw_predicted(side, report.test_predictions, report.field, *inside, *look)
    title = titled("Test points: predicted" if real else "Predicted", side.task)
    return draw_frame(drawn, title, [_mistakes(report, side, palette)], *look, foot=foot)


def _foot(report: RunReport, room: int, palette: Palette, glyphs: Glyphs) -> Figures:
    words = plane_words(report.points, room, glyphs)
    return [[(words, palette.faint)]] if words else []


def _mistakes(report: RunReport, side: Side, palette: Palette) -> list[tuple[str, int]]:
    count = mistakes(side, report.test_predictions, report.test, report.points.test_count)
    return [(count, palette.faint)]
