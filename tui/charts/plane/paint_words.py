"""What stands on the edges of the picture of the plane while a person asks, or paints points."""

from engine.messages.snapshot import DataPoints
from tui.charts.plane.words import named_classes
from tui.drawing.frame import Figures, Words, width_of
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import rough
from tui.drawing.palette import Palette

WIDE = 34
"""Columns from which on a title is a sentence."""


def value_of_digit(digit: int, value_range: tuple[float, float]) -> float:
    """0 is the least value of all, 9 the greatest: least + digit / 9 (greatest - least)."""
    least, greatest = value_range
    return least + digit / 9.0 * (greatest - least)


def paint_title(width: int, *, test: bool) -> str:
    """Whose points are painted."""
    side = "test" if test else "training"
    return f"Paint {side} points" if width >= WIDE else f"Paint {side[:5]}"


def ask_title(width: int) -> str:
    """That a point is asked about."""
    return "Ask about a point" if width >= WIDE else "Ask"


def ask_foot(room: int, palette: Palette) -> Figures:
    """What the keys do, in at most `room` columns."""
    return _fitting([[[("arrows", palette.key), (" move  ", palette.faint), *_end(palette)]]], room)


def paint_foot(
    points: DataPoints, room: int, palette: Palette, glyphs: Glyphs, *, test: bool
) -> Figures:
    """The same: which digit adds what, how to remove a point, and to change sides."""
    key, faint = palette.key, palette.faint
    remove: Words = [("x", key), (" remove", faint)]
    turn: Words = [("  t", key), (" train" if test else " test", faint)]
    end: Words = [("  ", faint), *_end(palette)]
    if points.task.is_regression:
        low, high = (rough(value) for value in points.value_range)
        typed: Words = [("enter", key), (" value  ", faint)]
        digits: Words = [("0-9", key), (f" {low} to {high}  ", faint), *typed]
        few: Words = [("0-9", key), (" enter", key), (" add  ", faint)]
    else:
        digits = _classes(points, palette, glyphs)
        few = _classes(points, palette, glyphs, named=False)
    least: Words = [(f"0-{min(len(points.task.classes), 10) - 1}", key), (" add  ", faint)]
    forms = [
        [*digits, *remove, *turn, *end],
        [*few, *remove, *turn, *end],
        [*few, *remove, *end],
        [*few, *remove],
        [*least, *remove],
        remove,
    ]
    return _fitting([[form] for form in forms], room)


def _classes(points: DataPoints, palette: Palette, glyphs: Glyphs, *, named: bool = True) -> Words:
    """The digit of each class, with its mark and its name."""
    words: Words = []
    for number, name in enumerate(named_classes(points.task, glyphs)):
        pen = int(palette.points[number]) | palette.base
        behind = f" {name}  " if name and named else "  "
        words += [
            (f"{number} ", palette.key),
            (glyphs.classes[number], pen),
            (behind, palette.faint),
        ]
    return words


def _end(palette: Palette) -> Words:
    return [("esc", palette.key), (" end", palette.faint)]


def _fitting(forms: list[Figures], room: int) -> Figures:
    """The first of `forms` that has `room`."""
    return next((form for form in forms if width_of(form) - 2 <= room), [])
