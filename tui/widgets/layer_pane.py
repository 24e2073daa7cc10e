"""The layer inspector's pane."""

import dataclasses

import msgspec
from textual.binding import Binding
from textual.events import MouseDown
from textual.reactive import reactive

from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot
from engine.messages.view import View, Window
from tui.charts.layer import Cursor, cell_at, draw_layer, fit_grid, part_shown
from tui.charts.layer_names import names_of
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.messages import ViewChanged
from tui.widgets.pane import FOOT_MARGIN, Pane

SLOW_PACE = 1
"""Steps a frame up to which weights change so slowly that a further digit can be read."""


class LayerPane(Pane):
    """Weights, biases and gradients of one layer; the cursor selects one of them to show in full."""

    NAME = "layer"
    TITLE = SHORT_TITLE = "Layer"
    HELP = """\
### Layer

One layer's weights: a row for each node, a column for each of its inputs, the bias on the right.
Blue is negative, orange positive, the stronger the further from zero. Without colours, cells too
narrow for a number hold its sign and its size in eighths of the greatest: `+8` is the greatest
itself, `-4` half of it below zero.

The arrow keys move the cursor, and the part of a layer too large for the pane, as its lower edge
tells. Below stand the weight under it, by what it leads from and to, and its gradient, then mean,
standard deviation, least and greatest of the layer's weights, the norm of its gradient (`|grad|`), and
how many nodes do nothing on every point, in the word for its activation: dead relus, saturated sigmoids.
"""
    BINDINGS = [
        Binding("up", "move(-1, 0)", "Up", show=False, id="layer.up", tooltip="The node above"),
        Binding(
            "down", "move(1, 0)", "Down", show=False, id="layer.down", tooltip="The node below"
        ),
        Binding(
            "left", "move(0, -1)", "Left", show=False, id="layer.left", tooltip="The input before"
        ),
        Binding(
            "right",
            "move(0, 1)",
            "Right",
            show=False,
            id="layer.right",
            tooltip="The next input, last the bias",
        ),
    ]

    cursor: reactive[Cursor] = reactive(Cursor(), repaint=False)
    """Which layer is shown, and which of its parameters in full."""

    def __init__(self) -> None:
        super().__init__()
        self._cursors: dict[int, Cursor] = {}
        """Where the cursor was left in each layer that was shown."""

    def layer_shape(self, snapshot: Snapshot, layer: int) -> tuple[int, int]:
        """Nodes, and inputs with the bias, of a layer."""
        widths = [len(snapshot.task.features), *snapshot.config.layer_sizes(snapshot.task)]
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
        """With the part of the layer that it draws."""
        return msgspec.structs.replace(view, window=self.window)

    def action_layer(self, by: int) -> None:
        """Show the layer that comes `by` places later, beyond the last one again the first."""
        if self.snapshot is None:
            return
        layers = len(self.snapshot.config.layers) + 1
        layer = (self.cursor.layer + by) % layers
        self._cursors[self.cursor.layer] = self.cursor
        kept = self._cursors.get(layer, Cursor(layer=layer))
        self.cursor = kept.moved(0, 0, self.layer_shape(self.snapshot, layer))

    def show_node(self, layer: int, node: int) -> None:
        """Put the cursor on the first input of a node, both counted from 0."""
        if self.snapshot is not None:
            self._cursors[self.cursor.layer] = self.cursor
            shape = self.layer_shape(self.snapshot, layer)
            self.cursor = Cursor(layer, node).moved(0, 0, shape)

    def action_move(self, nodes: int, inputs: int) -> None:
        """Move the cursor."""
        if self.snapshot is not None:
            shape = self.layer_shape(self.snapshot, self.cursor.layer)
            self.cursor = self.cursor.moved(nodes, inputs, shape)

    def watch_snapshot(self) -> None:
        if self.snapshot is not None:
            # a network may have come to have fewer layers, or smaller ones
            layer = min(self.cursor.layer, len(self.snapshot.config.layers))
            shape = self.layer_shape(self.snapshot, layer)
            self.cursor = dataclasses.replace(self.cursor, layer=layer).moved(0, 0, shape)
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

    def title(self) -> str:
        if self.snapshot is None:
            return "Layer"
        return f"Layer {self.cursor.layer + 1} of {len(self.snapshot.config.layers) + 1}"

    def figures(self, look: Look) -> Figures:
        if self.snapshot is None:
            return []
        nodes, inputs = self.layer_shape(self.snapshot, self.cursor.layer)
        shown = self.snapshot.layer
        name = shown.activation if shown.window.layer == self.cursor.layer else ""
        return [[(f"{nodes}{look.glyphs.times}{inputs - 1} {name}", look.palette.faint)]]

    def foot(self, look: Look) -> Figures:
        if self.snapshot is None:
            return []
        shape = self.layer_shape(self.snapshot, self.cursor.layer)
        words = part_shown(self.window, shape, self.inside[1] - FOOT_MARGIN)
        return [[(words, look.palette.faint)]] if words else []

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        snapshot = self.snapshot
        if snapshot is None or snapshot.layer.window.layer != self.cursor.layer:
            # the layer asked for is on its way
            return Picture.blank(rows, columns, look.palette.base)
        fast = snapshot.state is State.RUNNING and not 0 < snapshot.pace <= SLOW_PACE
        names = names_of(snapshot.task, self.cursor.layer, len(snapshot.config.layers), look.glyphs)
        return draw_layer(
            snapshot.layer, self.cursor, rows, columns, look.palette, names, fast=fast
        )
