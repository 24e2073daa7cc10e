"""The figures of a report: losses, accuracies and the confusion matrix of the test points."""

import textwrap

from engine.messages.report import RunReport
from engine.messages.run_state import State
from tui.charts.facts import facts_of
from tui.charts.plane.words import named_classes
from tui.charts.report.confusion import LONGEST_NAME, REAL, confusion_lines, draw_matrix, matrix_of
from tui.charts.report.figure_table import TABLE_COLUMNS, heading, side_row, words_beside
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import exact, short_count, thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.short_text import cut, fitting

SUMMARY_ROWS = 7
"""Rows of a summary, of which a large confusion matrix needs more."""

FIRST_FIGURES = 3
"""The row in which the figures begin."""

MATRIX_COLUMN = 42
"""Where the confusion matrix begins, with room for the figures on its left."""

GAP = 2
"""Columns between the figures and a matrix that needs the room."""

ROOM_FOR_WORDS = 78
"""Columns from which on the matrix of two classes says `predicted` and not only the class."""


def summary_rows(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> int:
    """The rows that the summary takes in `columns`."""
    matrix = _matrix_beside(report, columns, palette, glyphs)
    return SUMMARY_ROWS if matrix is None else FIRST_FIGURES + matrix.rows + 1


def draw_summary(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> Picture:
    """How the run ended and what it was, then the figures beside the confusion matrix."""
    rows = summary_rows(report, columns, palette, glyphs)
    picture = Picture.blank(rows, columns, palette.base)
    alarmed = report.state is State.DIVERGED
    pen = palette.alarm if alarmed else palette.accent
    lines = [(line, pen) for line in textwrap.wrap(headline_of(report), max(columns, 1))[:2]]
    lines += [(line, palette.faint) for line in packed(settings_of(report).split("   "), columns)]
    for row, (line, ink) in enumerate(lines[:FIRST_FIGURES]):
        picture.write(row, 0, line, ink)
    table = [
        heading(report, palette, glyphs),
        side_row("test", report.test, palette.test, report, palette),
        side_row("train", report.train, palette.accent, report, palette),
    ]
    matrix = _matrix_beside(report, columns, palette, glyphs)
    if matrix is None or columns - matrix.columns >= MATRIX_COLUMN - 2:
        table[1] += words_beside(report, palette)
    for row, texts in enumerate(table, start=FIRST_FIGURES):
        for column, text, pen in texts:
            picture.write(row, column, text, pen)
    if len(matrix_of(report)) == 2:
        begin = max(column + len(text) for texts in table for column, text, _ in texts) + GAP
        _draw_matrix_of_two(picture, report, begin, palette, glyphs)
    elif matrix is not None:
        picture.paste(FIRST_FIGURES, _matrix_column(matrix, columns), matrix)
    elif matrix_of(report):
        _write_confusions(picture, report, palette, glyphs)
    return picture


def _matrix_beside(
    report: RunReport, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture | None:
    """The matrix of three classes and more, if it fits beside the figures."""
    if len(matrix_of(report)) < 3:
        return None
    wide = draw_matrix(report, columns - MATRIX_COLUMN, palette, glyphs)
    return wide or draw_matrix(report, columns - TABLE_COLUMNS - GAP, palette, glyphs)


def _matrix_column(matrix: Picture, columns: int) -> int:
    return MATRIX_COLUMN if matrix.columns <= columns - MATRIX_COLUMN else columns - matrix.columns


def _write_confusions(
    picture: Picture, report: RunReport, palette: Palette, glyphs: Glyphs
) -> None:
    """In the place of a matrix that has no room."""
    left = MATRIX_COLUMN - 4
    room = picture.columns - left
    lines = confusion_lines(report, 2, room, glyphs)
    heads = ["most confused", "confused"] if lines else []
    picture.write(FIRST_FIGURES, left, fitting(heads, room), palette.faint)
    for row, line in enumerate(lines, start=FIRST_FIGURES + 1):
        picture.write(row, left, line, palette.text)


def _draw_matrix_of_two(
    picture: Picture, report: RunReport, begin: int, palette: Palette, glyphs: Glyphs
) -> None:
    """The names of the classes stand before it, from the column `begin` on."""
    wide = picture.columns >= ROOM_FOR_WORDS
    column, cell = (MATRIX_COLUMN, 12) if wide else (picture.columns - 22, 6)
    first = column + (13 if wide else 10)
    names = named_classes(report.task, glyphs)
    picture.write(3, column, "test points" if wide else "predicted", palette.faint)
    for guess in (0, 1):
        ink = int(palette.points[guess]) | palette.base
        left = first + cell * guess
        if wide:
            picture.write(3, left, "predicted", palette.faint)
        picture.write(3, left + cell - 2, glyphs.classes[guess], ink)
    for real, counts in enumerate(matrix_of(report)):
        ink = int(palette.points[real]) | palette.base
        name = cut(names[real] or REAL, min(first - 5 - begin, LONGEST_NAME))
        picture.write_right(4 + real, first - 5, name, palette.faint)
        picture.write(4 + real, first - 4, glyphs.classes[real], ink)
        for guess, count in enumerate(counts):
            pen = palette.strong if real == guess or not count else palette.alarm
            picture.write_right(4 + real, first + cell * (guess + 1) - 1, str(count), pen)


def headline_of(report: RunReport) -> str:
    """How the run stands, in one line."""
    steps = thousands(report.steps)
    if report.state is State.DIVERGED:
        return f"Diverged after {steps} steps: {report.divergence}"
    if report.state is State.DONE and report.stopped:
        return f"Done after {steps} of {thousands(report.total_steps)} steps: {report.stopped}"
    if report.state is State.DONE:
        return f"Done: {steps} steps"
    return f"After {steps} of {thousands(report.total_steps)} steps"


def settings_of(report: RunReport) -> str:
    """What was run, in one line."""
    words = facts_of(report.config, report.task)
    words["rule"] += (
        f"   alpha {exact(report.alpha)}"  # as it is now, beside the rule that it scales
    )
    parts = list(words.values())
    if report.config.batch_size is not None:  # else an epoch is a step
        parts.append(f"{report.epochs:,.1f} epochs")
    if report.steps_per_second:
        parts.append(f"{short_count(report.steps_per_second)} steps/s")
    return "   ".join(parts)


def packed(parts: list[str], columns: int) -> list[str]:
    """`parts` in lines, none cut in two."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 3 + len(part) <= columns:
            lines[-1] += "   " + part
        else:
            lines.append(part)
    return lines
