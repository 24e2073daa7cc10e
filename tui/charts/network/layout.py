"""Where each part of the network view lies: a picture of every neuron, column by column, the links
between them, and the chosen neuron large.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from textual.geometry import Region

from engine.messages.view import NetworkRequest
from tui.charts.plane.cells import FIELD_ROWS_PER_CELL
from tui.drawing.scrolling import first_shown
from tui.drawing.short_text import fitting

Beside = Literal["right", "below", "strip"]
"""Where the chosen neuron is told of: beside the others, below them, or below them in words alone."""


class Neuron(NamedTuple):
    """One neuron, counted from 0; column 0 holds the features, the last one the outputs."""

    column: int
    node: int


class MapSize(NamedTuple):
    """The size of one neuron's picture, and the rows from one to the next, all in cells."""

    columns: int
    rows: int
    slot: int


SIZES = (
    MapSize(20, 10, 12),
    MapSize(16, 8, 10),
    MapSize(14, 7, 8),
    MapSize(12, 6, 7),
    MapSize(10, 5, 6),
    MapSize(8, 4, 5),
    MapSize(8, 4, 4),
    MapSize(6, 3, 3),
    MapSize(6, 2, 2),
)
"""From the most generous on."""

READABLE = SIZES.index(MapSize(8, 4, 4)) + 1
"""So many of the sizes show more than a hint; for the others, the chosen neuron gives up its room."""

MOST_GUTTER = 16
MARGIN = 1
"""Columns left and right of all pictures, for the marks around the chosen one."""

LEAST_RIGHT, SHARE_RIGHT = 34, 3
"""Columns that the chosen neuron has at least on the right, and the part of all that it has there."""

COLUMNS_FOR_RIGHT, ROWS_FOR_RIGHT, ROWS_FOR_BELOW = 90, 14, 26
LEAST_BELOW = 10
WORDS_RIGHT = 10
"""Rows of words under the large picture on the right."""


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """All of it, for a pane of one size; places are cells, counted from the upper left corner."""

    chosen: Neuron
    widths: tuple[int, ...]
    """Neurons of every column."""
    size: MapSize
    gutter: int
    """Columns between two pictures."""
    headed: bool
    """Whether there is a row above that names the columns."""
    first_column: int
    first_nodes: tuple[int, ...]
    """Of each column that is seen."""
    most_nodes: int
    """That are seen of one column."""
    area: Region
    """Where the pictures lie."""
    beside: Beside
    panel: Region
    """Where the chosen neuron is told of."""
    large: Region
    """Its large picture; empty in a strip."""

    @property
    def has_caption(self) -> bool:
        """Whether a row of words stands under each picture."""
        return self.size.slot > self.size.rows

    @property
    def map_rows(self) -> int:
        """Rows that a neuron's map has: two a cell, one less where the next picture follows at once."""
        return self.size.rows * FIELD_ROWS_PER_CELL - (not self.has_caption)

    def shown(self, index: int) -> range:
        """The nodes that are seen of the column that is `index` places behind the first."""
        first = self.first_nodes[index]
        return range(first, min(first + self.most_nodes, self.widths[self.first_column + index]))

    def left_of(self, index: int) -> int:
        """The first column of cells of a column's pictures."""
        return self.area.x + MARGIN + index * (self.size.columns + self.gutter)

    def top_of(self, index: int, node: int) -> int:
        """The first row of the picture of `node`, one of those that are seen."""
        nodes = self.shown(index)
        spare = self.area.height - self.headed - len(nodes) * self.size.slot
        return (
            self.area.y + self.headed + max(spare, 0) // 2 + (node - nodes.start) * self.size.slot
        )

    @property
    def request(self) -> NetworkRequest:
        """What it draws."""
        return NetworkRequest(
            rows=self.map_rows,
            columns=self.size.columns,
            first_column=self.first_column,
            first_nodes=self.first_nodes,
            nodes=self.most_nodes,
            chosen=(self.chosen.column, self.chosen.node),
            large_rows=self.large.height * FIELD_ROWS_PER_CELL,
            large_columns=self.large.width,
        )

    def neuron_at(self, row: int, column: int) -> Neuron | None:
        """The neuron whose picture lies there, if one does."""
        for index in range(len(self.first_nodes)):
            left = self.left_of(index)
            if left <= column < left + self.size.columns:
                for node in self.shown(index):
                    if 0 <= row - self.top_of(index, node) < self.size.slot:
                        return Neuron(self.first_column + index, node)
        return None

    def part_seen(self, room: int) -> str:
        """Which part of the network is seen, in at most `room` characters; empty if all is."""
        count, shown = len(self.widths), len(self.first_nodes)
        here = self.shown(self.chosen.column - self.first_column)
        nodes = self.widths[self.chosen.column]
        parts = []
        if shown < count:
            parts.append((f"columns {self.first_column + 1}-{self.first_column + shown}", count))
        if len(here) < nodes:
            parts.append((f"nodes {here.start + 1}-{here.stop}", nodes))
        forms = [
            ", ".join(f"{part} of {whole}" for part, whole in parts),
            ", ".join(f"{part.split()[1]}/{whole}" for part, whole in parts),
        ]
        return fitting(forms, room)


