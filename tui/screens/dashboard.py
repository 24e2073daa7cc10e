"""The training view: four panes, the lines around them, and the keys that steer the run."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from engine.commands import Command, MakeSteps, Pause, Reset, Resume, SetAlpha, SetPace
from engine.snapshot import AS_FAST_AS_IT_GOES, DataPoints, Snapshot, State, View
from tui.charts.bars import Key
from tui.intentions import Intentions
from tui.ladders import next_alpha, next_pace
from tui.look import Look
from tui.messages import LeaveWanted, ReportWanted, Steer, ViewChanged
from tui.screens.alpha import AlphaScreen
from tui.screens.help import HelpScreen
from tui.widgets.classes_pane import PredictedPane, RealPane
from tui.widgets.layer_pane import LayerPane
from tui.widgets.lines import Header, KeyLine, StatusLine
from tui.widgets.loss_pane import LossPane
from tui.widgets.pane import Pane
from tui.widgets.picture_view import PictureView

LEAST_COLUMNS, LEAST_ROWS = 60, 18
"""Below this size a notice takes the place of everything."""

ACTS_ON_A_LIVE_RUN = {
    "toggle_pause",
    "one_step",
    "alpha",
    "type_alpha",
    "pace",
    "full_speed",
    "restart",
    "new_seed",
    "report",
}
"""Actions that need a host."""

ACTS_WHILE_STEPS_ARE_LEFT = {"toggle_pause", "one_step", "pace", "full_speed"}
"""Actions that mean nothing once the run is done or has diverged."""


class DashboardScreen(Screen[None]):
    """Shows the last snapshot; says what a person wants, and what it needs for the next one."""

    CSS_PATH = "dashboard.tcss"
    AUTO_FOCUS = "#loss"
    BINDINGS = [
        Binding(
            "space", "toggle_pause", "pause", id="run.pause", tooltip="Pause the training, or go on"
        ),
        Binding("full_stop", "one_step", "step", id="run.step", tooltip="Pause, and make one step"),
        Binding(
            "up,plus,equals_sign",
            "alpha(True)",
            "alpha up",
            id="run.alpha_up",
            key_display="↑",
            tooltip="Learn faster: the next greater learning rate",
        ),
        Binding(
            "down,minus",
            "alpha(False)",
            "alpha down",
            id="run.alpha_down",
            key_display="↓",
            tooltip="Learn slower: the next smaller learning rate",
        ),
        Binding("a", "type_alpha", "type alpha", id="run.alpha", tooltip="Type a learning rate"),
        Binding(
            "less_than_sign,comma",
            "pace(False)",
            "slower",
            id="run.slower",
            key_display="<",
            tooltip="Fewer steps a frame",
        ),
        Binding(
            "greater_than_sign",
            "pace(True)",
            "faster",
            id="run.faster",
            key_display=">",
            tooltip="More steps a frame, then as fast as it goes",
        ),
        Binding(
            "f",
            "full_speed",
            "full speed",
            id="run.full_speed",
            tooltip="As fast as it goes; once more for the pace before",
        ),
        Binding(
            "left_square_bracket",
            "layer(-1)",
            "layer before",
            id="view.layer_before",
            key_display="[",
            tooltip="Inspect the layer before",
        ),
        Binding(
            "right_square_bracket",
            "layer(1)",
            "next layer",
            id="view.layer_next",
            key_display="]",
            tooltip="Inspect the next layer",
        ),
        Binding("l", "toggle_log", "log", id="view.log", tooltip="Logarithmic or linear loss"),
        Binding(
            "m",
            "toggle_maximized",
            "maximize",
            id="view.maximize",
            tooltip="Give the focused pane all the room, or take it back",
        ),
        Binding(
            "escape",
            "restore",
            "restore",
            id="view.restore",
            show=False,
            tooltip="Take the room back from the maximized pane",
        ),
        Binding(
            "r",
            "restart",
            "restart",
            id="run.restart",
            tooltip="Start over from the same initial weights",
        ),
        Binding(
            "n",
            "new_seed",
            "new seed",
            id="run.new_seed",
            tooltip="Start over with other points and weights: the next seed",
        ),
        Binding(
            "e", "report", "evaluate", id="run.report", tooltip="See how it does on the test points"
        ),
        Binding(
            "question_mark",
            "help",
            "help",
            id="app.help",
            key_display="?",
            tooltip="What the keys and panes mean",
        ),
        Binding(
            "q", "leave", "quit", id="app.quit", tooltip="End the run and leave its report behind"
        ),
    ]

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False, always_update=True)
    """The run as last seen."""

    look: reactive[Look | None] = reactive(None, repaint=False)
    """How everything is drawn."""

    notice: reactive[str] = reactive("", repaint=False)
    """Something that a person has to know about the run."""

    stats: reactive[str] = reactive("", repaint=False)
    """What the picture costs, where a person wants to know."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.set_reactive(DashboardScreen.look, look)
        self._wants = Intentions()
        self._points: DataPoints | None = None
        self._points_of_run = -1
        self._pace_before = 50
        self._told_view = View()
        self._lost = False

    def compose(self) -> ComposeResult:
        yield from self._bound(Header().data_bind(DashboardScreen.stats))
        with Vertical(id="panes"):
            yield from self._bound(LossPane(id="loss"))
            with Horizontal(id="lower"):
                yield from self._bound(
                    RealPane(id="real"), PredictedPane(id="predicted"), LayerPane(id="layer")
                )
        status = StatusLine().data_bind(DashboardScreen.notice)
        yield from self._bound(status, KeyLine())
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

    def show(self, snapshot: Snapshot) -> None:
        """Draw `snapshot`."""
        if snapshot.points is not None:
            self._points, self._points_of_run = snapshot.points, snapshot.run
            for pane in (self.query_one(RealPane), self.query_one(PredictedPane)):
                pane.points = snapshot.points
        before, self.snapshot = self.snapshot, snapshot
        self._wants.settle(snapshot)
        if before is None or before.state != snapshot.state:
            self.refresh_bindings()
            self._show_keys()
        self.tell_view()

    def tell_view(self) -> None:
        """Say so if the view is another than was last told."""
        view = self.view
        if view != self._told_view:
            self._told_view = view
            self.post_message(ViewChanged())

    def lose_host(self, notice: str) -> None:
        """There will be no further snapshot; what is there stays to be read."""
        self._lost = True
        self.notice = f"{notice}; q leaves"
        self.refresh_bindings()
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

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self._show_keys()

    # -- which keys act

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """None greys an action out."""
        state = self.snapshot.state if self.snapshot is not None else None
        if action in ACTS_ON_A_LIVE_RUN and (state is None or self._lost):
            return None
        if action in ACTS_WHILE_STEPS_ARE_LEFT and state in (State.DONE, State.DIVERGED):
            return None
        if action == "restore":
            return self.has_class("-maximized")
        return True

    def _show_keys(self) -> None:
        running = self.snapshot is not None and self.snapshot.state is State.RUNNING
        in_layer = isinstance(self.focused, LayerPane)
        arrows = self.look.glyphs.up_down if self.look else ""
        keys = [
            Key("space", "pause" if running else "go on", "toggle_pause"),
            Key(".", "step", "one_step"),
            Key("+-" if in_layer else arrows, "alpha", "type_alpha"),
            Key("<>", "pace", "full_speed"),
            Key("[]", "layer", "layer(1)"),
            Key("l", "log", "toggle_log"),
            Key("m", "restore" if self.has_class("-maximized") else "max", "toggle_maximized"),
            Key("r", "reset", "restart"),
            Key("n", "new seed", "new_seed"),
            Key("e", "evaluate", "report"),
            Key("?", "help", "help"),
            Key("q", "quit", "leave"),
        ]
        self.query_one(KeyLine).keys = tuple(
            key for key in keys if self.check_action(key.action.partition("(")[0], ())
        )

    # -- what a person wants

    def steer(self, command: Command) -> None:
        """Have `command` carried out."""
        self.post_message(Steer(command))

    def action_toggle_pause(self) -> None:
        """Pause, or go on."""
        if self.snapshot is None:
            return
        paused = self._wants.paused
        if paused is None:
            paused = self.snapshot.state is not State.RUNNING
        self._wants.paused = not paused
        self.steer(Resume() if paused else Pause())

    def action_one_step(self) -> None:
        """Pause and make one step."""
        self._wants.paused = True
        self.steer(MakeSteps(1))

    def action_alpha(self, up: bool) -> None:
        """The next learning rate."""
        if self.snapshot is not None:
            now = self.snapshot.alpha if self._wants.alpha is None else self._wants.alpha
            self._set_alpha(next_alpha(now, up))

    def _set_alpha(self, alpha: float | None) -> None:
        if alpha is not None:
            self._wants.alpha = alpha
            self.steer(SetAlpha(alpha))

    def action_type_alpha(self) -> None:
        """Ask for a learning rate."""
        if self.snapshot is not None:
            self.app.push_screen(AlphaScreen(self.snapshot.alpha), self._set_alpha)

    @property
    def _pace(self) -> int:
        if self._wants.pace is not None or self.snapshot is None:
            return self._wants.pace or 0
        return self.snapshot.pace

    def _set_pace(self, pace: int) -> None:
        self._wants.pace = pace
        self.steer(SetPace(pace))

    def action_pace(self, faster: bool) -> None:
        """The next pace."""
        self._set_pace(next_pace(self._pace, faster))

    def action_full_speed(self) -> None:
        """As fast as it goes, or back."""
        if self._pace == AS_FAST_AS_IT_GOES:
            self._set_pace(self._pace_before)
        else:
            self._pace_before = self._pace
            self._set_pace(AS_FAST_AS_IT_GOES)

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

    def action_restart(self) -> None:
        """Start over."""
        self._wants.forget()
        self.steer(Reset())

    def action_new_seed(self) -> None:
        """Start over with the next seed."""
        if self.snapshot is not None:
            self._wants.forget()
            self.steer(Reset(self.snapshot.config.seed + 1))

    def action_report(self) -> None:
        """Show how it does on the test points."""
        self.post_message(ReportWanted())

    def action_help(self) -> None:
        """Explain keys and panes."""
        self.app.push_screen(HelpScreen())

    def action_leave(self) -> None:
        """Leave."""
        self.post_message(LeaveWanted())
