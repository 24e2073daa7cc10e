"""Shows the network's pane on a screen of panes, and takes it away again."""

from textual import on
from textual.widget import Widget

from tui.messages import CloseNetwork, InspectNode
from tui.screens.pane_screen import PaneScreen
from tui.widgets.layer_pane import LayerPane


class ShowsNetwork(PaneScreen):
    """What the key of the network does, and what its pane asks for."""

    _focused_before: Widget | None = None

    def action_network(self) -> None:
        """Show the network, or what was there before."""
        self.uncover()
        shown = self.panes.toggle_network()
        if shown is not None:
            self._focused_before = self.focused
            shown.focus()
        elif self._focused_before is not None:
            self._focused_before.focus()
        self._panes_changed()

    @on(CloseNetwork)
    def _give_place_back(self) -> None:
        """Take the room back from it, else its place; where it has a place of its own, it stays."""
        if self.is_maximized and not self.panes.is_narrow:
            self.action_restore()
        elif self.is_maximized or self.panes.wanted.network:
            self.action_network()

    @on(InspectNode)
    def _inspect(self, message: InspectNode) -> None:
        pane = self.query_one(LayerPane)
        if self.is_maximized:
            self.action_restore()
        pane.show_node(message.layer, message.node)
        self._focus_pane(pane)
