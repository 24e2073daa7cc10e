"""A report's test points in a frame: on the dashboard's last screen, and printed."""

from engine.messages.report import RunReport
from tui.charts.scatter import draw_predicted, draw_real
from tui.drawing.frame import draw_frame
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture


def draw_test_points(
    report: RunReport, rows: int, columns: int, palette: Palette, glyphs: Glyphs, *, real: bool
) -> Picture:
    """The framed test points, with their real or their predicted classes."""
    points, inside = report.points, (rows - 2, columns - 2)
    if real:
        drawn = draw_real(
            points.test_x, points.test_labels.classes, points.bounds, *inside, palette, glyphs
        )
        return draw_frame(drawn, "Test points: real classes", [], palette, glyphs)
    drawn = draw_predicted(
        points.test_x,
        points.test_labels.classes,
        report.test_predictions.classes,
        report.field,  # type: ignore[arg-type]
        points.bounds,
        *inside,
        palette,
        glyphs,
    )
    wrong = int((points.test_labels.classes != report.test_predictions.classes).sum())
    figures = [[(f"{wrong} wrong", palette.faint)]]
    return draw_frame(drawn, "Predicted classes", figures, palette, glyphs)
