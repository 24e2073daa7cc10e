"""The training view: four panes, the lines around them, and the keys that steer the run."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.reactive import reactive
from textual.widgets import Static

from engine.messages.commands import Rewind
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot, View
from tui.charts.bars import Key
from tui.drawing.look import Look
from tui.messages import (
    DashboardResumed,
    DetachWanted,
    LeaveWanted,
    ReportWanted,
    ReviveWanted,
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
from tui.widgets.points_panes import PointsPane, PredictedPane, RealPane

LEAST_COLUMNS, LEAST_ROWS = 60, 18
"""Below this size a notice takes the place of everything."""


class DashboardScreen(SteeringScreen):
    """Shows the last snapshot; says what a person wants, and what it needs for the next one."""

    CSS_PATH = "dashboard.tcss"
    AUTO_FOCUS = "#loss"
    BINDINGS = DASHBOARD_BINDINGS

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
        self._points_of_run = -1
        self._told_view = View()
        self._lost = False
        self._comes_back = False

    def compose(self) -> ComposeResult:
        yield from self._bound(
            Header("watching" if self._watches else "").data_bind(DashboardScreen.stats)
        )
        with Vertical(id="panes"):
            yield from self._bound(LossPane(id="loss"))
            with Horizontal(id="lower"):
                yield from self._bound(
                    RealPane(id="real"), PredictedPane(id="predicted"), LayerPane(id="layer")
                )
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
        rows, columns = self.query_one(PredictedPane).field_shape
        return View(
            series_points=self.query_one(LossPane).series_points,
            field_rows=rows,
            field_columns=columns,
            window=self.query_one(LayerPane).window,
            known_run=self._points_of_run,
        )

    def show(self, snapshot: Snapshot, heard: int) -> None:
        """Draw `snapshot`, made when `heard` of this screen's commands had come: what a person has
        just changed before all the rest.
        """
        before, self._newest = self._newest, snapshot
        self._newest_heard = heard
        self.query_one(StatusLine).snapshot = snapshot
        if before is not None and _steered(before) != _steered(snapshot):
            self.call_after_refresh(self._show_panes)
        else:
            self._show_panes()

    def _show_panes(self) -> None:
        snapshot, before = self._newest, self.snapshot
        if snapshot is None or snapshot is before or not self.query(Pane):
            return  # without panes, the app is closing
        if snapshot.points is not None:
            self._points_of_run = snapshot.run
            for pane in self.query(PointsPane):
                pane.points = snapshot.points
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

    def lose_host(self, notice: str, *, comes_back: bool) -> None:
        """There will be no further snapshot; what is there stays to be read. The run `comes_back`
        where there is a save of it.
        """
        self._lost, self._comes_back = True, comes_back
        self.notice = f"{notice}; {self.ways_on}"
        self.refresh_bindings()
        self._show_keys()

    @property
    def ways_on(self) -> str:
        """What can be done without a host."""
        return "u resumes, q leaves" if self._comes_back else "q leaves"

    def find_host(self) -> None:
        """There will be snapshots again, of another host."""
        self._lost = self._comes_back = False
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
            comes_back=self._comes_back,
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
            Key("[]", "layer", "layer(1)"),
            Key("l", "log", "toggle_log"),
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

    def action_layer(self, by: int) -> None:
        """Inspect another layer."""
        self.query_one(LayerPane).turn(by)

    def action_toggle_log(self) -> None:
        """Change the loss chart's scale."""
        pane = self.query_one(LossPane)
        pane.logarithmic = not pane.logarithmic

    def action_toggle_maximized(self) -> None:
        """Give the focused pane all the room, or take it back."""
        if self.has_class("-maximized"):
            self.action_restore()
        elif isinstance(self.focused, Pane):
            self.focused.add_class("-maximized")
            self.query_one("#lower").set_class(self.focused.id != "loss", "-maximized")
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
            self.post_message(ReviveWanted())
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
