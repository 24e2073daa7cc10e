"""The chosen neuron: its large picture with what it does in words, or the words alone."""

import re
import textwrap

import numpy as np

from engine.messages.network_view import ChosenNeuron
from tui.charts.network.layout import NetworkLayout
from tui.charts.network.map import draw_border, draw_maps
from tui.charts.network.words import (
    Names,
    activity,
    formula,
    links_out,
    range_words,
    scaled_words,
    turn,
)
from tui.drawing.look import Look
from tui.drawing.number_format import rough
from tui.drawing.palette import WEIGHT_LEVELS
from tui.drawing.picture import Picture

UNUSED_STEP = 4
"""Columns by which less of a formula is tried."""

Line = tuple[str, int]
"""Text, and the pen it is written with."""

INDENT = "  "

NO_BREAK = "\u00a0"
TIED = re.compile(
    r"(?<=[:+-]) (?=[+-]?\d)"
    r"|(?<=\bnode) (?=\d)|(?<=\bclass) (?=\d)|(?<=\bin) (?=\d)"
    r"|(?<=[-+] \d\.\d\d) (?=\w)"
    r"| (?=\.\.)"
)
"""A space at which no line ends: between a sign, a number and the name that it belongs to."""

BETWEEN = 3
"""Columns between two parts of a line."""


def draw_chosen(
    picture: Picture, layout: NetworkLayout, chosen: ChosenNeuron, names: Names, look: Look
) -> None:
    """Draw it into its panel."""
    panel = layout.panel
    if layout.beside == "strip":
        _draw_strip(picture, layout, chosen, names, look)
        return
    title = names.title(chosen.column, chosen.node)
    named = f"{title}   {chosen.activation}" if chosen.activation else title
    picture.write(panel.y, panel.x, named[: panel.width], look.palette.strong)
    large = layout.large
    one_input = len(names.task.inputs) == 1
    (whole,) = draw_maps(
        chosen.map[np.newaxis], large.height, large.width, look, one_input=one_input
    )
    draw_border(whole, chosen.on, look, one_input=one_input)
    picture.paste(large.y, large.x, whole)
    if layout.beside == "right":
        top, left = large.bottom, panel.x
    else:
        top, left = large.y, large.right + 2
    _draw_legend(picture, top, left, panel.right - left, chosen, look)
    _write(picture, top + 1, left, panel.right - left, panel.bottom, chosen, names, look)


def _draw_legend(
    picture: Picture, row: int, left: int, room: int, chosen: ChosenNeuron, look: Look
) -> None:
    """The scale in colours, or in the characters that stand for them."""
    palette, glyphs = look
    low, high = rough(chosen.middle - chosen.scale), rough(chosen.middle + chosen.scale)
    middle = rough(chosen.middle)
    if palette.textured:
        text = f"{low} {glyphs.below[:0:-1]} {middle} {glyphs.above[1:]} {high}"
        picture.write(row, left, text[:room], palette.faint)
        return
    _, papers = palette.neurons
    column = left
    for words, shades in ((low, papers[:WEIGHT_LEVELS]), (middle, papers[WEIGHT_LEVELS + 1 :])):
        picture.write(row, column, words, palette.faint)
        column += len(words) + 1
        for place, pen in enumerate(shades.tolist(), start=column):
            picture.write(row, place, " ", pen)
        column += len(shades) + 1
    picture.write(row, column, high, palette.faint)


def _write(
    picture: Picture,
    row: int,
    left: int,
    room: int,
    bottom: int,
    chosen: ChosenNeuron,
    names: Names,
    look: Look,
) -> None:
    """The words, as many lines as there is room for."""
    palette = look.palette
    lines: list[Line] = [("", palette.text)]
    lines += _wrapped(formula(chosen, names, 3 * room), room, palette.text)
    lines += _wrapped(turn(chosen, names, 3 * room), room, palette.text)
    lines += _wrapped(scaled_words(chosen, names), room, palette.faint)
    lines += _wrapped(links_out(chosen, names, 2 * room), room, palette.text)
    lines += _wrapped(range_words(chosen, names), room, palette.faint)
    does = activity(chosen, 2 * room)
    lines += _wrapped(does, room, palette.alarm if chosen.off or chosen.idle else palette.faint)
    for text, pen in lines[: max(bottom - row, 0)]:
        picture.write(row, left, text[:room], pen)
        row += 1


def _wrapped(text: str, room: int, pen: int) -> list[Line]:
    lines = textwrap.wrap(TIED.sub(NO_BREAK, text), max(room, 8), subsequent_indent=INDENT)
    return [(line.replace(NO_BREAK, " "), pen) for line in lines]


def _formula_lines(
    chosen: ChosenNeuron, names: Names, most: int, room: int, pen: int
) -> list[Line]:
    """As much of the formula as has room in `most` lines: not all of a line can be used, as it ends
    between two words.
    """
    for unused in range(0, (most - 1) * room, UNUSED_STEP):
        lines = _wrapped(formula(chosen, names, most * room - unused), room, pen)
        if len(lines) <= most:
            return lines
    return _wrapped(formula(chosen, names, room), room, pen)


def _draw_strip(
    picture: Picture, layout: NetworkLayout, chosen: ChosenNeuron, names: Names, look: Look
) -> None:
    """Formula and links; where it does nothing, that first."""
    palette, panel = look.palette, layout.panel
    room = panel.width
    does_nothing = chosen.off or chosen.idle
    does = activity(chosen, room), palette.alarm if does_nothing else palette.faint
    second = turn(chosen, names, room), palette.text
    if panel.height == 2:
        second = does if does_nothing else second
        beside = room - len(second[0]) - BETWEEN if second[0] else room
        out = links_out(chosen, names, beside), palette.text
        picture.write(panel.y + 1, panel.x + room - beside, out[0], palette.text)
        lines = [second]
    else:
        out = links_out(chosen, names, room), palette.text
        words = does if does[0] else (range_words(chosen, names), palette.faint)
        lines = [words, second, out] if does_nothing else [second, out, words]
        lines = [line for line in lines if line[0]]
    left = max(panel.height - len(lines), 1)
    lines = [*_formula_lines(chosen, names, left, room, palette.text), *lines]
    for row, (text, pen) in enumerate(lines[: panel.height], start=panel.y):
        picture.write(row, panel.x, text[:room], pen)
