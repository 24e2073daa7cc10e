"""What the panes of points are called, and what the plane is drawn over, as there is room."""

from engine.config.task import Task
from engine.messages.snapshot import DataPoints
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import rough
from tui.drawing.short_text import cut, cut_front, fitting, in_cells

LEAST_NAME = 5
"""Characters of a name that are still worth showing."""

PLAIN_NAMES = ("x", "y")
"""Inputs that are called like the axes need no word."""


def shown_name(name: str, glyphs: Glyphs) -> str:
    """A name of the data as pictures can show it."""
    return in_cells(name, ascii_only=glyphs.ascii_only)


def plane_words(points: DataPoints, room: int, glyphs: Glyphs) -> str:
    """What is drawn over what, in at most `room` characters; empty where that says nothing, or where
    there is no room.
    """
    across, up = (shown_name(name, glyphs) for name in points.plane)
    inputs = points.task.inputs
    if len(inputs) == 1:
        ends = points.value_range
        range_ = [f"{up} over {across}, {in_words(ends)}"] if points.task.is_regression else []
        forms = [*range_, f"{up} over {across}"]
    elif inputs == PLAIN_NAMES:
        return ""
    else:
        plane = f"{across} {glyphs.times} {up}"
        rest = [f"{plane}, others at their median"] if len(inputs) > 2 else []
        each = (room - len(f" {glyphs.times} ")) // 2
        shortens = cut if cut(across, each) != cut(up, each) else cut_front  # they are told apart
        short = [shortens(name, each) for name in (across, up)]
        shortened = [f" {glyphs.times} ".join(short)] if each >= LEAST_NAME else []
        forms = [*rest, plane, *shortened]
    return fitting(forms, room)


def in_words(value_range: tuple[float, float]) -> str:
    """The least and the greatest value: `-1.2 to 3.4`."""
    return " to ".join(rough(end) for end in value_range)


def titled(words: str, task: Task) -> str:
    """`Real` or `Test points: real` with what is real or predicted: classes or values."""
    return f"{words} {'values' if task.is_regression else 'classes'}"


def is_number(name: str) -> bool:
    """Whether a class has but a number for its name."""
    return name.lstrip("+-").replace(".", "", 1).isdecimal()


def named_classes(task: Task, glyphs: Glyphs) -> list[str]:
    """The names of the classes where they say more than a number would; else empty ones."""
    if all(map(is_number, task.classes)):
        return [""] * len(task.classes)
    return [shown_name(name, glyphs) for name in task.classes]
