"""What stands on the edges of the picture of the plane while a person asks, or paints points."""

from engine.messages.snapshot import DataPoints
from tui.charts.plane_words import named_classes
from tui.drawing.frame import Figures, width_of
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
    other = "train" if test else "test"
    rest = [("x", key), (" remove  ", faint), ("t", key), (f" {other}  ", faint), *_end(palette)]
    short = [("x", key), (" remove  ", faint), *_end(palette)]
    if points.task.is_regression:
        low, high = (rough(end) for end in points.value_range)
        digits = [("0-9", key), (f" {low} to {high}  ", faint), ("enter", key), (" value  ", faint)]
        return _fitting([[[*digits, *rest]], [[*digits[:2], *short]], [short]], room)
    names = named_classes(points.task, glyphs)
    digits = []
    for number, name in enumerate(names):
        mark = glyphs.classes[number], int(palette.points[number]) | palette.base
        digits += [(f"{number}", key), (" ", faint), mark, (f" {name}  " if name else "  ", faint)]
    last = len(names) - 1
    few = [(f"0-{last}", key), (" add  ", faint)]
    return _fitting([[[*digits, *rest]], [[*few, *rest]], [[*few, *short]], [short]], room)


def _end(palette: Palette) -> list[tuple[str, int]]:
    return [("esc", palette.key), (" end", palette.faint)]


def _fitting(forms: list[Figures], room: int) -> Figures:
    """The first of `forms` that has `room`."""
    return next((form for form in forms if width_of(form) - 2 <= room), [])
