"""The rows of the hidden layers: one for each, and one to add another."""

from engine.config.activation_names import ACTIVATIONS
from engine.config.changes import Changes
from engine.config.checks import MAX_LAYERS, MAX_NODES
from engine.config.kinds import Whole, offered_after
from engine.config.more_kinds import split_layer
from engine.config.setting import Entry
from engine.errors import ConfigError
from tui.charts.setup.sheet import SheetRow
from tui.widgets.setup.row import Row, Values

NODES = Whole(1, MAX_NODES)

FIRST_NODES = 8
"""Of a layer that is added where there was none."""

AS_ALL = ""
"""The activation of a layer without one of its own."""

Layer = int | str
"""Nodes of a layer, with an activation behind a colon if it has its own."""


class LayerRow(Row):
    """Nodes and activation of one hidden layer."""

    def __init__(self, entry: Entry, values: Values, number: int) -> None:
        self._entry = entry
        self._layers: tuple[Layer, ...] = values[entry.field]
        self._number = number
        self._nodes, own = split_layer(self._layers[number])
        self._own = own or AS_ALL
        self._of_all = str(values.get("activation", ""))
        self.is_live = entry.setting.live

    @property
    def key(self) -> str:
        return f"{self._entry.field}:{self._number}"

    @property
    def help(self) -> str:
        return (
            "More nodes can draw a more winding border. enter: the next activation; +: a layer"
            " behind it; backspace: without it. In brackets: as set below for all."
        )

    def drawn(self) -> SheetRow:
        return SheetRow(
            f"layer {self._number + 1}",
            str(self._nodes),
            beside=self._own or f"({self._of_all})",
            mark=self.mark,
            turns=True,
            is_usual=False,
        )

    def turned(self, by: int) -> Changes | None:
        nodes = NODES.after(self._nodes, by)
        return None if nodes == self._nodes else self._with(_written(nodes, self._own))

    def entered(self) -> Changes | None:
        others = (name for name in ACTIVATIONS if name != self._of_all)
        own = offered_after((AS_ALL, *others), self._own, 1)
        return self._with(_written(self._nodes, own))

    def cleared(self) -> Changes | None:
        return self._with()

    def added(self) -> Changes | None:
        """The change by one more layer like this one, behind it."""
        layer = self._layers[self._number]
        return self._with(layer, layer) if len(self._layers) < MAX_LAYERS else None

    @property
    def enter_word(self) -> str:
        return "activation"

    @property
    def text(self) -> str:
        return str(self._layers[self._number])

    def read(self, text: str) -> Changes:
        setting = self._entry.setting.kind
        found = setting.parse(self._entry.name, text.strip())
        setting.check(self._entry.name, found)
        if len(found) != 1:
            raise ConfigError(self._entry.name, "give the nodes of one layer, as 8 or 8:tanh")
        return self._with(*found)

    def _with(self, *layers: Layer) -> Changes:
        """With these in its place."""
        before, after = self._layers[: self._number], self._layers[self._number + 1 :]
        return {self._entry.field: (*before, *layers, *after)}


class AddLayerRow(Row):
    """Adds a layer behind all others."""

    def __init__(self, entry: Entry, values: Values) -> None:
        self._entry = entry
        self._layers: tuple[Layer, ...] = values[entry.field]
        self.is_live = entry.setting.live

    @property
    def key(self) -> str:
        return f"{self._entry.field}:add"

    @property
    def help(self) -> str:
        if not self._layers:
            return "There is no hidden layer: a linear model, which draws one straight line."
        return self._entry.setting.help

    def drawn(self) -> SheetRow:
        name = "add a layer" if self._layers else "linear model"
        return SheetRow(name, "+", beside="" if self._layers else "add a layer", mark=self.mark)

    @property
    def enter_word(self) -> str:
        return "add"

    def turned(self, by: int) -> Changes | None:
        return self.added() if by > 0 else None

    def entered(self) -> Changes | None:
        return self.added()

    def added(self) -> Changes | None:
        """The change by one more layer, as large as the last one."""
        if len(self._layers) >= MAX_LAYERS:
            return None
        last = self._layers[-1] if self._layers else FIRST_NODES
        return {self._entry.field: (*self._layers, last)}


def layer_rows(entry: Entry, values: Values) -> list[Row]:
    """The rows of a setting that is a list of layers."""
    numbers = range(len(values[entry.field]))
    return [*(LayerRow(entry, values, number) for number in numbers), AddLayerRow(entry, values)]


def _written(nodes: int, activation: str) -> Layer:
    return f"{nodes}:{activation}" if activation else nodes
