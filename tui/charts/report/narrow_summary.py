"""The figures of a report where there is little room: below one another."""

import textwrap

from engine.messages.report import RunReport
from engine.messages.run_state import State
from tui.charts.plane.words import named_classes
from tui.charts.report.confusion import REAL, confusion_lines, draw_matrix, matrix_of
from tui.charts.report.figure_table import Text, heading, side_row, words_beside
from tui.charts.report.summary import headline_of, packed, settings_of
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.short_text import cut

MOST_CONFUSIONS = 3
"""Lines of what is confused most, where the matrix does not fit."""

HEADLINE, TEST, TRAIN, HEADING, FACTS, MATRIX, GAP, MORE = range(8)
"""Parts of the summary; where there are too few rows, the last of these are left out."""

Line = tuple[int, list[Text] | Picture]
"""Which part it is of, and its texts; or one row of a picture."""


def narrow_rows(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> int:
    """Rows of all that `draw_narrow_summary` can say."""
    return len(_lines(report, columns, palette, glyphs))


def draw_narrow_summary(
    report: RunReport, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """What matters most of the summary, below one another, in as many rows as there are."""
    lines = _lines(report, columns, palette, glyphs)
    kept = sorted(sorted(range(len(lines)), key=lambda place: lines[place][0])[:rows])
    if lines[kept[0]][0] is GAP if kept else False:
        kept = kept[1:]
    picture = Picture.blank(rows, columns, palette.base)
    for row, place in enumerate(kept):
        what = lines[place][1]
        if isinstance(what, Picture):
            picture.paste(row, 0, what)
            continue
        for column, text, pen in what:
            if column + len(text) <= columns or not column:
                picture.write(row, column, text, pen)
    return picture


def _lines(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> list[Line]:
    alarmed = report.state is State.DIVERGED
    headline = textwrap.wrap(headline_of(report), max(columns, 1))
    facts = packed(settings_of(report).split("   "), columns)
    pen = palette.alarm if alarmed else palette.accent
    test = side_row("test", report.test, palette.test, report, palette)
    return [
        (HEADLINE, [(0, headline[0], pen)]),
        *((FACTS if alarmed else MORE, [(0, line, pen)]) for line in headline[1:]),
        (FACTS, [(0, facts[0], palette.faint)]),
        *((MORE, [(0, line, palette.faint)]) for line in facts[1:2]),
        (HEADING, heading(report, palette, glyphs)),
        (TEST, [*test, *words_beside(report, palette)]),
        (TRAIN, side_row("train", report.train, palette.accent, report, palette)),
        *_matrix_lines(report, columns, palette, glyphs),
    ]


def _matrix_lines(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> list[Line]:
    if not matrix_of(report):
        return []
    if len(matrix_of(report)) == 2:
        return [(GAP, []), *((MATRIX, texts) for texts in _matrix_of_two(report, palette, glyphs))]
    matrix = draw_matrix(report, columns, palette, glyphs)
    if matrix is not None:
        rows = [matrix.part(row, row + 1, 0, matrix.columns) for row in range(matrix.rows)]
        return [(GAP, []), *((MATRIX, row) for row in rows)]
    lines = confusion_lines(report, MOST_CONFUSIONS, columns, glyphs)
    return [(GAP, []), *((MATRIX, [(0, line, palette.text)]) for line in lines)] if lines else []


def _matrix_of_two(report: RunReport, palette: Palette, glyphs: Glyphs) -> list[list[Text]]:
    inks = [int(ink) | palette.base for ink in palette.points]
    heads = [(16 + 7 * guess, glyphs.classes[guess], inks[guess]) for guess in (0, 1)]
    names = named_classes(report.task, glyphs)
    lines: list[list[Text]] = [[(0, "predicted", palette.faint), *heads]]
    for real, row in enumerate(matrix_of(report)):
        counts = [
            (10 + 7 * guess, f"{count:>7}", palette.strong if real == guess else palette.alarm)
            for guess, count in enumerate(row)
        ]
        name = cut(names[real] or REAL, 8)
        mark = len(name) + 1, glyphs.classes[real], inks[real]
        lines.append([(0, name, palette.faint), mark, *counts])
    return lines
