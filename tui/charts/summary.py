"""The figures of a report: losses, accuracies and the confusion matrix of the test points."""

from engine.config.setting import words_of
from engine.messages.report import RunReport
from engine.messages.run_state import State
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import exact, fixed, percent, short_count, thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

SUMMARY_ROWS = 7
MATRIX_COLUMN = 42
"""Where the confusion matrix begins, with room for the figures on its left."""

ROOM_FOR_WORDS = 78
"""Columns from which on the matrix says `predicted` and not only the class."""


def draw_summary(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> Picture:
    """Seven rows: how the run ended, then the figures beside the confusion matrix."""
    picture = Picture.blank(SUMMARY_ROWS, columns, palette.base)
    headline, pen = headline_of(report), palette.accent
    if report.state is State.DIVERGED:
        pen = palette.alarm
    picture.write(0, 0, headline[:columns], pen)
    picture.write(1, 0, settings_of(report)[:columns], palette.faint)
    test_count = report.test_predictions.size
    right = round(report.test_accuracy * test_count)
    picture.write(3, 10, "loss", palette.faint)
    picture.write(3, 18, "accuracy", palette.faint)
    for row, (name, loss, share, name_pen) in enumerate(
        (
            ("test", report.test_loss, report.test_accuracy, palette.test),
            ("train", report.train_loss, report.train_accuracy, palette.accent),
        ),
        start=4,
    ):
        picture.write(row, 0, name, name_pen)
        picture.write(row, 7, fixed(loss, 7, 4), palette.strong)
        picture.write(row, 19, percent(share), palette.strong)
    picture.write(4, 27, f"{right} of {test_count}", palette.faint)
    _draw_matrix(picture, report, palette, glyphs)
    return picture


def _draw_matrix(picture: Picture, report: RunReport, palette: Palette, glyphs: Glyphs) -> None:
    wide = picture.columns >= ROOM_FOR_WORDS
    column, cell = (MATRIX_COLUMN, 12) if wide else (picture.columns - 22, 6)
    first = column + (13 if wide else 10)
    picture.write(3, column, "test points" if wide else "predicted", palette.faint)
    for guess in (0, 1):
        ink = int(palette.points[guess]) | palette.base
        left = first + cell * guess
        if wide:
            picture.write(3, left, "predicted", palette.faint)
        picture.write(3, left + cell - 2, glyphs.classes[guess], ink)
    for real in (0, 1):
        ink = int(palette.points[real]) | palette.base
        picture.write(4 + real, first - 9, "real", palette.faint)
        picture.write(4 + real, first - 4, glyphs.classes[real], ink)
        for guess in (0, 1):
            count = report.confusion_matrix[real][guess]
            pen = palette.strong if real == guess or not count else palette.alarm
            end = first + cell * (guess + 1) - 1
            picture.write_right(4 + real, end, str(count), pen)


def headline_of(report: RunReport) -> str:
    """How the run stands, in one line."""
    steps = thousands(report.steps)
    if report.state is State.DIVERGED:
        return f"Diverged after {steps} steps: {report.divergence}"
    if report.state is State.DONE:
        return f"Done: {steps} steps"
    return f"After {steps} of {thousands(report.total_steps)} steps"


def settings_of(report: RunReport) -> str:
    """What was run, in one line."""
    words = words_of(report.config)
    words["rule"] += (
        f"   alpha {exact(report.alpha)}"  # as it is now, beside the rule that it scales
    )
    parts = list(words.values())
    if report.steps_per_second:
        parts.append(f"{short_count(report.steps_per_second)} steps/s")
    return "   ".join(parts)
