"""The training view: panes in rows, the lines around them, and the keys that steer the run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.reactive import reactive
from textual.widgets import Static

from engine.messages.commands import Command, SetAlpha
from engine.messages.run_state import State
from engine.messages.snapshot import DataPoints, Snapshot
from engine.messages.view import View
from tui.drawing.look import Look
from tui.messages import Steer, ValueWanted, ViewChanged
from tui.screens.actions import DASHBOARD_ACTIONS
from tui.screens.help import HelpScreen
from tui.screens.key_context import KeyContext
from tui.screens.network_shown import ShowsNetwork
from tui.screens.pane_screen import PaneRows
from tui.screens.setup_screen import SetupScreen
from tui.screens.too_small import is_too_small, too_small_notice
from tui.widgets.figures_pane import FiguresPane
from tui.widgets.layer_pane import LayerPane
from tui.widgets.lines import Header, KeyLine, StatusLine
from tui.widgets.loss_pane import LossPane
from tui.widgets.network_pane import NetworkPane
from tui.widgets.pane import Pane
from tui.widgets.panes import Panes
from tui.widgets.picture_view import PictureView
from tui.widgets.points_panes import RealPane
from tui.widgets.predicted_pane import PredictedPane
from tui.widgets.setup.sheet import SetupSheet

PANES: PaneRows = ((LossPane,), (RealPane, PredictedPane, NetworkPane, LayerPane, FiguresPane))
"""The panes of the training view, row by row. What they draw, ask for, explain and bind, they
declare themselves.
"""

ViewT = TypeVar("ViewT", bound=PictureView)

ROOM_FOR_HEADER = 20
"""Rows from which on the header is shown whatever the dashboard's role."""


