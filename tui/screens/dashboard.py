"""The training view: panes in rows, the lines around them, and the keys that steer the run."""

from pathlib import Path
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.reactive import reactive
from textual.widgets import Static

from engine.messages.commands import Rewind
from engine.messages.run_state import State
from engine.messages.snapshot import DataPoints, Snapshot, View
from tui.charts.bars import Key
from tui.drawing.look import Look
from tui.messages import (
    DashboardResumed,
    DetachWanted,
    LeaveWanted,
    RecoverWanted,
    ReportWanted,
    SaveWanted,
    ViewChanged,
)
from tui.screens.actions import DASHBOARD_BINDINGS, Situation, can_act
from tui.screens.help import HelpScreen
from tui.screens.intentions import Intentions
from tui.screens.steering import SteeringScreen
from tui.widgets.layer_pane import LayerPane
from tui.widgets.lines import Header, KeyLine, StatusLine
from tui.widgets.loss_pane import LossPane
from tui.widgets.pane import Pane
from tui.widgets.picture_view import PictureView
from tui.widgets.points_panes import PredictedPane, RealPane

PaneRows = tuple[tuple[type[Pane], ...], ...]

PANES: PaneRows = ((LossPane,), (RealPane, PredictedPane, LayerPane))
"""The panes of the training view, row by row. What they draw, ask for, explain and bind, they
declare themselves.
"""

LEAST_COLUMNS, LEAST_ROWS = 60, 18
"""Below this size a notice takes the place of everything."""


