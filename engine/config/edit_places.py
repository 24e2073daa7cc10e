"""Which edits a network has a place for. Layers are given by the shapes of their parameters, (nodes,
inputs + 1) each, first to last; what is said of them counts from 1.
"""

from collections.abc import Sequence

from engine.config.edits import Edits, Frozen, Place
from engine.errors import ConfigError

Shapes = Sequence[tuple[int, int]]


def check_place(place: Place, shapes: Shapes) -> None:
    """ConfigError unless there is such a parameter."""
    _check_node(place.layer, place.node, shapes)
    columns = shapes[place.layer][1]
    if not 0 <= place.input < columns:
        raise ConfigError(
            "input",
            f"there is no input {place.input + 1} of layer {place.layer + 1}, which has"
            f" {columns - 1} and, after them, the bias",
        )


def position_of(place: Place, shapes: Shapes) -> int:
    """Which of all parameters, layer by layer and row by row, is the one at `place`."""
    before = sum(nodes * columns for nodes, columns in shapes[: place.layer])
    return before + place.node * shapes[place.layer][1] + place.input


def check_hidden(layer: int, node: int, shapes: Shapes) -> None:
    """ConfigError unless there is such a node, in a hidden layer."""
    _check_node(layer, node, shapes)
    if layer == len(shapes) - 1:
        raise ConfigError("node", "only a hidden node can be switched off, and this is an output")


def check_edits(edits: Edits, shapes: Shapes) -> None:
    """ConfigError unless there is a place for all of `edits`."""
    for layer, node in edits.off:
        check_hidden(layer, node, shapes)
    for frozen in edits.frozen:
        if frozen.node is None and frozen.input is not None:
            raise ConfigError("freeze", "an input is frozen for one node, or with all of its layer")
        check_place(Place(frozen.layer, frozen.node or 0, frozen.input or 0), shapes)


def edits_that_fit(edits: Edits, before: Shapes, after: Shapes) -> Edits:
    """Those of `edits` of the layers `before` that have a place in the layers `after`, where their
    parameters are carried over to: see `transplant`.
    """
    off = [
        (layer, node)
        for layer, node in edits.off
        if layer < len(after) - 1 and node < after[layer][0]
    ]
    moved = (_moved(one, before, after) for one in edits.frozen)
    return Edits(tuple(off), tuple(one for one in moved if one is not None))


def _moved(frozen: Frozen, before: Shapes, after: Shapes) -> Frozen | None:
    """Where it is in the layers `after`; None if it has no place there."""
    layer, node, column = frozen
    if layer == len(before) - 1:
        layer = len(after) - 1
    elif layer >= len(after) - 1:
        return None
    nodes, columns = after[layer]
    if column is not None and column == before[frozen.layer][1] - 1:
        column = columns - 1  # the bias
    elif column is not None and column >= columns - 1:
        return None
    return None if node is not None and node >= nodes else Frozen(layer, node, column)


def _check_node(layer: int, node: int, shapes: Shapes) -> None:
    if not 0 <= layer < len(shapes):
        raise ConfigError("layer", f"there is no layer {layer + 1} among {len(shapes)}")
    if not 0 <= node < shapes[layer][0]:
        raise ConfigError(
            "node",
            f"there is no node {node + 1} in layer {layer + 1}, which has {shapes[layer][0]}",
        )