def fit_network(widths: Sequence[int], chosen: Neuron, rows: int, columns: int) -> NetworkLayout:
    """The layout for a network of those `widths` in `rows` by `columns` cells, as large as all of it
    fits; else a part of it around `chosen`.
    """
    widths = tuple(widths)
    chosen = within(chosen, widths)
    ways = _ways(rows, columns)
    for few, most in ((0, READABLE), (READABLE, len(SIZES))):
        for beside in ways:
            panel, area = _divided(beside, rows, columns)
            for size in SIZES[few:most]:
                if _fits(size, widths, area):
                    return _layout(beside, size, widths, chosen, area, panel)
    panel, area = _divided(ways[0], rows, columns)
    large_enough = _columns_in(SIZES[READABLE - 1], area) >= 3 and area.height >= 16
    size = SIZES[READABLE - 1] if large_enough else SIZES[-1]
    return _layout(ways[0], size, widths, chosen, area, panel)


def within(chosen: Neuron, widths: Sequence[int]) -> Neuron:
    """`chosen`, or the neuron nearest to it that there is."""
    column = min(max(chosen.column, 0), len(widths) - 1)
    return Neuron(column, min(max(chosen.node, 0), widths[column] - 1))


def least_gutter(size: MapSize) -> int:
    """Columns between pictures of that size that links need."""
    return 4 if size.columns < 8 else 5


def _ways(rows: int, columns: int) -> list[Beside]:
    """Where the chosen neuron can be, the best first."""
    ways: list[Beside] = []
    if columns >= COLUMNS_FOR_RIGHT and rows >= ROWS_FOR_RIGHT:
        ways.append("right")
    elif rows >= ROWS_FOR_BELOW:
        ways.append("below")
    return [*ways, "strip"]


def _divided(beside: Beside, rows: int, columns: int) -> tuple[Region, Region]:
    """The chosen neuron's part, and that of all others."""
    if beside == "right":
        wide = max(columns // SHARE_RIGHT, LEAST_RIGHT)
        return Region(columns - wide, 0, wide, rows), Region(0, 0, columns - wide - 1, rows)
    tall = max(rows // 3, LEAST_BELOW)
    if beside == "strip":
        tall = min(2 if columns >= 60 else 3 if rows < 16 else 4, max(rows - 2, 0))
    return Region(0, rows - tall, columns, tall), Region(0, 0, columns, rows - tall)


def _fits(size: MapSize, widths: tuple[int, ...], area: Region) -> bool:
    return _columns_in(size, area) >= len(widths) and max(widths) * size.slot <= area.height


def _columns_in(size: MapSize, area: Region) -> int:
    gutter = least_gutter(size)
    return (area.width - 2 * MARGIN + gutter) // (size.columns + gutter)


def _layout(
    beside: Beside,
    size: MapSize,
    widths: tuple[int, ...],
    chosen: Neuron,
    area: Region,
    panel: Region,
) -> NetworkLayout:
    count = max(min(_columns_in(size, area), len(widths)), 1)
    nodes = max(min(area.height // size.slot, max(widths)), 1)
    spare = area.width - 2 * MARGIN - count * size.columns
    gutter = max(min(spare // max(count - 1, 1), MOST_GUTTER), least_gutter(size))
    if beside == "right":  # what the pictures leave of the width
        used = 2 * MARGIN + count * size.columns + (count - 1) * gutter
        panel = Region(used + 1, 0, panel.right - used - 1, panel.height)
        area = Region(0, 0, used, area.height)
    first = first_shown(chosen.column, count, len(widths))
    return NetworkLayout(
        chosen=chosen,
        widths=widths,
        size=size,
        gutter=gutter,
        headed=area.height > nodes * size.slot,
        first_column=first,
        first_nodes=_first_nodes(widths[first : first + count], chosen, first, nodes),
        most_nodes=nodes,
        area=area,
        beside=beside,
        panel=panel,
        large=_large(beside, panel),
    )


def _first_nodes(
    widths: tuple[int, ...], chosen: Neuron, first_column: int, nodes: int
) -> tuple[int, ...]:
    """Every column is as far down as the one of the chosen neuron."""
    width = widths[chosen.column - first_column]
    start = first_shown(chosen.node, min(nodes, width), width)
    share = start / (width - nodes) if width > nodes else 0.0
    return tuple(round(share * max(width - nodes, 0)) for width in widths)


def _large(beside: Beside, panel: Region) -> Region:
    """The large picture, twice as wide as it is high, below a row of words."""
    if beside == "strip":
        return Region(panel.x, panel.y, 0, 0)
    room = panel.height - (WORDS_RIGHT if beside == "right" else 1)
    tall = max(min(room, panel.width // (2 if beside == "right" else 4)), 1)
    return Region(panel.x, panel.y + 1, min(2 * tall, panel.width), tall)
