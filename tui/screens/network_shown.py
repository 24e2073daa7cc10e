"""Shows the network's pane on a screen of panes, and takes it away again."""

from textual import on
from textual.screen import Screen
from textual.widget import Widget

from tui.messages import CloseNetwork, InspectNode
from tui.widgets.layer_pane import LayerPane
from tui.widgets.network_pane import NetworkPane

NETWORK = "-network"
"""The class of a screen that shows the network."""

BESIDE_ALL, MAXIMIZED_BELOW = 160, 100
"""Columns from which on it takes no other pane's place, and below which it takes that of all."""


class ShowsNetwork(Screen[None]):
    """A mixin: `action_network` and what the pane asks for."""

    _focused_before: Widget | None = None

    def action_network(self) -> None:
        """Show the network, or what was there before."""
        if self.has_class(NETWORK):
            self._close_network()
            return
        self._focused_before = self.focused
        self.add_class(NETWORK)
        if self.has_class("-maximized") or self.size.width < MAXIMIZED_BELOW:
            self.maximize_pane(self.query_one(NetworkPane))
        self.call_after_refresh(self.query_one(NetworkPane).focus)

    def maximize_pane(self, pane: Widget) -> None:
        """Give `pane` all the room; what that means is up to the screen."""

    def restore_panes(self) -> None:
        """Show all panes again."""

    def _close_network(self) -> None:
        self.remove_class(NETWORK)
        if self.query_one(NetworkPane).has_class("-maximized"):
            self.restore_panes()
        before = self._focused_before
        if before is not None and before is not self.focused:
            self.call_after_refresh(before.focus)

    @on(CloseNetwork)
    def _give_place_back(self) -> None:
        wide = self.size.width >= MAXIMIZED_BELOW
        if wide and self.query_one(NetworkPane).has_class("-maximized"):
            self.restore_panes()
        elif self.has_class(NETWORK):
            self._close_network()

    @on(InspectNode)
    def _inspect(self, message: InspectNode) -> None:
        pane = self.query_one(LayerPane)
        if self.has_class("-maximized"):
            self.restore_panes()
        pane.show_node(message.layer, message.node)
        pane.focus()
