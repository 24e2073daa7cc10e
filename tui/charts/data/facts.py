"""One data set, large, with what is known of it: for a person to check how a file was read."""

import textwrap

from rich.cells import cell_len

from engine.errors import one_line
from engine.messages.data_summary import DataSummary
from tui.charts.data.not_learned import not_learned
from tui.charts.data.picture import draw_data
from tui.drawing.frame import Words, draw_frame
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

PICTURE_ROWS = 20
"""Of the points, frame included."""

LEAST_CELL = 26
"""Columns that a name with its range takes at least, so that several stand in a line."""


def draw_data_facts(
    name: str, summary: DataSummary, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """The points in a frame, and the facts below."""
    points = summary.points
    drawn = draw_data(points, PICTURE_ROWS - 2, columns - 2, palette, glyphs)
    across, upwards = (plain(text, glyphs) for text in points.plane)
    title = f"{plain(name, glyphs)}: {across} across, {upwards} upwards"
    lines = fact_lines(summary, columns, palette, glyphs)
    picture = Picture.blank(PICTURE_ROWS + len(lines), columns, palette.base)
    picture.paste(0, 0, draw_frame(drawn, title, [], palette, glyphs))
    for row, words in enumerate(lines, start=PICTURE_ROWS):
        column = 0
        for text, pen in words:
            picture.write(row, column, text, pen)
            column += len(text)
    return picture


def fact_lines(summary: DataSummary, columns: int, palette: Palette, glyphs: Glyphs) -> list[Words]:
    """Points, what is learnt, its classes or range, the inputs, and what was left out."""
    points, task = summary.points, summary.points.task
    counts = (
        f"{thousands(summary.num_points)} points: {thousands(points.train_count)} to train on,"
        f" {thousands(points.test_count)} to test with"
    )
    target = plain(task.target, glyphs)
    lines: list[Words] = [[(counts, palette.text)]]
    if task.is_regression:
        least, greatest = points.value_range
        marks = f" ({glyphs.digits[0]} to {glyphs.digits[-1]})" if len(task.inputs) > 1 else ""
        lines.append([(f"the value {target}: {least:.6g} to {greatest:.6g}{marks}", palette.text)])
    else:
        lines.append([(f"{len(task.classes)} classes, {target}:", palette.text)])
        lines += _class_lines(summary, columns, palette, glyphs)
    kinds = "1 input:" if len(summary.inputs) == 1 else f"{len(summary.inputs)} inputs:"
    lines.append([(kinds, palette.text)])
    cells = [
        f"{plain(one.name, glyphs)} {one.least:.4g} to {one.greatest:.4g}" for one in summary.inputs
    ]
    lines += [[(line, palette.faint)] for line in in_columns(cells, columns)]
    for text in _left_out(summary, glyphs):
        lines += [[(line, palette.text)] for line in textwrap.wrap(text, columns)]
    return lines


def in_columns(cells: list[str], columns: int) -> list[str]:
    """`cells` below one another in as many columns as fit, each line begun with two spaces."""
    width = max([LEAST_CELL, *(len(cell) + 2 for cell in cells)])
    number = max((columns - 2) // width, 1)
    return [
        ("  " + "".join(cell.ljust(width) for cell in cells[begin : begin + number])).rstrip()
        for begin in range(0, len(cells), number)
    ]


def plain(text: str, glyphs: Glyphs) -> str:
    """`text` of a file with one cell a character, in ASCII if that is all there may be."""
    fits = (char if cell_len(char) == 1 else "?" for char in one_line(text))
    kept = "".join(fits)
    return kept.encode("ascii", "replace").decode() if glyphs.ascii_only else kept


def _class_lines(
    summary: DataSummary, columns: int, palette: Palette, glyphs: Glyphs
) -> list[Words]:
    names = summary.points.task.classes
    width = min(max(len(name) for name in names), columns - 16)
    return [
        [
            (f"  {glyphs.classes[number]} ", int(palette.points[number]) | palette.base),
            (f"{plain(name, glyphs)[:width].ljust(width)} {thousands(count):>9}", palette.text),
        ]
        for number, (name, count) in enumerate(zip(names, summary.class_counts, strict=True))
    ]


def _left_out(summary: DataSummary, glyphs: Glyphs) -> list[str]:
    """What of a file is not learnt."""
    lines = not_learned(summary.left_out, [plain(name, glyphs) for name in summary.ignored])
    if summary.digest:
        lines.append(f"sha256 {summary.digest}")
    return lines
