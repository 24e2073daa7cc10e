"""The pane of the network: what every neuron does."""

from functools import partial
from typing import Any

import msgspec
from textual.binding import BindingType
from textual.events import MouseDown
from textual.reactive import reactive

from engine.messages.commands import ToggleNode
from engine.messages.network_view import NetworkView
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot
from engine.messages.view import View
from tui.charts.network.draw import answers, draw_network, has_pictures
from tui.charts.network.layout import NetworkLayout, Neuron, fit_network, within
from tui.charts.network.words import mark, names_for
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.messages import CloseNetwork, InspectNode, Steer, ViewChanged
from tui.widgets.help_of_network import NETWORK_HELP
from tui.widgets.pane import FOOT_MARGIN, FRAME, Pane
from tui.widgets.pane_keys import pane_key

DRAWN_EVERY = 4
"""Snapshots of a run under way, of which one is drawn: pictures of all neurons change in most cells."""

NOT_SEEN = "the run was lost before this was seen"

_key = partial(pane_key, "network")

NETWORK_KEYS: list[BindingType] = [
    _key("up", "move(0, -1)", "up", "The neuron above"),
    _key("down", "move(0, 1)", "down", "The neuron below"),
    _key("left", "move(-1, 0)", "left", "The layer before, first the features"),
    _key("right", "move(1, 0)", "right", "The next layer, last the outputs"),
    _key("0", "switch", "switch", "Switch the node off, so that it puts out 0, or on again"),
    _key("enter", "inspect", "inspect", "Look at its weights in the layer pane"),
    _key("escape", "close", "close", "Give its place back"),
]


