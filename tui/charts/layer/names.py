"""What the inputs and the nodes of a layer are called, where they have names."""

from typing import NamedTuple

from engine.config.task import Task
from tui.charts.plane.words import named_classes, shown_name
from tui.drawing.glyphs import Glyphs

SHORT_IDLE = {"saturated": "sat."}
"""What idle nodes are called where there is no room for the word."""


class LayerNames(NamedTuple):
    """Names in order; empty where there are but numbers."""

    inputs: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    def input(self, number: int) -> str:
        """The name of the input with that number, counted from 0; empty if it has none."""
        return self.inputs[number] if number < len(self.inputs) else ""

    def node(self, number: int) -> str:
        """The same for a node."""
        return self.nodes[number] if number < len(self.nodes) else ""

    def link(self, node: int, input_: int, *, is_bias: bool) -> tuple[str, str, str]:
        """What a parameter is called: with the names, by numbers, and as short as can be."""
        first = "bias" if is_bias else f"in {input_ + 1}"
        last = f"node {node + 1}"
        named = first if is_bias else self.input(input_) or first
        short = f"{'bias' if is_bias else input_ + 1}>{node + 1}"
        return f"{named} to {self.node(node) or last}", f"{first} to {last}", short


NO_NAMES = LayerNames()


def names_of(task: Task, layer: int, hidden_layers: int, glyphs: Glyphs) -> LayerNames:
    """The names of a layer, counted from 0: features go into the first one, classes or the target come
    out of the last one. The one node that tells two classes apart is neither of them.
    """
    inputs = tuple(shown_name(name, glyphs) for name in task.features) if layer == 0 else ()
    nodes: tuple[str, ...] = ()
    if layer == hidden_layers and task.is_regression:
        nodes = (shown_name(task.target, glyphs),)
    elif layer == hidden_layers and not task.is_binary:
        names = named_classes(task, glyphs)
        nodes = tuple(
            name or f"class {number}" for name, number in zip(names, task.classes, strict=True)
        )
    return LayerNames(inputs, nodes)
