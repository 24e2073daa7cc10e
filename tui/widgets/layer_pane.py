"""The layer inspector's pane."""

import dataclasses
from functools import partial
from typing import ClassVar

import msgspec
from textual.binding import BindingType
from textual.events import MouseDown
from textual.reactive import reactive

from engine.messages.commands import FreezeWider, SetParameter, ToggleNode
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot
from engine.messages.view import View, Window
from tui.charts.layer.draw import draw_layer
from tui.charts.layer.frame import NARROW, layer_foot, layer_head, layer_title, unit_of
from tui.charts.layer.grid import Cursor, cell_at, fit_grid, part_shown
from tui.charts.layer.names import names_of
from tui.charts.layer.update_arrow import axis_end
from tui.charts.layer.update_words import UpdateContext
from tui.charts.layer.values import Shown
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.messages import Steer, ValueWanted, ViewChanged
from tui.widgets.help_of_layer import LAYER_HELP
from tui.widgets.pane import FOOT_MARGIN, Pane
from tui.widgets.pane_keys import pane_key

SLOW_PACE = 1
"""Steps a frame up to which weights change so slowly that a further digit can be read."""

FOOT_KEYS = (("v", "turn"), ("enter", "set"), ("x", "freeze"))
"""That its lower edge names while it has the focus."""

_key = partial(pane_key, "layer")

LAYER_KEYS: list[BindingType] = [
    _key("up", "move(-1, 0)", "up", "The node above"),
    _key("down", "move(1, 0)", "down", "The node below"),
    _key("left", "move(0, -1)", "left", "The input before"),
    _key("right", "move(0, 1)", "right", "The next input, last the bias"),
    _key("v", "turn_grid", "weights, gradients, changes",
         "Show the gradients, then what the last update added, then the weights again"),
    _key("enter", "type_value", "type a value", "Type another value for the parameter"),
    _key("x", "freeze_wider", "freeze",
         "Freeze the parameter, then its node, its layer, then nothing again"),
    _key("0", "switch_node", "node off or on", "Switch the node of the row off, or on again"),
]  # fmt: skip


