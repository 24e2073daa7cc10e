"""Networks put together by hand, as a dashboard is told of them."""

from collections.abc import Sequence

import numpy as np

from engine.messages.network_view import ChosenNeuron, NetworkView, NeuronColumn, Shares
from tui.charts.network.layout import NetworkLayout


def slope(rows: int, columns: int) -> Shares:
    """From far below the middle of a scale on the left to far above it on the right."""
    return np.tile(np.rint(np.linspace(-127, 127, max(columns, 1))[:columns]), (rows, 1)).astype(
        np.int8
    )


def network_of(
    layout: NetworkLayout,
    activation: str = "tanh",
    *,
    one_input: bool = False,
    idle: Sequence[tuple[int, int]] = (),
    off: Sequence[tuple[int, int]] = (),
) -> NetworkView:
    """What answers `layout`: every map is a slope, and weights count up from below 0."""
    asked = layout.request
    if not asked.large_rows:  # as the engine does where no large picture is asked for
        large_shape = asked.rows, asked.columns
    else:
        large_shape = asked.large_rows, asked.large_columns
    rows, large_rows = (1, 1) if one_input else (asked.rows, large_shape[0])
    columns = []
    for index, first in enumerate(layout.first_nodes):
        column, nodes = layout.first_column + index, layout.shown(index)
        before = layout.shown(index - 1) if index else range(0)
        columns.append(
            NeuronColumn(
                column=column,
                first_node=first,
                num_nodes=layout.widths[column],
                activation=activation if column else "",
                maps=np.stack([slope(rows, layout.size.columns)] * len(nodes)),
                middles=np.zeros(len(nodes)),
                scales=np.full(len(nodes), 2.0),
                weights=np.array([[weight(n, b) for b in before] for n in nodes]).reshape(
                    len(nodes), len(before)
                ),
                idle=[(column, node) in idle for node in nodes],
                idle_word="saturated",
                off=[(column, node) in off for node in nodes],
            )
        )
    column, node = layout.chosen
    inputs = layout.widths[column - 1] if column else 0
    targets = layout.widths[column + 1] if column < len(layout.widths) - 1 else 0
    large = slope(large_rows, large_shape[1])
    chosen = ChosenNeuron(
        column=column,
        node=node,
        activation=activation if column else "",
        map=large,
        middle=0.0,
        scale=2.0,
        on=(large > 0).astype(np.int8),
        least=-0.95,
        greatest=1.5,
        weights=np.array([weight(node, source) for source in range(inputs)]),
        bias=0.25 if column else 0.0,
        in_units=np.zeros(0),
        center=0.0,
        unit=1.0,
        outgoing=np.array([weight(target, node) for target in range(targets)]),
        idle=(column, node) in idle,
        idle_word="saturated",
        idle_share=0.25,
        off=(column, node) in off,
    )
    return NetworkView(list(layout.widths), columns, chosen)


def weight(node: int, source: int) -> float:
    """-0.8 from the first source to the first node, then 0.5, 1.8, ..."""
    return round(1.3 * (source + 2 * node) - 0.8, 2)
