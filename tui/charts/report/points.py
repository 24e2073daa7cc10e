"""A report's test points in a frame: on the dashboard's last screen, and printed."""

from engine.messages.report import RunReport
from tui.charts.facts import quality
from tui.charts.plane.cells import held_out_side
from tui.charts.plane.foot import points_foot
from tui.charts.plane.mistakes import mistakes
from tui.charts.plane.scatter import draw_predicted, draw_real
from tui.charts.plane.words import in_words, titled
from tui.charts.report.against_real import draw_against_real
from tui.drawing.frame import Figures, draw_frame
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

FOOT_MARGIN = 4
"""Columns of the lower edge that its text leaves free."""


def draw_test_points(
    report: RunReport, rows: int, columns: int, palette: Palette, glyphs: Glyphs, *, real: bool
) -> Picture:
    """The framed test points with their real or their predicted classes. For values, in the place of
    the real ones, what is predicted over the plane; in that of the predicted ones, these against the
    real ones.
    """
    points, task = report.points, report.task
    side, look = held_out_side(points), (palette, glyphs)
    inside = max(rows - 2, 0), max(columns - 2, 0)
    if task.is_regression and not real:
        drawn = draw_against_real(side, report.test_predictions.values, *inside, *look)
        figures: Figures = [[(quality(report.test, glyphs).strip(), palette.faint)]]
        foot: Figures = [[(f"both {in_words(points.value_range)}", palette.faint)]]
        return draw_frame(drawn, "Predicted against real", figures, *look, foot=foot)
    foot = points_foot(points, inside[1] - FOOT_MARGIN, *look)
    if real and not task.is_regression:
        drawn, title = draw_real(side, *inside, *look), titled("Test points: real", task)
        return draw_frame(drawn, title, [], *look, foot=foot)
    drawn = draw_predicted(side, report.test_predictions, report.field, *inside, *look)
    title = titled("Predicted", task)
    if task.is_regression and inside[1] >= ROOM_FOR_TEST_POINTS:
        title = titled("Test points: predicted", task)
    count = mistakes(side, report.test_predictions, report.test, points.test_count)
    return draw_frame(drawn, title, [[(count, palette.faint)]], *look, foot=foot)


ROOM_FOR_TEST_POINTS = 44
"""Columns in which the title of the values says whose they are, beside the figures."""
