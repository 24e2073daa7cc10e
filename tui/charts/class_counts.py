"""How many points there are of each class, beside its glyph."""

from engine.messages.snapshot import DataPoints
from tui.charts.plane_words import named_classes
from tui.drawing.frame import Figures, width_of
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import thousands
from tui.drawing.palette import Palette


def class_counts(points: DataPoints, room: int, palette: Palette, glyphs: Glyphs) -> Figures:
    """The training points of each class: with the names of the classes if these are more than numbers
    and all fit in `room` columns.
    """
    names = named_classes(points.task, glyphs)
    named = _counts(points, names, palette, glyphs)
    if width_of(named) <= room:
        return named
    return _counts(points, [""] * len(names), palette, glyphs)


def _counts(points: DataPoints, names: list[str], palette: Palette, glyphs: Glyphs) -> Figures:
    figures = []
    for number, (count, name) in enumerate(zip(points.class_counts, names, strict=True)):
        gap = "  " if number else ""
        words = f" {name} {count}" if name else f" {thousands(count)}"
        mark = f"{gap}{glyphs.classes[number]}", int(palette.points[number]) | palette.base
        figures.append([mark, (words, palette.text)])
    return figures