class DashboardScreen(SteeringScreen):
    """Shows the last snapshot; says what a person wants, and what it needs for the next one."""

    CSS_PATH = Path(__file__).with_name("dashboard.tcss")
    AUTO_FOCUS = "Pane"
    BINDINGS = DASHBOARD_BINDINGS
    PANES: ClassVar[PaneRows] = PANES

    look: reactive[Look | None] = reactive(None, repaint=False)
    """How everything is drawn."""

    notice: reactive[str] = reactive("", repaint=False)
    """Something that a person has to know about the run."""

    stats: reactive[str] = reactive("", repaint=False)
    """What the picture costs, where a person wants to know."""

    def __init__(self, look: Look, *, watches: bool = False) -> None:
        """One that only `watches` offers no key that steers."""
        super().__init__()
        self._watches = watches
        self.set_reactive(DashboardScreen.look, look)
        self._newest: Snapshot | None = None
        self._newest_heard = 0
        self._points: DataPoints | None = None
        self._points_of_run = -1
        self._told_view = View()
        self._lost = False
        self._can_recover = False

    def compose(self) -> ComposeResult:
        yield from self._bound(
            Header("watching" if self._watches else "").data_bind(DashboardScreen.stats)
        )
        with Vertical(id="panes"):
            for number, row in enumerate(self.PANES):
                with Horizontal(classes="row" if number else "row -first"):
                    yield from self._bound(*(pane() for pane in row))
        yield StatusLine().data_bind(DashboardScreen.notice, DashboardScreen.look)
        yield KeyLine().data_bind(DashboardScreen.look)
        yield Static(id="too-small")

    def _bound(self, *views: PictureView) -> ComposeResult:
        for view in views:
            yield view.data_bind(DashboardScreen.snapshot, DashboardScreen.look)

    # -- what is shown

    @property
    def view(self) -> View:
        """What the next snapshot has to hold."""
        view = View(known_run=self._points_of_run)
        for pane in self.query(Pane):
            view = pane.asks_for(view)
        return view

    def show(self, snapshot: Snapshot, heard: int) -> None:
        """Draw `snapshot`, made when `heard` of this screen's commands had come: what a person has
        just changed before all the rest.
        """
        snapshot = self._with_points(snapshot)
        before, self._newest = self._newest, snapshot
        self._newest_heard = heard
        self.query_one(StatusLine).snapshot = snapshot
        if before is not None and _steered(before) != _steered(snapshot):
            self.call_after_refresh(self._show_panes)
        else:
            self._show_panes()

    def _with_points(self, snapshot: Snapshot) -> Snapshot:
        """`snapshot` with the run's points, which only the first one of a run brings along."""
        if snapshot.points is None:
            return msgspec.structs.replace(snapshot, points=self._points)
        self._points, self._points_of_run = snapshot.points, snapshot.run
        return snapshot

    def _show_panes(self) -> None:
        snapshot, before = self._newest, self.snapshot
        if snapshot is None or snapshot is before or not self.query(Pane):
            return  # without panes, the app is closing
        self.snapshot = snapshot
        self._wants.settle(self._newest_heard)
        if before is None or before.state != snapshot.state:
            self.refresh_bindings()
            self._show_keys()
        self.tell_view()

    def tell_view(self) -> None:
        """Say so if the view is another than was last told."""
        if not self.query(Pane):
            return  # the app is closing
        view = self.view
        if view != self._told_view:
            self._told_view = view
            self.post_message(ViewChanged())

    def lose_host(self, notice: str, *, can_recover: bool) -> None:
        """The run is lost, and the last snapshot stays on the screen. `can_recover` says whether
        there is a save to go on from.
        """
        self._lost, self._can_recover = True, can_recover
        self.notice = f"{notice}; {self.ways_on}"
        self.refresh_bindings()
        self._show_keys()

    @property
    def ways_on(self) -> str:
        """What can be done without a host."""
        return "u resumes, q leaves" if self._can_recover else "q leaves"

    def recover(self) -> None:
        """Snapshots will come again, from another host."""
        self._lost = self._can_recover = False
        self._wants = Intentions()
        self._points_of_run = -1
        self.notice = "taking the run up from its last save"
        self._show_keys()

    def on_resize(self, event: Resize) -> None:
        small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_ROWS
        self.set_class(small, "-too-small")
        self.query_one("#too-small", Static).update(
            f"moonwalk needs {LEAST_COLUMNS}x{LEAST_ROWS}\nthis is {event.size.width}x{event.size.height}"
        )
        # panes learn their sizes after this
        self.call_after_refresh(self.tell_view)
        self._show_keys()

    def on_screen_resume(self) -> None:
        self.post_message(DashboardResumed())

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self._show_keys()

    # -- which keys act

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """None greys an action out."""
        situation = Situation(
            state=self.snapshot.state if self.snapshot is not None else None,
            lost=self._lost,
            can_recover=self._can_recover,
            watches=self._watches,
            replays=self.snapshot is not None and self.snapshot.replays,
        )
        if not can_act(action, situation):
            return None
        if action == "restore":
            return self.has_class("-maximized")
        return True

    def _show_keys(self) -> None:
        if not self.query(KeyLine):
            return  # the app is closing
        running = self.snapshot is not None and self.snapshot.state is State.RUNNING
        in_layer = isinstance(self.focused, LayerPane)
        arrows = self.look.glyphs.up_down if self.look else ""
        keys = [
            Key("u", "undo", "undo"),
            Key("space", "pause" if running else "go on", "toggle_pause"),
            Key(".", "step", "one_step"),
            Key("+-" if in_layer else arrows, "alpha", "type_alpha"),
            Key("<>", "pace", "full_speed"),
            Key("[]", "layer", "in_pane('layer', 1)"),
            Key("l", "log", "in_pane('toggle_log')"),
            Key("d", "detach", "detach"),
            Key("m", "restore" if self.has_class("-maximized") else "max", "toggle_maximized"),
            Key("r", "restart", "restart"),
            Key("n", "new seed", "new_seed"),
            Key("e", "evaluate", "report"),
            Key("s", "save", "save"),
            Key("?", "help", "help"),
            Key("q", "quit", "leave"),
        ]
        self.query_one(KeyLine).keys = tuple(
            key for key in keys if self.check_action(key.action.partition("(")[0], ())
        )

    # -- what a person wants to see

    def action_in_pane(self, action: str, *arguments: object) -> None:
        """Have the pane that knows `action` carry it out."""
        for pane in self.query(Pane):
            method = getattr(pane, f"action_{action}", None)
            if method is not None:
                method(*arguments)

    def action_toggle_maximized(self) -> None:
        """Give the focused pane all the room, or take it back."""
        if self.has_class("-maximized"):
            self.action_restore()
        elif isinstance(self.focused, Pane):
            self.focused.add_class("-maximized")
            if self.focused.parent is not None:
                self.focused.parent.add_class("-maximized")
            self._maximized(True)

    def action_restore(self) -> None:
        """Show all panes again."""
        for widget in self.query(".-maximized"):
            widget.remove_class("-maximized")
        self._maximized(False)

    def _maximized(self, maximized: bool) -> None:
        self.set_class(maximized, "-maximized")
        self.refresh_bindings()
        self._show_keys()
        self.call_after_refresh(self.tell_view)

    def action_report(self) -> None:
        """Show how it does on the test points."""
        self.post_message(ReportWanted())

    def action_undo(self) -> None:
        """Back to the last good state: of the run, or of what is left of it."""
        if self._lost:
            self.post_message(RecoverWanted())
        else:
            self.steer(Rewind())

    def action_save(self) -> None:
        """Save the run."""
        self.post_message(SaveWanted())

    def action_detach(self) -> None:
        """Leave the run to itself."""
        self.post_message(DetachWanted())

    def action_help(self) -> None:
        """Explain keys and panes."""
        self.app.push_screen(HelpScreen(self))

    def action_leave(self) -> None:
        """Leave."""
        self.post_message(LeaveWanted())


def _steered(snapshot: Snapshot) -> tuple[State, float, int]:
    """What keys change and the status line shows."""
    return snapshot.state, snapshot.alpha, snapshot.pace
