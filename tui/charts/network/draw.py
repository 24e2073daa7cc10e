"""The network: every neuron a small picture of its activation over the plane, the links between them,
and the chosen one large.
"""

from engine.config.task import Task
from engine.messages.network_view import NetworkView, NeuronColumn
from tui.charts.network.chosen import draw_chosen
from tui.charts.network.layout import MARGIN, NetworkLayout
from tui.charts.network.links import draw_links
from tui.charts.network.map import draw_maps
from tui.charts.network.words import Names, mark, names_for, scale_words
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.drawing.short_text import cut


def answers(network: NetworkView, layout: NetworkLayout) -> bool:
    """Whether `network` holds all that `layout` draws."""
    chosen = network.chosen
    return (
        chosen is not None
        and (chosen.column, chosen.node) == layout.chosen
        and has_pictures(network, layout)
    )


def has_pictures(network: NetworkView, layout: NetworkLayout) -> bool:
    """Whether `network` holds the small pictures, and the links between them."""
    columns = network.columns
    starts = tuple(column.first_node for column in columns)
    return (
        tuple(network.widths) == layout.widths
        and starts == layout.first_nodes
        and columns[0].column == layout.first_column
        and all(
            len(column.maps) == len(layout.shown(index)) for index, column in enumerate(columns)
        )
    )


def draw_network(
    network: NetworkView, layout: NetworkLayout, task: Task, rows: int, columns: int, look: Look
) -> Picture:
    """`network`, which has to have the pictures of `layout`, in `rows` by `columns` cells. While the
    chosen neuron is on its way, the one before it is still told of.
    """
    picture = Picture.blank(rows, columns, look.palette.base)
    names = names_for(network, task, look.glyphs)
    draw_links(picture, layout, network, look)
    for index, column in enumerate(network.columns):
        if layout.headed:
            _draw_heading(picture, layout, index, column, names, look)
        one_input = len(task.inputs) == 1
        size = layout.size
        maps = draw_maps(column.maps, size.rows, size.columns, look, one_input=one_input)
        for place, of_one in enumerate(maps):
            top = layout.top_of(index, column.first_node + place)
            picture.paste(top, layout.left_of(index), of_one)
            _draw_caption(picture, layout, index, column, place, names, look)
    if network.chosen is not None:
        draw_chosen(picture, layout, network.chosen, names, look)
    return picture


def _draw_heading(
    picture: Picture,
    layout: NetworkLayout,
    index: int,
    column: NeuronColumn,
    names: Names,
    look: Look,
) -> None:
    is_last = index == len(layout.first_nodes) - 1
    room = layout.size.columns + (MARGIN if is_last else layout.gutter - 1)
    here = column.column == layout.chosen.column
    words = names.heading(column.column, column.activation, room)
    pen = look.palette.text if here else look.palette.faint
    picture.write(layout.area.y, layout.left_of(index), words, pen)


def _draw_caption(
    picture: Picture,
    layout: NetworkLayout,
    index: int,
    column: NeuronColumn,
    place: int,
    names: Names,
    look: Look,
) -> None:
    """Name and scale under a picture, or what has room of that over its last row; marks around it if it
    is the chosen one.
    """
    node = column.first_node + place
    left, top, size = layout.left_of(index), layout.top_of(index, node), layout.size
    palette, glyphs = look
    does_nothing = mark(column.off[place], column.idle[place], column.idle_word)
    scale = scale_words(column.middles[place], column.scales[place], glyphs)
    here = (column.column, node) == layout.chosen
    right = left + size.columns
    if layout.has_caption:
        words = (does_nothing or scale)[: size.columns]
        name = _short_name(names, column.column, node, size.columns - len(words) - 1)
        picture.write(top + size.rows, left, name, palette.text if here else palette.faint)
        pen = palette.alarm if does_nothing else palette.faint
        picture.write_right(top + size.rows, right, words, pen)
    elif does_nothing:
        picture.write_right(top + size.rows - 1, right, does_nothing[: size.columns], palette.alarm)
    elif size.rows > 2 and len(scale) < size.columns:
        picture.write_right(top + size.rows - 1, right, scale, palette.faint)
    if here:
        before, after = tuple(glyphs.around)
        for row in range(top, top + size.rows):
            picture.write(row, left - 1, before, palette.accent)
            picture.write(row, right, after, palette.accent)


def _short_name(names: Names, column: int, node: int, room: int) -> str:
    """The number of a node, the name of a feature or of an output, in at most `room` characters."""
    if 0 < column < names.last:
        return str(node + 1)
    if column == names.last and names.task.is_binary:
        return "output" if room >= len("output") else ""
    return cut(names.neuron(column, node), room)
