"""All panes of a dashboard: which are seen, and where each lies."""

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui.widgets.arrangement import NETWORK, PaneRows, Wanted, arrangement, is_narrow, reachable
from tui.widgets.pane import Pane


class PanesLayout(Layout):
    """Puts every pane where the arrangement says."""

    name = "panes"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Called by Textual with the children that are displayed."""
        if not isinstance(parent, Panes):
            return []
        places = parent.places(size)
        return [
            WidgetPlacement(places[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id in places
        ]


class Panes(Widget):
    """Holds every pane; those without a place are not displayed, and ask for nothing."""

    DEFAULT_CSS = "Panes { width: 1fr; height: 1fr; }"

    def __init__(self, rows: Sequence[Sequence[Pane]]) -> None:
        super().__init__(id="panes")
        self._panes = [pane for row in rows for pane in row]
        self.rows: PaneRows = [[pane.NAME for pane in row] for row in rows]
        self.wanted = Wanted()
        """What a person wants to see."""
        self._before_network = Wanted()
        """What was wanted before the network was."""
        self._layout = PanesLayout()

    def compose(self) -> ComposeResult:
        yield from self._panes

    @property
    def layout(self) -> Layout:
        """Its own, in the place of one of Textual's."""
        return self._layout

    def places(self, size: Size) -> dict[str, Region]:
        """Where each pane that is seen lies."""
        return arrangement(self.rows, size.width, size.height, self.wanted)

    def pane(self, name: str) -> Pane:
        """The pane of that name."""
        return next(pane for pane in self._panes if name == pane.NAME)

    @property
    def seen(self) -> list[Pane]:
        """The panes that have a place."""
        return [self.pane(name) for name in self.places(self.size)]

    def on_resize(self) -> None:
        self._show_seen()

    def _show_seen(self) -> None:
        seen = self.places(self.size)
        for pane in self._panes:
            pane.display = pane.NAME in seen
        self.refresh(layout=True)

    def _want(self, wanted: Wanted) -> None:
        """Show what is wanted from now on."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._show_seen()

    # -- what a person wants to see

    @property
    def maximized(self) -> Pane | None:
        """The pane that has all the room."""
        return None if self.wanted.maximized is None else self.pane(self.wanted.maximized)

    def holds(self, pane: Pane) -> bool:
        """Whether it is one of these."""
        return pane in self._panes

    def stack(self, stacked: bool) -> None:
        """Lie below one another, while something else takes the room beside."""
        # beside it the picture is wanted at first, whichever pane was called for before
        called = None if stacked else self.wanted.called
        self._want(replace(self.wanted, stacked=stacked, called=called))

    def maximize(self, pane: Pane) -> None:
        """Give `pane` all the room."""
        self._want(replace(self.wanted, maximized=pane.NAME, called=pane.NAME))

    def restore(self) -> None:
        """Show the others again."""
        self._want(replace(self.wanted, maximized=None))

    def call_for(self, pane: Pane) -> None:
        """Show `pane`, where panes take turns in one place, or in the place of the one that has all the
        room.
        """
        if not self.holds(pane):
            return
        maximized = None if self.wanted.maximized is None else pane.NAME
        network = True if pane.NAME == NETWORK else self.wanted.network
        if pane not in self.seen:
            self._want(replace(self.wanted, maximized=maximized, network=network, called=pane.NAME))

    @property
    def is_narrow(self) -> bool:
        """Whether all panes but two take turns in one place."""
        return is_narrow(self.rows, self.size.width)

    def toggle_network(self) -> Pane | None:
        """Show the network, where there is little room with all of it, and return its pane; or show what
        was there before, and return None.
        """
        network, wanted = self.pane(NETWORK), self.wanted
        shown = wanted.maximized == NETWORK if self.is_narrow else network in self.seen
        if shown:
            before = self._before_network if self.is_narrow else replace(wanted, network=False)
            self._want(
                replace(wanted, maximized=None, network=before.network, called=before.called)
            )
            return None
        self._before_network = wanted
        maximized, beside = (NETWORK, None) if self.is_narrow else (None, True)
        self._want(replace(wanted, maximized=maximized, network=beside, called=NETWORK))
        return network

    def after(self, pane: Widget | None, by: int) -> Pane | None:
        """The pane that lies `by` places behind `pane` in the order of tab."""
        names = reachable(self.rows, *self.size, self.wanted)
        if not names:
            return None
        here = names.index(pane.NAME) if isinstance(pane, Pane) and pane.NAME in names else -by
        return self.pane(names[(here + by) % len(names)])