class NetworkPane(Pane):
    """Every neuron as a picture; one is chosen, and seen large."""

    NAME = "network"
    TITLE = SHORT_TITLE = "Network"
    HELP = NETWORK_HELP
    BINDINGS = NETWORK_KEYS

    chosen: reactive[Neuron] = reactive(Neuron(1, 0), repaint=False)
    """The neuron that is seen large."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: Snapshot | None = None
        """The snapshot that is drawn: not each one is."""
        self._skipped = 0

    @property
    def widths(self) -> list[int]:
        """Neurons of every column of the network; empty before a snapshot."""
        return [] if self.snapshot is None else self.snapshot.widths

    @property
    def layout_here(self) -> NetworkLayout | None:
        """Where everything lies; None before anything is known, or without room."""
        rows, columns = self.inside
        if not self.widths or not rows or not columns:
            return None
        return fit_network(self.widths, self.chosen, rows, columns)

    def asks_for(self, view: View) -> View:
        """With the neurons that it draws, while it is seen."""
        layout = self.layout_here if self.display else None
        return view if layout is None else msgspec.structs.replace(view, network=layout.request)

    # -- when it is drawn

    def watch_snapshot(self) -> None:
        if self.widths:
            # a network may have come to have fewer layers, or smaller ones
            self.chosen = within(self.chosen, self.widths)
        self._skipped += 1
        if self._is_due():
            self._skipped, self.drawn = 0, self.snapshot
            super().watch_snapshot()

    def _is_due(self) -> bool:
        """Whether the newest snapshot is to be drawn: one of some while the run goes on, and at once what
        a person has asked for or done.
        """
        new, drawn = self.snapshot, self.drawn
        if new is None or drawn is None or self._skipped >= DRAWN_EVERY:
            return True
        return new.state is not State.RUNNING or _made(new) != _made(drawn) or self._waits

    @property
    def _waits(self) -> bool:
        """Whether what is drawn is not what is asked for."""
        layout = self.layout_here
        shown = None if self.drawn is None else self.drawn.network
        return layout is None or shown is None or not answers(shown, layout)

    def watch_chosen(self) -> None:
        self.redraw()  # marks and links at once; the large picture comes with a snapshot after that
        if self._waits:
            self.call_after_refresh(self.post_message, ViewChanged())

    # -- keys

    def action_move(self, columns: int, nodes: int) -> None:
        """Choose the neuron that lies there."""
        if self.widths:
            here = self.chosen
            column = within(Neuron(here.column + columns, 0), self.widths).column
            node = _beside(here, column, self.widths) if columns else here.node + nodes
            self.chosen = within(Neuron(column, node), self.widths)

    def action_switch(self) -> None:
        """Switch the chosen node off, or on again."""
        if 0 < self.chosen.column < len(self.widths) - 1:
            self.post_message(Steer(ToggleNode(self.chosen.column - 1, self.chosen.node)))
        elif self.widths:
            what = "an output" if self.chosen.column else "a feature"
            self.notify(f"{what} cannot be switched off: only nodes of hidden layers")

    def action_inspect(self) -> None:
        """Show the chosen node in the layer pane; of a feature, the first layer."""
        layer = max(self.chosen.column - 1, 0)
        node = self.chosen.node if self.chosen.column else 0
        self.post_message(InspectNode(layer, node))

    def action_close(self) -> None:
        """Give the place back."""
        self.post_message(CloseNetwork())

    def on_mouse_down(self, event: MouseDown) -> None:
        super().on_mouse_down(event)
        layout = self.layout_here
        hit = None if layout is None else layout.neuron_at(event.y - 1, event.x - 1)
        if hit is not None:
            self.chosen = hit

    # -- what is drawn

    def figures(self, look: Look) -> Figures:
        view = self._view_of(self.layout_here)
        if view is None or self.snapshot is None:
            return []
        names = names_for(view, self.snapshot.task, look.glyphs)
        figures = [[(names.title(*self.chosen), look.palette.text)]]
        told = view.chosen
        if told is None or (told.column, told.node) != self.chosen:
            return figures
        does_nothing = mark(told.off, told.idle, told.idle_word)
        if does_nothing:
            figures.append([(f"  {does_nothing}", look.palette.alarm)])
        elif told.activation:
            figures.append([(f"  {told.activation}", look.palette.faint)])
        return figures

    def foot(self, look: Look) -> Figures:
        layout = self.layout_here
        words = "" if layout is None else layout.part_seen(self.inside[1] - FOOT_MARGIN)
        return [[(words, look.palette.faint)]] if words else []

    def _view_of(self, layout: NetworkLayout | None) -> NetworkView | None:
        """What is drawn of the network: None while pictures are on their way."""
        view = None if self.drawn is None else self.drawn.network
        seen = view is not None and layout is not None and has_pictures(view, layout)
        return view if seen else None

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        layout = self.layout_here
        view = self._view_of(layout)
        if view is None or layout is None or self.drawn is None:
            return self._last_inside(rows, columns, look)
        return draw_network(view, layout, self.drawn.task, rows, columns, look)

    def _last_inside(self, rows: int, columns: int, look: Look) -> Picture:
        """What stood there, if it has the size: a blank would only flash. A lost run sends no more."""
        last = self._picture
        blank = Picture.blank(rows, columns, look.palette.base)
        if self.snapshot is not None and self.snapshot.state.is_lost:
            blank.write(0, 0, NOT_SEEN[:columns], look.palette.faint)
        elif (last.rows, last.columns) == (
            rows + FRAME,
            columns + FRAME,
        ) and self.drawn is not None:
            return last.part(1, rows + 1, 1, columns + 1)
        return blank


def _beside(here: Neuron, column: int, widths: list[int]) -> int:
    """The node of another column that lies beside `here`: columns are drawn around one middle."""
    return here.node + (widths[column] - widths[here.column]) // 2


def _made(snapshot: Snapshot) -> tuple[Any, ...]:
    """What a person has made of the run."""
    return (
        snapshot.run, snapshot.config, snapshot.state, snapshot.alpha, snapshot.pace,
        snapshot.edits, snapshot.edited_points, snapshot.points_number,
    )  # fmt: skip
