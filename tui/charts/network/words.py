"""What a neuron does, in words and numbers: its formula, where it turns on, what goes on from it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.config.task import Task
from engine.messages.network_view import ChosenNeuron, NetworkView
from tui.charts.layer.names import SHORT_IDLE, LayerNames, names_of
from tui.charts.plane.words import is_number
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import rough
from tui.drawing.short_text import cut, fitting

LEFT_OUT = " .."
MOST_NAME = 14
"""Characters of a feature's name in a formula."""

LEAST_SHOWN = 0.01
"""That two decimals show."""

CROSSINGS = {
    "sigmoid": ("above 0.5", "> 0.5"),
    "tanh": ("above 0", "> 0"),
    "sine": ("above 0", "> 0"),
}
"""What happens to an activation where z becomes greater than 0, in long and in short."""

TURNS_ON = ("turns on", "on")
"""What happens to all others there."""


class Names(NamedTuple):
    """What is known of a network besides its neurons."""

    task: Task
    widths: Sequence[int]
    glyphs: Glyphs

    @property
    def last(self) -> int:
        """The column of the outputs."""
        return len(self.widths) - 1

    def _of_column(self, column: int) -> LayerNames:
        return names_of(self.task, max(column - 1, 0), self.last - 1, self.glyphs)

    def neuron(self, column: int, node: int) -> str:
        """`area`, `node 3`, `versicolor`, or `P(class 1)` for the one output that tells two classes
        apart.
        """
        names = self._of_column(column)
        if column == 0:
            return cut(names.input(node), MOST_NAME) or f"input {node + 1}"
        if column < self.last:
            return f"node {node + 1}"
        if not self.task.is_binary:
            return cut(names.node(node), MOST_NAME) or f"output {node + 1}"
        return f"P({_class_name(self.task)})"

    def taken_in(self, column: int, place: int) -> str:
        """A neuron of the column before, as one of `column` takes it in: a feature, or `in 3`."""
        return self.neuron(0, place) if column == 1 else f"in {place + 1}"

    def title(self, column: int, node: int) -> str:
        """`feature x`, `layer 2, node 3`, `output`."""
        name = self.neuron(column, node)
        if column == 0:
            return f"feature {name}"
        return f"layer {column}, {name}" if column < self.last else f"output {name}"

    def heading(self, column: int, activation: str, room: int) -> str:
        """Above a column, in at most `room` characters."""
        activation = "" if activation == "none" else activation
        if column == 0:
            forms = ["features", "in"]
        elif column == self.last:
            forms = [f"output {activation}", "output", "out"]
        else:
            forms = [f"layer {column} {activation}", f"{column} {activation}", f"layer {column}"]
        return fitting([*(form.strip() for form in forms), str(column)], room)


def _class_name(task: Task) -> str:
    """The class that an output near 1 means."""
    name = task.classes[-1]
    named = name.isascii() and not is_number(name)
    return cut(name, MOST_NAME) if named else f"class {name}"[: MOST_NAME + 6]


def number(value: float, *, beside: float = 0.0) -> str:
    """Two decimals without a sign, or three digits where these would hide it; not so `beside` a value that
    two decimals show: what is small then is as good as nothing, and its digits would only come and go.
    """
    size = abs(value)
    shows = max(size, abs(beside)) >= LEAST_SHOWN or not size
    return f"{size:.2f}" if shows and size < 1000.0 else rough(size)


def largest(*values: Array | float) -> float:
    """The greatest magnitude of them all."""
    return max(float(np.abs(one).max(initial=0.0)) for one in values)


def sum_of(terms: list[tuple[float, str]], *, beside: float = 0.0) -> str:
    """`1.24 x - 0.31 y + 0.85`; a term without a name is the number alone."""
    text = ""
    for value, name in terms:
        sign = "-" if value < 0 else "+"
        lead = f" {sign} " if text else "-" if value < 0 else ""
        text += f"{lead}{number(value, beside=beside)}{f' {name}' if name else ''}"
    return text


def by_size(weights: Array, most: int) -> list[int]:
    """The places of the `most` greatest magnitudes; in their own order if that is all."""
    if weights.size <= most:
        return list(range(weights.size))
    places: list[int] = np.argsort(-np.abs(weights), kind="stable")[:most].tolist()
    return places


def formula(chosen: ChosenNeuron, names: Names, room: int) -> str:
    """`node 3 = tanh(1.24 x - 0.31 y + 0.85)` in at most `room` characters: without the name, and then with
    the largest weights alone, where not all has room.
    """
    name = names.neuron(chosen.column, chosen.node)
    if chosen.column == 0:
        if chosen.unit == 1.0 and chosen.center == 0.0:
            return f"{name}, as it is"[:room]
        center = f"{'+' if chosen.center < 0 else '-'} {number(chosen.center)}"
        return f"taken in as ({name} {center}) / {number(chosen.unit)}"[:room]
    before, after = _around(chosen)
    scaled = "'" if chosen.in_units.size else ""
    beside = largest(chosen.weights, chosen.bias)
    bias = number(chosen.bias, beside=beside)
    for most in range(chosen.weights.size, -1, -1):
        terms = [
            (float(chosen.weights[place]), names.taken_in(chosen.column, place) + scaled)
            for place in by_size(chosen.weights, most)
        ]
        rest = f"{LEFT_OUT if most else LEFT_OUT.strip()} " if most < chosen.weights.size else " "
        sign = "-" if chosen.bias < 0 else "+"
        text = f"= {before}{sum_of(terms, beside=beside)}{rest}{sign} {bias}{after}"
        for form in (f"{name} {text}", text):
            if len(form) <= room:
                return form
    return f"{name} = {before}..{after}"[:room]


