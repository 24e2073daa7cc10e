"""The figures below the heat map: the weight under the cursor, and statistics of the layer."""

from engine.messages.layer_view import LayerView
from tui.charts.layer.grid import Cursor, figure_rows
from tui.charts.layer.names import NO_NAMES, SHORT_IDLE, LayerNames
from tui.charts.layer.update import LEAST_ROWS, draw_update, parts_shown
from tui.charts.layer.update_words import UpdateContext
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import percent, signed, small, thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

WIDEST = 76
"""Columns that the figures are spread over, that those of a row are read together."""

Pair = tuple[str, str]
"""A label and its value."""

Line = tuple[list[Pair], list[Pair]]
"""What stands on the left and on the right of a row, each from the longest form to the shortest."""


def draw_figures(
    picture: Picture,
    layer: LayerView,
    cursor: Cursor,
    palette: Palette,
    glyphs: Glyphs,
    names: LayerNames = NO_NAMES,
    context: UpdateContext | None = None,
) -> None:
    """Write them into the lowest rows: the next update of the parameter at the `cursor`, in the `context` of
    its run, then the layer's. An update that is still of the parameter before stays until the other comes.
    """
    count, update = figure_rows(picture.rows, layer.num_nodes), layer.update
    if context is None or update is None or count < LEAST_ROWS:
        left, right = _cursor_figures(layer, cursor.node, cursor.input, names)
        figures = [(left, right), *_layer_figures(layer)][:count]
    else:
        parts = parts_shown(count, picture.columns, context.config)
        figures = _most_important(_layer_figures(layer), count - len(parts))
        top = picture.rows - len(parts) - len(figures)
        block = picture.part(top, top + len(parts), 0, picture.columns)
        draw_update(block, parts, layer, update, context, palette, glyphs, names)
    near = picture.part(0, picture.rows, 0, min(picture.columns, WIDEST))
    for row, (left, right) in enumerate(figures, start=picture.rows - len(figures)):
        _write(near, row, left, right, palette)


def _most_important(figures: list[Line], count: int) -> list[Line]:
    """So many of the layer's figures, in order: the gradient's norm and the idle nodes are the last to go."""
    return figures[-count:] if count > 0 else []


def _cursor_figures(layer: LayerView, node: int, input_: int, names: LayerNames) -> Line:
    window = layer.window
    row, column = node - window.node, input_ - window.input
    if not (0 <= row < layer.parameters.shape[0] and 0 <= column < layer.parameters.shape[1]):
        return [("", "")], [("", "")]
    weight, gradient = float(layer.parameters[row, column]), float(layer.gradient[row, column])
    named, long, short = names.link(node, input_, is_bias=input_ == layer.num_inputs)
    slope = small(gradient, 7)
    left = [
        (named, f"{_every_digit(weight):>22}"),
        (named, signed(weight, 9, 5)),
        (named, signed(weight, 9, 5)),
        *([(long, signed(weight, 9, 5))] * 2 if named != long else ()),
        (short, signed(weight, 9, 5)),
        (short, signed(weight, 7, 4)),
        (short, signed(weight, 7, 4)),
    ]
    right = [
        ("gradient", _every_digit(gradient)),
        ("gradient", slope),
        ("grad", slope),
        *([("gradient", slope), ("grad", slope)] if named != long else ()),
        *[("grad", slope)] * 2,
        ("g", slope),
    ]
    return left, right


def _layer_figures(layer: LayerView) -> list[Line]:
    word = layer.idle_word
    idle = f"{thousands(layer.idle_nodes)}/{thousands(layer.num_nodes)}"
    share = percent(layer.idle_nodes / layer.num_nodes).strip()
    norm = small(layer.gradient_norm, 8).replace("+", " ")
    deviation = signed(layer.std, 7).replace("+", " ")
    return [
        ([("mean", signed(layer.mean, 7))], [("std", deviation)]),
        ([("min", signed(layer.least, 8))], [("max", signed(layer.greatest, 7))]),
        (
            [*[("gradient norm", norm)] * 2, ("|grad|", norm)],
            [
                (word, f"{idle} {share}"),
                *[(word, idle)] * 2,
                (SHORT_IDLE.get(word, word), idle),
                ("", idle),
            ]
            if word
            else [("", "")],
        ),
    ]


def _write(
    picture: Picture, row: int, left: list[Pair], right: list[Pair], palette: Palette
) -> None:
    """Write the longest of the forms that fit side by side; else the left one alone."""
    for form in range(max(len(left), len(right))):
        here, there = left[min(form, len(left) - 1)], right[min(form, len(right) - 1)]
        if _length(here) + 1 + _length(there) <= picture.columns:
            middle = min(picture.columns // 2 + 1, picture.columns - _length(there))
            _write_pair(picture, row, 0, here, palette)
            _write_pair(picture, row, max(middle, _length(here) + 1), there, palette)
            return
    if _length(left[-1]) <= picture.columns:
        _write_pair(picture, row, 0, left[-1], palette)


def _every_digit(value: float) -> str:
    return repr(value) if value < 0 else f"+{value!r}"


def _length(pair: Pair) -> int:
    return len(pair[0]) + 1 + len(pair[1])


def _write_pair(picture: Picture, row: int, column: int, pair: Pair, palette: Palette) -> None:
    label, value = pair
    picture.write(row, column, label, palette.faint)
    picture.write(row, column + len(label) + 1, value, palette.text)