class DashboardScreen(ShowsNetwork, SetupScreen):
    """Shows the last snapshot, says what the next one has to hold, and posts commands."""

    CSS_PATH = Path(__file__).with_name("dashboard.tcss")
    ACTIONS = DASHBOARD_ACTIONS
    OPENING = ("type_alpha", "help", "set_up")
    PANES = PANES

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False, always_update=True)
    """The run as last seen."""

    look: reactive[Look | None] = reactive(None, repaint=False)
    """How everything is drawn."""

    notice: reactive[str] = reactive("", repaint=False)
    """What is wrong with the run, in place of the progress bar; empty if nothing is."""

    stats: reactive[str] = reactive("", repaint=False)
    """What drawing costs, for the header; empty if it is not to be shown."""

    line_notice: reactive[str] = reactive("", repaint=False)
    """What is wrong with the line to the terminal, for the header; empty if nothing is."""

    def __init__(
        self, look: Look, *, watches: bool = False, attached: Callable[[], bool] = bool
    ) -> None:
        """With `watches`, no key acts on the run. `attached` says whether the run was there before
        this dashboard.
        """
        super().__init__()
        self._watches = watches
        self._attached = attached
        self.set_reactive(DashboardScreen.look, look)
        self._newest: Snapshot | None = None
        self._points: DataPoints | None = None
        self._known_points = -1
        self._told_view = View()
        self._lost = False
        self._can_recover = False
        self.leaving = False
        """Whether the app is about to end: nothing is asked any more."""

    def compose(self) -> ComposeResult:
        header = Header("watching" if self._watches else "")
        yield self._bound(header.data_bind(DashboardScreen.stats, DashboardScreen.line_notice))
        with Horizontal(id="body"):
            yield Panes([[self._bound(pane()) for pane in row] for row in self.PANES])
            yield self._bound(self.setup_sheet())
        yield StatusLine().data_bind(DashboardScreen.look)
        yield KeyLine().data_bind(DashboardScreen.look)
        yield Static(id="too-small")

    def _bound(self, view: ViewT) -> ViewT:
        return view.data_bind(DashboardScreen.snapshot, DashboardScreen.look)

    # -- what is shown

    @property
    def view(self) -> View:
        """What the next snapshot has to hold."""
        view = View(known_points=self._known_points)
        # without panes, the app is closing
        seen = [pane for panes in self.query(Panes) for pane in panes.seen]
        for pane in (*seen, *self.query(SetupSheet)):
            view = pane.asks_for(view)
        return view

    def show(self, snapshot: Snapshot) -> None:
        """Draw `snapshot`. If a key has changed the run, the status line is drawn a moment earlier."""
        snapshot = self._with_points(snapshot)
        before, self._newest = self._newest, snapshot
        for status in self.query(StatusLine):
            status.snapshot = snapshot
        if before is not None and _steered(before) != _steered(snapshot):
            self.call_after_refresh(self._show_panes)
        else:
            self._show_panes()

    def _with_points(self, snapshot: Snapshot) -> Snapshot:
        """`snapshot` with the run's points, which only the first one of a run brings along."""
        if snapshot.points is None:
            return msgspec.structs.replace(snapshot, points=self._points)
        self._points, self._known_points = snapshot.points, snapshot.points_number
        return snapshot

    def _show_panes(self) -> None:
        snapshot, before = self._newest, self.snapshot
        if snapshot is None or snapshot is before or not self.query(Pane):
            return  # without panes, the app is closing
        self.snapshot = snapshot
        if before is None or (before.state, before.kept) != (snapshot.state, snapshot.kept):
            self._fit_header()
            self.show_keys()
        self.tell_view()

    def tell_view(self) -> None:
        """Post ViewChanged if the view has changed since it was last posted."""
        if not self.query(Pane):
            return  # the app is closing
        view = self.view
        if view != self._told_view:
            self._told_view = view
            self.post_message(ViewChanged())

    @on(ViewChanged)
    def _note_view(self) -> None:
        """A pane has posted it, on its way to the app: it is not to be posted again."""
        if self.query(Pane):
            self._told_view = self.view

    def lose_host(
        self, notice: str, last: Snapshot | None, state: State, *, can_recover: bool
    ) -> None:
        """The run is lost: its `last` snapshot, or else the one that was seen last, stays on the
        screen, with that `state`. `can_recover` says whether there is a save to go on from.
        """
        self._lost, self._can_recover = True, can_recover
        self.take_question_back()
        if (seen := last or self._newest) is not None:
            self.show(msgspec.structs.replace(seen, state=state))
        self.notice = f"{notice}; {self.ways_on}"
        self.show_keys()

    @property
    def ways_on(self) -> str:
        """What can be done about a lost run, in words."""
        return "u resumes, q leaves" if self._can_recover else "q leaves"

    def recover(self) -> None:
        """Snapshots will come again, from another host."""
        self._lost = self._can_recover = False
        self._known_points = -1
        self.notice = "taking the run up from its last save"
        self.show_keys()

    def on_resize(self, event: Resize) -> None:
        self.set_class(is_too_small(event.size), "-too-small")
        self.fit_setup(event.size.width)
        self._fit_header()
        # panes learn their sizes after this
        self.call_after_refresh(self.tell_view)
        self.show_keys()

    def _fit_header(self) -> None:
        """Without many rows, the header makes room for the picture, unless it says what no other line
        does: that this dashboard watches, or that a recording decides.
        """
        has_role = self._watches or (self.snapshot is not None and self.snapshot.replays)
        bare = self.size.height < ROOM_FOR_HEADER and not has_role
        self.set_class(bare, "-without-header")
        self._show_notice()

    def watch_notice(self) -> None:
        self._show_notice()

    def watch_line_notice(self) -> None:
        self._show_notice()

    def _show_notice(self) -> None:
        """What is wrong with the run; without a header, else what is wrong with the line."""
        line_notice = self.line_notice if self.has_class("-without-header") else ""
        for status in self.query(StatusLine):
            status.notice = self.notice or line_notice

    def show_keys(self) -> None:
        super().show_keys()
        self._update_notice()

    def _show_question(self, question: str) -> None:
        super()._show_question(question)
        self._update_notice()

    def _update_notice(self) -> None:
        """What stands there where there is no room for the panes."""
        keys = "   ".join(f"{item.keys} {item.label}" for item in self.key_items())
        for notice in self.query("#too-small").results(Static):
            notice.update(too_small_notice(self.size, self.question or keys))

    # -- keys

    @property
    def context(self) -> KeyContext:
        snapshot = self.snapshot
        return KeyContext(
            state=None if snapshot is None else snapshot.state,
            lost=self._lost,
            can_recover=self._can_recover,
            watches=self._watches,
            replays=snapshot is not None and snapshot.replays,
            maximized=self.is_maximized,
            too_small=self.has_class("-too-small"),
            attached=self._attached(),
            **({} if snapshot is None or self.leaving else _facts_of(snapshot)),
        )

    @property
    def contexts(self) -> list[KeyContext]:
        """In any state of the run, unless it is lost; with panes to be seen."""
        now = replace(self.context, too_small=False)
        states = [now.state] if now.lost else list(State)
        return [replace(now, state=s, maximized=m) for s in states for m in (False, True)]

    @property
    def drawn_in(self) -> Look | None:
        return self.look

    def steer(self, command: Command) -> None:
        """Have the app send `command` to the run."""
        if self.snapshot is not None:
            self.post_message(Steer(command))

    def action_type_alpha(self) -> None:
        """Ask for alpha."""
        if self.snapshot is not None:
            title, alpha = "Alpha, the learning rate", self.snapshot.alpha
            self.on_value_wanted(ValueWanted(title, alpha, SetAlpha))

    def action_help(self) -> None:
        """Explain keys and panes."""
        self.app.push_screen(HelpScreen(self))


def _facts_of(snapshot: Snapshot) -> dict[str, Any]:
    """What of `snapshot` decides which keys act, and which of them ask before."""
    return {
        "configured_steps": snapshot.config.steps,
        "step": snapshot.step,
        "trained_seconds": snapshot.trained_seconds,
        "others": snapshot.dashboards - 1,
        "kept_is_newer": None if snapshot.kept is None else snapshot.kept.newer,
    }


def _steered(snapshot: Snapshot) -> tuple[State, float, int]:
    """What keys change and the status line shows."""
    return snapshot.state, snapshot.alpha, snapshot.pace
