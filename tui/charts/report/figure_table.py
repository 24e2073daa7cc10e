"""The table of a report's figures: a row for each side, and what its columns mean."""

from engine.messages.report import RunReport
from engine.messages.snapshot import Figures
from tui.charts.plane.cells import held_out_side
from tui.charts.plane.mistakes import mistakes
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import figure, fixed, percent, r_squared
from tui.drawing.palette import Palette

Text = tuple[int, str, int]
"""A text: its column, what it says, and its pen."""

TABLE_COLUMNS = 25
"""What it takes without the words that follow the test points' figures."""

WORDS_COLUMN, VALUE_WORDS_COLUMN = 27, 33


def heading(report: RunReport, palette: Palette, glyphs: Glyphs) -> list[Text]:
    """The names of the columns."""
    if report.task.is_regression:
        words = [(10, "loss"), (19, glyphs.r_squared), (26, "rmse")]
    else:
        words = [(10, "loss"), (18, "accuracy")]
    return [(column, word, palette.faint) for column, word in words]


def side_row(
    name: str, figures: Figures, pen: int, report: RunReport, palette: Palette
) -> list[Text]:
    """The figures of one side."""
    if report.task.is_regression:
        return [
            (0, name, pen),
            (7, figure(figures.loss, 7), palette.strong),
            (17, r_squared(_or_nan(figures.r2)), palette.strong),
            (23, figure(_or_nan(figures.rmse), 7), palette.strong),
        ]
    share = "-".rjust(6) if figures.accuracy is None else percent(figures.accuracy)
    return [
        (0, name, pen),
        (7, fixed(figures.loss, 7, 4), palette.strong),
        (19, share, palette.strong),
    ]


def words_beside(report: RunReport, palette: Palette) -> list[Text]:
    """What follows the figures of the test points: how many have the right class, or are off."""
    count = report.points.test_count
    if report.task.is_regression:
        side = held_out_side(report.points)
        words = mistakes(side, report.test_predictions, report.test, count)
        of = f" of {count}" if "%" not in words else ""
        return [(VALUE_WORDS_COLUMN, words.replace(" off", f"{of} off"), palette.faint)]
    if report.test.accuracy is None:
        return []
    return [(WORDS_COLUMN, f"{round(report.test.accuracy * count)} of {count}", palette.faint)]


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
