"""The confusion matrix of three classes and more; where it does not fit, what is confused most."""

from typing import NamedTuple

from engine.messages.report import RunReport
from tui.charts.plane.words import named_classes
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.short_text import cut, fitting

LONGEST_NAME = 14

PREDICTED, REAL = "predicted", "real"


class Confusion(NamedTuple):
    """Test points of one class that the network takes for another one."""

    points: int
    real: int
    predicted: int


def matrix_of(report: RunReport) -> list[list[int]]:
    """The counts, a row for each real class; empty for a regression."""
    return report.confusion_matrix or []


def draw_matrix(
    report: RunReport, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture | None:
    """A row of the predicted classes, then a row for each real one, as wide as its counts need; None
    where that is more than `columns`.
    """
    counts = matrix_of(report)
    cell = max(len(str(count)) for row in counts for count in row) + 1
    label = _label_width(report, columns - cell * len(counts), glyphs)
    if label < 1:
        return None
    picture = Picture.blank(len(counts) + 1, label + cell * len(counts), palette.base)
    inks = [int(ink) | palette.base for ink in palette.points]
    head = PREDICTED if label >= len(PREDICTED) else ""
    picture.write_right(0, label, head, palette.faint)
    names = named_classes(report.task, glyphs)
    for real, row in enumerate(counts):
        end = label + cell * (real + 1)
        picture.write_right(0, end, glyphs.classes[real], inks[real])
        word = names[real] or REAL
        if label - 2 >= min(len(word), LEAST_WORD):
            picture.write_right(real + 1, label - 2, cut(word, label - 2), palette.faint)
        picture.write_right(real + 1, label, glyphs.classes[real], inks[real])
        for guess, count in enumerate(row):
            pen = palette.strong if real == guess else palette.alarm if count else palette.faint
            picture.write_right(real + 1, label + cell * (guess + 1), str(count), pen)
    return picture


LEAST_WORD = 4
"""Characters of a class's name, or `real`, that are still worth showing."""


def _label_width(report: RunReport, room: int, glyphs: Glyphs) -> int:
    """Columns for what stands before a row: its glyph, and its name as far as there is room."""
    words = [name or REAL for name in named_classes(report.task, glyphs)]
    wanted = max(min(max(map(len, words)), LONGEST_NAME) + 2, len(PREDICTED))
    if room >= wanted:
        return wanted
    return room if room >= LEAST_WORD + 2 else min(room, 1)


def largest_confusions(report: RunReport) -> list[Confusion]:
    """Those that happen, the most frequent ones first."""
    found = [
        Confusion(count, real, guess)
        for real, row in enumerate(matrix_of(report))
        for guess, count in enumerate(row)
        if count and real != guess
    ]
    return sorted(found, key=lambda one: (-one.points, one.real, one.predicted))


def confusion_lines(report: RunReport, rows: int, columns: int, glyphs: Glyphs) -> list[str]:
    """The largest confusions in words, at most `rows` lines of `columns`."""
    names = [
        f"{glyph} {name}".strip()
        for glyph, name in zip(glyphs.classes, named_classes(report.task, glyphs), strict=False)
    ]
    shorts = list(glyphs.classes)
    lines = []
    for one in largest_confusions(report)[:rows]:
        forms = [
            f"{one.points} {word[one.real]} as {word[one.predicted]}" for word in (names, shorts)
        ]
        lines.append(fitting(forms, columns))
    return [line for line in lines if line]
