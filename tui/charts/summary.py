"""The figures of a report: losses, accuracies and the confusion matrix of the test points."""

import textwrap

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
    picture.write(1, 0, _packed(settings_of(report).split("   "), columns)[0], palette.faint)
    right, test_count = _test_points(report)
    picture.write(3, 10, "loss", palette.faint)
    picture.write(3, 18, "accuracy", palette.faint)
    for row, (name, loss, share, name_pen) in enumerate(
        (
            ("test", report.test.loss, report.test.accuracy or 0.0, palette.test),
            ("train", report.train.loss, report.train.accuracy or 0.0, palette.accent),
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
            count = (report.confusion_matrix or [[0, 0], [0, 0]])[real][guess]
            pen = palette.strong if real == guess or not count else palette.alarm
            end = first + cell * (guess + 1) - 1
            picture.write_right(4 + real, end, str(count), pen)


def _test_points(report: RunReport) -> tuple[int, int]:
    """How many of them have the right class, and how many there are."""
    count = report.points.test_count
    return round((report.test.accuracy or 0.0) * count), count


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
    words = words_of(report.config, report.task)
    words["rule"] += (
        f"   alpha {exact(report.alpha)}"  # as it is now, beside the rule that it scales
    )
    parts = list(words.values())
    if report.steps_per_second:
        parts.append(f"{short_count(report.steps_per_second)} steps/s")
    return "   ".join(parts)


# -- where there is little room

NARROW_ROWS = 11
"""Rows of all that `draw_narrow_summary` can say."""

HEADLINE, TEST, TRAIN, HEADING, FACTS, MATRIX, GAP, MORE = range(8)
"""Parts of the narrow summary; where there are too few rows, the last of these are left out."""


def draw_narrow_summary(
    report: RunReport, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """What matters most of the summary, below one another, in as many rows as there are."""
    lines = _narrow_lines(report, columns, palette, glyphs)
    kept = sorted(sorted(range(len(lines)), key=lambda place: lines[place][0])[:rows])
    if lines[kept[0]][0] is GAP if kept else False:
        kept = kept[1:]
    picture = Picture.blank(rows, columns, palette.base)
    for row, place in enumerate(kept):
        for column, text, pen in lines[place][1]:
            if column + len(text) <= columns or not column:
                picture.write(row, column, text, pen)
    return picture


Line = tuple[int, list[tuple[int, str, int]]]
"""Which part it is of, and its texts: column, text and pen."""


def _narrow_lines(report: RunReport, columns: int, palette: Palette, glyphs: Glyphs) -> list[Line]:
    alarmed = report.state is State.DIVERGED
    headline = textwrap.wrap(headline_of(report), max(columns, 1))
    facts = _packed(settings_of(report).split("   "), columns)
    pen = palette.alarm if alarmed else palette.accent
    right, count = _test_points(report)
    return [
        (HEADLINE, [(0, headline[0], pen)]),
        *((FACTS if alarmed else MORE, [(0, line, pen)]) for line in headline[1:]),
        (FACTS, [(0, facts[0], palette.faint)]),
        *((MORE, [(0, line, palette.faint)]) for line in facts[1:2]),
        (HEADING, [(10, "loss", palette.faint), (18, "accuracy", palette.faint)]),
        (TEST, [*_losses("test", report.test.loss, report.test.accuracy or 0.0, palette.test, palette),
                (27, f"{right} of {count}", palette.faint)]),
        (TRAIN, _losses("train", report.train.loss, report.train.accuracy or 0.0, palette.accent, palette)),
        (GAP, []),
        *((MATRIX, line) for line in _matrix_lines(report, palette, glyphs)),
    ]  # fmt: skip


def _losses(
    name: str, loss: float, share: float, pen: int, palette: Palette
) -> list[tuple[int, str, int]]:
    return [
        (0, name, pen),
        (7, fixed(loss, 7, 4), palette.strong),
        (19, percent(share), palette.strong),
    ]


def _matrix_lines(
    report: RunReport, palette: Palette, glyphs: Glyphs
) -> list[list[tuple[int, str, int]]]:
    inks = [int(ink) | palette.base for ink in palette.points]
    heads = [(16 + 7 * guess, glyphs.classes[guess], inks[guess]) for guess in (0, 1)]
    lines = [[(0, "predicted", palette.faint), *heads]]
    for real in (0, 1):
        counts = [
            (
                10 + 7 * guess,
                f"{(report.confusion_matrix or [[0, 0], [0, 0]])[real][guess]:>7}",
                palette.strong if real == guess else palette.alarm,
            )
            for guess in (0, 1)
        ]
        lines.append([(0, "real", palette.faint), (5, glyphs.classes[real], inks[real]), *counts])
    return lines


def _packed(parts: list[str], columns: int) -> list[str]:
    """`parts` in lines, none cut in two."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 3 + len(part) <= columns:
            lines[-1] += "   " + part
        else:
            lines.append(part)
    return lines
