"""The screen at the end of a run: how the network does on points that it never learned from."""

import dataclasses
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.geometry import Region

from engine.messages.commands import Command
from engine.messages.report import RunReport
from tui.charts.facts import loss_name
from tui.charts.report.narrow_summary import draw_narrow_summary, narrow_rows
from tui.charts.report.points import draw_test_points
from tui.charts.report.summary import draw_summary, summary_rows
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.screens.action_screen import ActionScreen
from tui.screens.actions import REPORT_ACTIONS
from tui.screens.closes_once import ClosesOnce
from tui.screens.help import HelpScreen
from tui.screens.key_context import KeyContext
from tui.widgets.lines import KeyLine
from tui.widgets.picture_view import PictureView

LEAST_COLUMNS = 60
"""Below this width, the figures stand below one another, with one picture of the points at most."""

CLASSES_HELP = """\
### The ending

How the network does on the test points, which it never learned from. The loss is {loss}, how wrong it
is on average; accuracy is the share of points whose class it gets right. The table counts the test
points: a row for each real class, a column for the class that the network gives them, so that mistakes
stand beside the diagonal. Where it has no room, the most frequent mistakes stand there, `o as x` for
those that are `o` and taken for `x`. In the pictures, points that it gets wrong are marked with a
capital letter, reversed.
"""

VALUES_HELP = """\
### The ending

How the network does on the test points, which it never learned from. The loss is {loss}; `rmse` is how
far predictions are off, in the values' own unit. R² says how much of the values' variation is predicted:
1 is all of it, 0 no more than their mean would. In one picture the points lie before what the network
predicts everywhere, in the other one the predicted values upwards against the real ones across, on the
diagonal where they are the same. Points whose value it misses by more than a tenth of the range of all
values are marked, reversed: `+` where it predicts too much, `-` where too little.
"""

POINTS_ROWS = 6
"""The least that a picture of the points is shown in."""


class Summary(PictureView):
    """The figures."""

    def __init__(self, report: RunReport) -> None:
        super().__init__()
        self._report = report

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        picture = Picture.blank(rows, columns, look.palette.base)
        narrow = columns < LEAST_COLUMNS or rows < summary_rows(self._report, columns - 1, *look)
        drawn = (
            draw_narrow_summary(self._report, rows, max(columns - 2, 1), *look)
            if narrow
            else draw_summary(self._report, columns - 1, *look)
        )
        picture.paste(0, 1, drawn)
        return picture


class TestPoints(PictureView):
    """The test points with their real or their predicted classes."""

    def __init__(self, report: RunReport, *, real: bool) -> None:
        super().__init__()
        self._report = report
        self._real = real

    @property
    def picture_region(self) -> Region:
        return self.region

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        return draw_test_points(self._report, rows, columns, *look, real=self._real)


class ReportScreen(ActionScreen[Command], ClosesOnce[Command]):
    """A report, and how to go on: closes with the command for the run, if there is to be one."""

    CSS_PATH = "report.tcss"
    ACTIONS = REPORT_ACTIONS
    OPENING = ("back", "help")
    CLOSES_TO_STEER = True

    def __init__(
        self, report: RunReport, look: Look, beneath: Callable[[], KeyContext] = KeyContext
    ) -> None:
        """`beneath` says what decides the keys of the training view, which knows the run as it is."""
        super().__init__()
        self.report = report
        self._look = look
        self._beneath = beneath

    def compose(self) -> ComposeResult:
        yield Summary(self.report)
        with Horizontal():
            yield TestPoints(self.report, real=True)
            yield TestPoints(self.report, real=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.use_look(self._look)
        self.show_keys()

    def on_resize(self, event: Resize) -> None:
        """Leave out what there is no room for: the pictures first, the headline last."""
        columns, rows = event.size.width, event.size.height - 1
        wide_rows = summary_rows(self.report, columns - 1, *self._look)
        narrow = columns < LEAST_COLUMNS or rows <= wide_rows
        wanted = narrow_rows(self.report, columns - 2, *self._look) if narrow else wide_rows
        margin = 0 if narrow else 1
        has_points = rows - wanted - margin >= POINTS_ROWS
        summary = self.query_one(Summary)
        summary.styles.height = wanted if has_points or not narrow else max(rows, 1)
        summary.styles.margin = (margin, 0, 0, 0)
        self.query_one(Horizontal).display = has_points
        self.query(TestPoints).first().display = not narrow  # the real classes

    @property
    def context(self) -> KeyContext:
        return dataclasses.replace(
            self._beneath(), state=self.report.state, maximized=False, too_small=False
        )

    def help_text(self) -> str:
        words = VALUES_HELP if self.report.task.is_regression else CLASSES_HELP
        return words.format(loss=loss_name(self.report.config, self.report.task))

    @property
    def drawn_in(self) -> Look:
        return self._look

    def lose_host(self) -> None:
        """The run is lost, as is known beneath: no key steers it from here any more."""
        self.take_question_back()
        self.show_keys()

    def use_look(self, look: Look) -> None:
        """Draw everything in `look`."""
        self._look = look
        for view in self.query(PictureView):
            view.look = look

    def steer(self, command: Command) -> None:
        """Close with `command`."""
        self.dismiss(command)

    def action_help(self) -> None:
        """Explain keys and figures."""
        self.app.push_screen(HelpScreen(self))

    def action_back(self) -> None:
        """Back to the training view."""
        self.dismiss()
