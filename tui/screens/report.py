"""The screen at the end of a run: how the network does on points that it never learned from."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from engine.config.checks import MAX_SEED
from engine.messages.commands import Command, Extend, Reset
from engine.messages.report import RunReport
from engine.messages.run_state import State
from tui.charts.bars import Key
from tui.charts.report_points import draw_test_points
from tui.charts.summary import draw_summary
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.messages import DetachWanted, LeaveWanted, SaveWanted
from tui.screens.closes_once import ClosesOnce
from tui.widgets.lines import KeyLine
from tui.widgets.picture_view import PictureView


class Summary(PictureView):
    """The figures."""

    def __init__(self, report: RunReport) -> None:
        super().__init__()
        self._report = report

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        picture = Picture.blank(rows, columns, look.palette.base)
        picture.paste(0, 1, draw_summary(self._report, columns - 1, *look))
        return picture


class TestPoints(PictureView):
    """The test points with their real or their predicted classes."""

    def __init__(self, report: RunReport, *, real: bool) -> None:
        super().__init__()
        self._report = report
        self._real = real

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        return draw_test_points(self._report, rows, columns, *look, real=self._real)


class EndingScreen(ClosesOnce[Command]):
    """A report, and where to go from it: closes with the command that a person wants, if any."""

    CSS_PATH = "report.tcss"
    BINDINGS = [
        Binding("escape,b,e", "back", "back", id="end.back", tooltip="Back to the training view"),
        Binding("c", "go_on", "train on", id="end.go_on", tooltip="Train for as many steps again"),
        Binding(
            "r",
            "restart",
            "restart",
            id="end.restart",
            tooltip="Start over from the same initial weights",
        ),
        Binding(
            "n",
            "new_seed",
            "new seed",
            id="end.new_seed",
            tooltip="Start over with other points and weights: the next seed",
        ),
        Binding("s", "save", "save", id="end.save", tooltip="Save the run now"),
        Binding(
            "d", "detach", "detach", id="end.detach", tooltip="Leave, and let the run be by itself"
        ),
        Binding("q", "leave", "quit", id="end.quit", tooltip="Leave the report behind and quit"),
    ]

    def __init__(
        self,
        report: RunReport,
        look: Look,
        *,
        lost: bool = False,
        steers: bool = True,
        replays: bool = False,
    ) -> None:
        """Without `steers`, and in part for a run that `replays`, no key acts on the run."""
        super().__init__()
        self.report = report
        self._look = look
        self._lost = lost
        self._steers = steers
        self._replays = replays

    def compose(self) -> ComposeResult:
        yield Summary(self.report)
        with Horizontal():
            yield TestPoints(self.report, real=True)
            yield TestPoints(self.report, real=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.use_look(self._look)
        self._show_keys()

    def lose_host(self) -> None:
        """There is no run any more that could be steered from here."""
        self._lost = True
        self.refresh_bindings()
        self._show_keys()

    def _show_keys(self) -> None:
        keys = [
            Key("esc", "back", "back"),
            Key("c", f"train {self.report.config.steps:,} more", "go_on"),
            Key("r", "restart", "restart"),
            Key("n", "new seed", "new_seed"),
            Key("s", "save", "save"),
            Key("d", "detach", "detach"),
            Key("q", "quit", "leave"),
        ]
        self.query_one(KeyLine).keys = tuple(k for k in keys if self.check_action(k.action, ()))

    def use_look(self, look: Look) -> None:
        """Draw everything in `look`."""
        for view in self.query(PictureView):
            view.look = look

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """More steps are for a run that has made all of its own."""
        if action in ("go_on", "restart", "new_seed", "save") and not self._steers:
            return None
        if action in ("go_on", "restart", "new_seed", "save", "detach") and self._lost:
            return None
        if action in ("go_on", "new_seed", "save") and self._replays:
            return None
        return None if action == "go_on" and self.report.state is not State.DONE else True

    def action_back(self) -> None:
        """Back to the training view."""
        self.dismiss()

    def action_go_on(self) -> None:
        """Train for as many steps again."""
        self.dismiss(Extend(self.report.config.steps))

    def action_restart(self) -> None:
        """Start over."""
        self.dismiss(Reset())

    def action_new_seed(self) -> None:
        """Start over with the next seed."""
        self.dismiss(Reset((self.report.config.seed + 1) % (MAX_SEED + 1)))

    def action_save(self) -> None:
        """Save the run."""
        self.post_message(SaveWanted())

    def action_detach(self) -> None:
        """Leave the run to itself."""
        self.post_message(DetachWanted())

    def action_leave(self) -> None:
        """Leave."""
        self.post_message(LeaveWanted())