class LayerPane(Pane):
    """Weights, biases and gradients of one layer; the cursor selects one of them, whose next update is shown."""

    NAME = "layer"
    TITLE = SHORT_TITLE = "Layer"
    HELP = LAYER_HELP
    OPENING_KEYS: ClassVar[frozenset[str]] = frozenset({"enter"})
    BINDINGS = LAYER_KEYS

    cursor: reactive[Cursor] = reactive(Cursor(), repaint=False)
    """Which layer is shown, and which of its parameters in full."""

    shown: reactive[Shown] = reactive(Shown.WEIGHTS, repaint=False)
    """What the grid shows."""

    def __init__(self) -> None:
        super().__init__()
        self._axis: tuple[int, Cursor, float] | None = None
        """Run and parameter that the last update was drawn for, and the end of its axis."""
        self._cursors: dict[int, Cursor] = {}
        """Where the cursor was left in each layer that was shown."""

    def layer_shape(self, snapshot: Snapshot, layer: int) -> tuple[int, int]:
        """Nodes, and inputs with the bias, of a layer."""
        widths = snapshot.widths
        return widths[layer + 1], widths[layer] + 1

    @property
    def window(self) -> Window:
        """The part of the layer that it draws."""
        if self.snapshot is None:
            # no layer is known yet: as much as could fit
            rows, columns = self.inside
            return Window(nodes=rows, inputs=columns)
        shape = self.layer_shape(self.snapshot, self.cursor.layer)
        return fit_grid(self.cursor, shape, *self.inside).window

    def asks_for(self, view: View) -> View:
        """With the part of the layer that it draws, and the next update of the parameter at the cursor."""
        cursor = self.cursor.node, self.cursor.input
        return msgspec.structs.replace(view, window=self.window, cursor=cursor)

    def help_text(self) -> str:
        """With the characters that it draws with."""
        glyphs = None if self.look is None else self.look.glyphs
        if glyphs is None:
            return self.HELP
        return self.HELP.format(times=glyphs.times, up=glyphs.up, down=glyphs.down)

    def action_layer(self, by: int) -> None:
        """Show the layer that comes `by` places later, beyond the last one again the first."""
        if self.snapshot is None:
            return
        layers = len(self.snapshot.config.layers) + 1
        layer = (self.cursor.layer + by) % layers
        self.cursor = self._kept(layer).moved(0, 0, self.layer_shape(self.snapshot, layer))

    def _kept(self, layer: int) -> Cursor:
        """The cursor as it was left in that layer; where it is now, is kept."""
        self._cursors[self.cursor.layer] = self.cursor
        return self._cursors.get(layer, Cursor(layer=layer))

    def show_node(self, layer: int, node: int) -> None:
        """Go to that node of that layer, both counted from 0, and take the focus."""
        self.focus()
        if self.snapshot is not None:
            layer = min(layer, len(self.snapshot.config.layers))
            at = dataclasses.replace(self._kept(layer), node=node)
            self.cursor = at.moved(0, 0, self.layer_shape(self.snapshot, layer))

    def action_move(self, nodes: int, inputs: int) -> None:
        """Move the cursor."""
        if self.snapshot is not None:
            shape = self.layer_shape(self.snapshot, self.cursor.layer)
            self.cursor = self.cursor.moved(nodes, inputs, shape)

    def action_turn_grid(self) -> None:
        """Show something else of the parameters."""
        self.shown = self.shown.next

    def watch_shown(self) -> None:
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only nodes of hidden layers can be switched off."""
        snapshot = self.snapshot
        if action == "switch_node":
            return snapshot is not None and self.cursor.layer < len(snapshot.config.layers)
        return super().check_action(action, parameters)

    def action_switch_node(self) -> None:
        """Switch the node of the row off, or on again."""
        self.post_message(Steer(ToggleNode(self.cursor.layer, self.cursor.node)))

    def action_freeze_wider(self) -> None:
        """Freeze more around the parameter, and after all, nothing."""
        at = self.cursor
        self.post_message(Steer(FreezeWider(at.layer, at.node, at.input)))

    def action_type_value(self) -> None:
        """Ask for a value of the parameter."""
        snapshot, at = self.snapshot, self.cursor
        value = None if snapshot is None else self._value_at(snapshot, at)
        if snapshot is None or value is None:
            return

        def command(value: float) -> SetParameter:
            return SetParameter(at.layer, at.node, at.input, value)

        name = "Bias" if at.input == snapshot.layer.num_inputs else f"Weight from in {at.input + 1}"
        title = f"{name} to node {at.node + 1} of layer {at.layer + 1}"
        self.post_message(ValueWanted(title, value, command))

    def _value_at(self, snapshot: Snapshot, at: Cursor) -> float | None:
        """The parameter there, if it is in the window that is known."""
        window = snapshot.layer.window
        row, column = at.node - window.node, at.input - window.input
        inside = 0 <= row < window.nodes and 0 <= column < window.inputs
        if window.layer != at.layer or not inside:
            return None
        return float(snapshot.layer.parameters[row, column])

    def watch_snapshot(self) -> None:
        if self.snapshot is not None:
            # a network may have come to have fewer layers, or smaller ones
            layer = min(self.cursor.layer, len(self.snapshot.config.layers))
            shape = self.layer_shape(self.snapshot, layer)
            self.cursor = dataclasses.replace(self.cursor, layer=layer).moved(0, 0, shape)
            self._keep_axis(self.snapshot)
        super().watch_snapshot()

    def watch_cursor(self) -> None:
        self.redraw()
        self.post_message(ViewChanged())

    def on_mouse_down(self, event: MouseDown) -> None:
        super().on_mouse_down(event)
        if self.snapshot is None:
            return
        shape = self.layer_shape(self.snapshot, self.cursor.layer)
        hit = cell_at(self.cursor, shape, *self.inside, event.y - 1, event.x - 1)
        if hit is not None:
            self.cursor = hit

    def _keep_axis(self, snapshot: Snapshot) -> None:
        """Have the axis of the update stay what it was, as long as it is the same parameter's."""
        update, layer = snapshot.layer.update, snapshot.layer
        if update is None:
            return
        at = Cursor(layer.window.layer, update.node, update.input)
        same = self._axis is not None and self._axis[:2] == (snapshot.run, at)
        before = self._axis[2] if same and self._axis is not None else None
        self._axis = snapshot.run, at, axis_end(update.value, layer.largest, before)

    def title(self) -> str:
        if self.snapshot is None:
            return "Layer"
        layers = len(self.snapshot.config.layers) + 1
        return layer_title(self.cursor.layer, layers, self.shown, self.size.width)

    def figures(self, look: Look) -> Figures:
        snapshot = self.snapshot
        if snapshot is None:
            return []
        layer = snapshot.layer if snapshot.layer.window.layer == self.cursor.layer else None
        shape = self.layer_shape(snapshot, self.cursor.layer)
        return layer_head(layer, shape, self.shown, self.size.width, look)

    def foot(self, look: Look) -> Figures:
        snapshot = self.snapshot
        if snapshot is None:
            return []
        shape = self.layer_shape(snapshot, self.cursor.layer)
        part = part_shown(self.window, shape, self.inside[1] - FOOT_MARGIN)
        unit = unit_of(snapshot.layer, self.shown, look) if self.size.width < NARROW else ""
        keys = self._keys(snapshot) if self.has_focus else ()
        return layer_foot(unit, self.cursor, shape, snapshot.edits, part, look.palette, keys)

    def _keys(self, snapshot: Snapshot) -> list[tuple[str, str]]:
        """Those that are found nowhere else on the screen."""
        off = "on" if (self.cursor.layer, self.cursor.node) in snapshot.edits.off else "off"
        hidden = self.cursor.layer < len(snapshot.config.layers)
        return [*FOOT_KEYS, ("0", off)] if hidden else [*FOOT_KEYS]

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        snapshot = self.snapshot
        if snapshot is None or snapshot.layer.window.layer != self.cursor.layer:
            # the layer asked for is on its way
            return Picture.blank(rows, columns, look.palette.base)
        fast = snapshot.state is State.RUNNING and not 0 < snapshot.pace <= SLOW_PACE
        names = names_of(snapshot.task, self.cursor.layer, len(snapshot.config.layers), look.glyphs)
        return draw_layer(
            snapshot.layer,
            self.cursor,
            rows,
            columns,
            look.palette,
            names,
            glyphs=look.glyphs,
            shown=self.shown,
            context=self._told_with(snapshot),
            fast=fast,
            moved=snapshot.state is State.PAUSED and self.shown is not Shown.CHANGES,
        )

    def _told_with(self, snapshot: Snapshot) -> UpdateContext | None:
        """What the next update is told with; None where a lost run will not tell that of the cursor."""
        update, lost = snapshot.layer.update, snapshot.state.is_lost
        at = self.cursor.node, self.cursor.input
        if update is None or self._axis is None or (lost and (update.node, update.input) != at):
            return None
        return UpdateContext(snapshot.config, snapshot.state, self._axis[2])
