"""What the network makes of one point, in words over the lower or the upper edge of the picture."""

import math

from engine.config.task import Task
from engine.messages.network_view import SampleView
from engine.messages.snapshot import DataPoints
from tui.charts.plane.words import shown_name
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import figure, rough
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.short_text import cut

Part = tuple[str, int]
"""Words that stand on one line, and the pen that they are written with."""

GAP = 2
"""Spaces between two parts of a line."""

LONGEST_NAME = 14
"""Characters of an input's name."""

MOST_OF_PICTURE = 0.4
"""Of the rows of the picture, at most, rounded up."""

OTHERS = 6
"""Inputs beside those that are drawn, at most."""


def draw_sample(
    picture: Picture,
    sample: SampleView,
    points: DataPoints,
    palette: Palette,
    glyphs: Glyphs,
    *,
    above: bool,
) -> None:
    """Put it over the lowest rows of `picture`, or over the uppermost: where the point does not lie."""
    most = math.ceil(picture.rows * MOST_OF_PICTURE)
    parts = parts_of(sample, points, palette, glyphs, room=picture.columns - 2)
    lines = wrapped(parts, picture.columns, most)
    first = 0 if above else picture.rows - len(lines)
    for row, line in enumerate(lines, first):
        picture.write(row, 0, " " * picture.columns, palette.text)
        column = 1
        for words, pen in line:
            picture.write(row, column, words, pen)
            column += len(words) + GAP


def parts_of(
    sample: SampleView, points: DataPoints, palette: Palette, glyphs: Glyphs, room: int = 80
) -> list[Part]:
    """Which point it is, where, what it is, what is predicted, its loss; then what else is known. No part
    is longer than `room` where it can be two.
    """
    task, side = points.task, "test" if sample.test else "train"
    drawn = zip(points.plane[: len(task.inputs)], (sample.across, sample.up), strict=False)
    places = [_input(name, value, glyphs) for name, value in drawn]
    where = "  ".join(places)
    is_wrong = not task.is_regression and sample.prediction != sample.label
    pen = palette.alarm if is_wrong else palette.strong
    return [
        (f"point {sample.index + 1} ({side})", palette.strong),
        *((words, palette.text) for words in ([where] if len(where) <= room else places)),
        *((words, pen) for words in _prediction(sample, task, glyphs)),
        (f"loss {figure(sample.loss, 6).strip()}".ljust(11), palette.text),
        *((words, palette.faint) for words in _rest(sample, points, glyphs)),
    ]


def wrapped(parts: list[Part], columns: int, most: int) -> list[list[Part]]:
    """`parts` in at most so many lines of `columns`, in order; those without room are left out."""
    lines: list[list[Part]] = []
    room = 0
    for words, pen in parts:
        if lines and len(words) + GAP <= room:
            lines[-1].append((words, pen))
            room -= len(words) + GAP
        elif len(lines) < most:
            lines.append([(words, pen)])
            room = columns - 2 - len(words)
        else:
            break
    return lines


def _prediction(sample: SampleView, task: Task, glyphs: Glyphs) -> list[str]:
    """What it is, and what is predicted."""
    if task.is_regression:
        miss = rough(sample.prediction - sample.label, with_sign=True)
        said = f"predicted {rough(sample.prediction)}"
        return [f"is {rough(sample.label)}".ljust(9), said.ljust(16), f"off by {miss}".ljust(15)]
    real, predicted = int(sample.label), int(sample.prediction)
    names = [cut(shown_name(name, glyphs), LONGEST_NAME) for name in task.classes]
    share = f"{100.0 * sample.probabilities[predicted]:5.1f} %"
    return [f"is {names[real]}", f"predicted {names[predicted]} at {share}"]


def _rest(sample: SampleView, points: DataPoints, glyphs: Glyphs) -> list[str]:
    """The next likeliest class, and inputs that are not drawn."""
    task = points.task
    rest = []
    if len(task.classes) > 2:
        _, second = sorted(range(len(task.classes)), key=lambda n: -sample.probabilities[n])[:2]
        name = cut(shown_name(task.classes[second], glyphs), LONGEST_NAME)
        rest.append(f"then {name} at {100.0 * sample.probabilities[second]:.1f} %")
    others = [
        _input(name, value, glyphs)
        for name, value in zip(task.inputs, sample.inputs, strict=True)
        if name not in points.plane
    ]
    return [*rest, *others[:OTHERS]]


def _input(name: str, value: float, glyphs: Glyphs) -> str:
    return f"{cut(shown_name(name, glyphs), LONGEST_NAME)} {rough(value, with_sign=True)}"
