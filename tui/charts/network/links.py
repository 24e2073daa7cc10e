"""The links between the pictures of neurons: those of the chosen one with sign and size."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.network_view import NetworkView
from tui.charts.network.layout import MARGIN, NetworkLayout
from tui.drawing.curves import BRAILLE, draw_curve, with_dots
from tui.drawing.look import Look
from tui.drawing.palette import WEIGHT_LEVELS
from tui.drawing.pens import BOLD, ink
from tui.drawing.picture import Picture

MOST_FAINT = 16
"""Links between two columns that are still told apart when all are drawn."""

STRENGTHS = 4
"""Sizes of a link that are told apart: fewer change less often."""

ROOM_FOR_NUMBER = 9
"""Columns between two pictures from which on a link's weight stands beside it."""

NUMBER = len("+1.2")


class Stroke(NamedTuple):
    """The cells of a line, and what stands in each: (cells,)."""

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    marks: npt.NDArray[np.str_]


class Link(NamedTuple):
    """One link of the chosen neuron."""

    weight: float
    strength: int
    """0 to STRENGTHS: as a share of the greatest of those on that side."""
    source: int
    """The row that it comes from."""
    target: int
    """The row that it leads to."""


def draw_links(picture: Picture, layout: NetworkLayout, network: NetworkView, look: Look) -> None:
    """Draw the links of every gutter."""
    for index, column in enumerate(network.columns[1:], start=1):
        left = layout.left_of(index) - layout.gutter
        gutter = picture.part(0, layout.area.bottom, left, left + layout.gutter)
        inner = picture.part(0, layout.area.bottom, left + MARGIN, left + layout.gutter - MARGIN)
        if column.weights.size <= MOST_FAINT and not look.glyphs.ascii_only:
            for link in _links(layout, index, column.weights):
                _draw(inner, link, look.palette.frame, BRAILLE)
        here = layout.chosen.column - layout.first_column
        if here in (index - 1, index):
            _draw_chosen(gutter, layout, index, column.weights, look)


def _middle(layout: NetworkLayout, index: int, node: int) -> int:
    return layout.top_of(index, node) + (layout.size.rows - 1) // 2


def _links(layout: NetworkLayout, index: int, weights: Array) -> list[Link]:
    """The links that lead to column `index`, from (targets, sources), the weakest first."""
    greatest = float(np.abs(weights).max(initial=0.0)) or 1.0
    first = layout.shown(index).start, layout.shown(index - 1).start
    links = [
        Link(
            weight,
            round(abs(weight) / greatest * STRENGTHS),
            _middle(layout, index - 1, first[1] + source),
            _middle(layout, index, first[0] + target),
        )
        for (target, source), weight in np.ndenumerate(weights)
    ]
    return sorted(links, key=lambda link: link.strength)


def _draw_chosen(
    gutter: Picture, layout: NetworkLayout, index: int, weights: Array, look: Look
) -> None:
    """Those of the chosen neuron, with a mark at their other ends."""
    leads_in = layout.chosen.column == layout.first_column + index
    if leads_in:
        node = layout.chosen.node - layout.shown(index).start
        links = _links(layout, index, weights[node : node + 1])
        links = [link._replace(target=_middle(layout, index, layout.chosen.node)) for link in links]
    else:
        node = layout.chosen.node - layout.shown(index - 1).start
        links = _links(layout, index, weights[:, node : node + 1])
        source = _middle(layout, index - 1, layout.chosen.node)
        links = [link._replace(source=source) for link in links]
    numbered = layout.gutter >= ROOM_FOR_NUMBER
    label = NUMBER if numbered else 1
    inside = gutter.columns - label - MARGIN
    left = label if leads_in else MARGIN
    lines = gutter.part(0, gutter.rows, left, left + inside)
    for link in links:
        _draw(lines, link, _pen(link, look), _marker(link, look))
    for link in links:
        text = _in_short(link.weight) if numbered else "-" if link.weight < 0 else "+"
        row, column = (link.source, 0) if leads_in else (link.target, gutter.columns - label)
        gutter.write(row, column, text.rjust(label), _pen(link, look))


def _in_short(weight: float) -> str:
    """A weight in NUMBER characters: +1.2, -.04, +123."""
    text = f"{weight:+.2f}".replace("0.", ".", 1) if abs(weight) < 0.995 else f"{weight:+.1f}"
    return text if len(text) <= NUMBER else f"{weight:+.0f}"[:NUMBER]


def _draw(canvas: Picture, link: Link, pen: int, marker: str) -> None:
    """A line from its source to its target, beside dots that are there already."""
    down, across, marks = _stroke(*canvas.chars.shape, link.source, link.target, marker)
    if marker == BRAILLE:
        marks = with_dots(canvas.chars[down, across], marks.view(np.uint32))
    canvas.chars[down, across] = marks
    canvas.pens[down, across] = pen


@lru_cache(maxsize=2048)
def _stroke(rows: int, columns: int, source: int, target: int, marker: str) -> Stroke:
    """A line from the left edge to the right one. The same ones are drawn for every picture of a
    network.
    """
    canvas = Picture.blank(rows, columns)
    up = 1.0 - (np.array([source, target]) + 0.5) / rows
    draw_curve(canvas, np.array([0.0, 1.0]), up, 0, marker)
    down, across = np.nonzero(canvas.chars != " ")
    return Stroke(down, across, canvas.chars[down, across])


def _marker(link: Link, look: Look) -> str:
    """In plain characters, the line itself has the sign."""
    if not look.glyphs.ascii_only:
        return BRAILLE
    return "." if not link.strength else "-" if link.weight < 0 else "+"


def _pen(link: Link, look: Look) -> int:
    """The stronger, the more of the sign's colour; with few colours, faint, plain or bold."""
    palette = look.palette
    if palette.textured:
        pen = palette.of_sign(link.weight)
        return (palette.faint, palette.faint, pen, pen, pen | BOLD)[link.strength]
    if not link.strength:
        return palette.frame
    level = link.strength * WEIGHT_LEVELS // STRENGTHS
    return (
        ink(palette.weights[WEIGHT_LEVELS + (level if link.weight > 0 else -level)]) | palette.base
    )
