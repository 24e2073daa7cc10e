"""What stands on the lower edge of a picture of points."""

from engine.messages.snapshot import DataPoints
from tui.charts.plane.value_scale import ValueScale, legend_of
from tui.charts.plane.words import plane_words
from tui.drawing.frame import Figures
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette


def points_foot(points: DataPoints, room: int, palette: Palette, glyphs: Glyphs) -> Figures:
    """The scale of values over a plane, else what is drawn over what, in at most `room` columns."""
    if points.task.is_regression and len(points.task.inputs) > 1:
        return legend_of(ValueScale.of_range(points.value_range), room, palette, glyphs)
    words = plane_words(points, room, glyphs)
    return [[(words, palette.faint)]] if words else []
