"""The report that stays in the terminal's scrollback: the figures, the loss chart and the test
points, drawn in characters.
"""

import shutil

from engine.messages.report import RunReport
from tui.charts.loss.chart import chart_of_report
from tui.charts.loss.draw import draw_loss, legend
from tui.charts.report.points import draw_test_points
from tui.charts.report.summary import draw_summary
from tui.drawing.frame import Figures, draw_frame
from tui.drawing.glyphs import Glyphs, glyphs_for
from tui.drawing.palette import PRINTED, Palette
from tui.drawing.picture import Picture
from tui.headless.print_picture import print_picture
from tui.terminal.size import USUAL_COLUMNS, USUAL_ROWS

LEAST_WIDTH, GREATEST_WIDTH = 60, 100
LOSS_ROWS = 12
POINTS_ROWS = 14


def print_report(report: RunReport, *, ascii_only: bool, width: int | None = None) -> None:
    """Print the report on stdout, `width` columns wide (by default the terminal's, within reason).

    Colours only where stdout is a terminal that has them.
    """
    usual = (USUAL_COLUMNS, USUAL_ROWS)
    columns = width or shutil.get_terminal_size(usual).columns - 1
    columns = min(max(columns, LEAST_WIDTH), GREATEST_WIDTH)
    print_picture(draw_report(report, columns, PRINTED, glyphs_for(ascii_only)))


def draw_report(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> Picture:
    """The whole report as one picture."""
    summary = draw_summary(report, columns, palette, glyphs)
    picture = Picture.blank(summary.rows + LOSS_ROWS + POINTS_ROWS, columns, palette.base)
    picture.paste(0, 0, summary)
    chart = chart_of_report(report)
    loss = draw_loss(chart, LOSS_ROWS - 2, columns - 2, palette, glyphs)
    framed = draw_frame(loss.picture, "Loss", _loss_words(palette, glyphs), palette, glyphs)
    picture.paste(summary.rows, 0, framed)
    left = columns // 2
    top = summary.rows + LOSS_ROWS
    real = draw_test_points(report, POINTS_ROWS, left, palette, glyphs, real=True)
    predicted = draw_test_points(report, POINTS_ROWS, columns - left, palette, glyphs, real=False)
    picture.paste(top, 0, real)
    picture.paste(top, left, predicted)
    return picture


def _loss_words(palette: Palette, glyphs: Glyphs) -> Figures:
    """On the right of the loss chart's frame: which line is which, and the scale."""
    marks = legend(palette, glyphs)
    words: Figures = [
        [(f"{marks.train}train", palette.accent)],
        [(f"   {marks.test}test", palette.test)],
    ]
    if marks.both:
        words.append([(f"   {marks.both}both", palette.faint)])
    return [*words, [("   log", palette.faint)]]
