"""The figures below the heat map: the weight under the cursor, and statistics of the layer."""

from engine.messages.layer_view import LayerView
from tui.charts.layer_names import NO_NAMES, LayerNames
from tui.drawing.number_format import percent, signed, small, thousands
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

SHORT = {"saturated": "sat."}
"""What idle nodes are called where there is no room for the word."""

Pair = tuple[str, str]
"""A label and its value."""


def figure_rows(rows: int) -> int:
    """How many of `rows` the figures take: the cursor's alone where there are few."""
    return 4 if rows >= 6 else 1 if rows >= 4 else 0


def draw_figures(
    picture: Picture,
    layer: LayerView,
    node: int,
    input_: int,
    palette: Palette,
    names: LayerNames = NO_NAMES,
) -> None:
    """Write them into the lowest rows; `node` and `input_` are the cursor's, counted from 0."""
    lines = [_cursor_figures(layer, node, input_, names), *_layer_figures(layer)]
    count = figure_rows(picture.rows)
    for row, (left, right) in enumerate(lines[:count], start=picture.rows - count):
        _write(picture, row, left, right, palette)


def _cursor_figures(
    layer: LayerView, node: int, input_: int, names: LayerNames
) -> tuple[list[Pair], list[Pair]]:
    window = layer.window
    row, column = node - window.node, input_ - window.input
    if not (0 <= row < layer.parameters.shape[0] and 0 <= column < layer.parameters.shape[1]):
        return [("", "")], [("", "")]
    weight, gradient = float(layer.parameters[row, column]), float(layer.gradient[row, column])
    is_bias = input_ == layer.num_inputs
    long = f"{'bias' if is_bias else f'in {input_ + 1}'} to node {node + 1}"
    short = f"{'bias' if is_bias else input_ + 1}>{node + 1}"
    from_, to = "" if is_bias else names.input(input_), names.node(node)
    named = f"{from_ or long.split(' to ')[0]} to {to or f'node {node + 1}'}"
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


def _layer_figures(layer: LayerView) -> list[tuple[list[Pair], list[Pair]]]:
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
                (SHORT.get(word, word), idle),
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
