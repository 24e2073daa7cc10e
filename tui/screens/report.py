"""The screen at the end of a run: how the network does on points that it never learned from."""

import dataclasses
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region

from engine.messages.commands import Command
from engine.messages.report import RunReport
from tui.charts.report_points import draw_test_points
from tui.charts.summary import draw_summary
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.screens.action_screen import ActionScreen
from tui.screens.actions import REPORT_ACTIONS
from tui.screens.closes_once import ClosesOnce
from tui.screens.key_context import KeyContext
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

    @property
    def picture_region(self) -> Region:
        return self.region

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        return draw_test_points(self._report, rows, columns, *look, real=self._real)


class ReportScreen(ActionScreen[Command], ClosesOnce[Command]):
    """A report, and how to go on: closes with the command for the run, if there is to be one."""

    CSS_PATH = "report.tcss"
    ACTIONS = REPORT_ACTIONS
    OPENING = ("back",)
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

    @property
    def context(self) -> KeyContext:
        return dataclasses.replace(self._beneath(), state=self.report.state, maximized=False)

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

    def action_back(self) -> None:
        """Back to the training view."""
        self.dismiss()