def _around(chosen: ChosenNeuron) -> tuple[str, str]:
    """What stands before and after the sum."""
    if chosen.unit != 1.0 or chosen.center != 0.0:
        return f"{rough(chosen.center)} + {number(chosen.unit)} (", ")"
    return ("", "") if chosen.activation == "none" else (f"{chosen.activation}(", ")")


def turn(chosen: ChosenNeuron, names: Names, room: int) -> str:
    """`turns on where 1.24 x - 0.31 y > -0.85`, in the unit of the data; empty beyond the first layer,
    where that means nothing, or without room.
    """
    if chosen.column != 1 or not chosen.on.size:
        return ""
    values = chosen.in_units if chosen.in_units.size else np.append(chosen.weights, chosen.bias)
    # in the unit of the data, a small weight may go with a large feature
    beside = 0.0 if chosen.in_units.size else largest(values)
    terms = [(float(w), names.neuron(0, place)) for place, w in enumerate(values[:-1])]
    bound = -float(values[-1])
    sign = "-" if bound < 0 else ""
    where = f"where {sum_of(terms, beside=beside)} > {sign}{number(bound, beside=beside)}"
    words = CROSSINGS.get(chosen.activation, TURNS_ON)
    return fitting([*(f"{crossing} {where}" for crossing in words), where], room)


def scaled_words(chosen: ChosenNeuron, names: Names) -> str:
    """What the stroke behind a feature's name in the formula means; empty if none is there."""
    if not chosen.in_units.size:
        return ""
    return f"{names.neuron(0, 0)}' is {names.neuron(0, 0)} on the common scale"


def links_out(chosen: ChosenNeuron, names: Names, room: int) -> str:
    """`to node 2: +0.31, node 5: -0.80` in at most `room` characters: in their own order, or, where not all
    have room, the largest first.
    """
    return _listed("to ", chosen.outgoing, lambda to: names.neuron(chosen.column + 1, to), room)


def _listed(lead: str, weights: Array, name_of: Callable[[int], str], room: int) -> str:
    beside = largest(weights)
    parts = [
        f"{name_of(place)}: {'-' if weight < 0 else '+'}{number(weight, beside=beside)}"
        for place, weight in enumerate(weights.tolist())
    ]
    whole = lead + ", ".join(parts)
    if len(whole) <= room:
        return whole if parts else ""
    text = ""
    for place in np.argsort(-np.abs(weights), kind="stable").tolist():
        longer = f"{text}, {parts[place]}" if text else lead + parts[place]
        if len(longer) > room:
            break
        text = longer
    return text + LEFT_OUT if text and len(text) + len(LEFT_OUT) <= room else text


def activity(chosen: ChosenNeuron, room: int) -> str:
    """Whether it is switched off, or idle on all or some of the training points, in at most `room`
    characters.
    """
    if chosen.off:
        return "switched off: puts out 0"[:room]
    if not chosen.idle_word:
        return ""
    percent = f"{min(max(round(100 * chosen.idle_share), 1), 99)}%"  # some, and not all
    on = "every" if chosen.idle else "no" if not chosen.idle_share else f"{percent} of the"
    points = "points" if on.endswith("the") else "point"
    forms = [
        f"{chosen.idle_word} on {on} training {points}",
        f"{chosen.idle_word} on {on} {points}",
        f"{chosen.idle_word} on {on.split()[0]}",
    ]
    return next((form for form in forms if len(form) <= room), "")


def range_words(chosen: ChosenNeuron, names: Names) -> str:
    """The least and the greatest that it puts out."""
    where = "plane" if len(names.task.inputs) > 1 else "data"
    beside = largest(chosen.least, chosen.greatest)
    least, greatest = (
        f"{'-' if end < 0 else ''}{number(end, beside=beside)}"
        for end in (chosen.least, chosen.greatest)
    )
    return f"{least} to {greatest} over the {where}"


def scale_words(middle: float, half: float, glyphs: Glyphs) -> str:
    """`±2`, or `0..1` where the middle is not 0."""
    if not middle:
        return f"{glyphs.plus_minus}{rough(half)}"
    return f"{rough(middle - half)}..{rough(middle + half)}"


def mark(off: bool, idle: bool, idle_word: str) -> str:
    """A word for a neuron that does nothing; empty for any other."""
    return "off" if off else SHORT_IDLE.get(idle_word, idle_word) if idle else ""


def names_for(network: NetworkView, task: Task, glyphs: Glyphs) -> Names:
    """The names of a network's neurons."""
    return Names(task, network.widths, glyphs)
