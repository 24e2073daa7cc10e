"""How many points there are of each class, beside its glyph."""

from engine.messages.snapshot import DataPoints
from tui.charts.plane.words import named_classes
from tui.drawing.frame import Figures, width_of
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import thousands
from tui.drawing.palette import Palette


def class_counts(points: DataPoints, room: int, palette: Palette, glyphs: Glyphs) -> Figures:
    """The training points of each class: with the names of the classes if these are more than numbers
    and all fit in `room` columns. Of many classes how many there are, where not all have room: some
    would look like all.
    """
    names = named_classes(points.task, glyphs)
    if not counts_have_names(points, room, palette, glyphs):
        names = [""] * len(names)
    counts = _counts(points, names, palette, glyphs)
    if len(counts) > 2 and width_of(counts) > room:
        return [[(f"{len(counts)} classes", palette.text)]]
    return counts


def counts_have_names(points: DataPoints, room: int, palette: Palette, glyphs: Glyphs) -> bool:
    """Whether the names of the classes stand there."""
    names = named_classes(points.task, glyphs)
    return any(names) and width_of(_counts(points, names, palette, glyphs)) <= room


def _counts(points: DataPoints, names: list[str], palette: Palette, glyphs: Glyphs) -> Figures:
    figures = []
    for number, (count, name) in enumerate(zip(points.class_counts, names, strict=True)):
        gap = "  " if number else ""
        words = f" {name} {thousands(count)}" if name else f" {thousands(count)}"
        mark = f"{gap}{glyphs.classes[number]}", int(palette.points[number]) | palette.base
        figures.append([mark, (words, palette.text)])
    return figures


def class_legend(points: DataPoints, room: int, palette: Palette, glyphs: Glyphs) -> Figures:
    """The names of the classes beside their glyphs; nothing where they are but numbers, or do not
    all fit in `room` columns.
    """
    names = named_classes(points.task, glyphs)
    if not any(names):
        return []
    legend: Figures = []
    for number, name in enumerate(names):
        mark = f"{' ' if number else ''}{glyphs.classes[number]}"
        pen = int(palette.points[number]) | palette.base
        legend.append([(mark, pen), (f" {name}", palette.faint)])
    return legend if width_of(legend) - 2 <= room else []
