"""Opens the report of the run: when the user asks for it, and by itself when the run is done."""

from collections.abc import Callable

from textual.app import App
from textual.worker import Worker

from engine.errors import HostLostError
from engine.messages.commands import Command
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot
from tui.app.run_link import RunLink
from tui.screens.dashboard import DashboardScreen
from tui.screens.report import ReportScreen


class ReportOpener:
    """Shows one report at a time, over the training view."""

    def __init__(
        self,
        app: App[RunReport],
        link: RunLink,
        new_screen: Callable[[RunReport], ReportScreen],
        steer: Callable[[Command], None],
        fail: Callable[[Exception], None],
    ) -> None:
        """`steer` takes the command that a report was closed with, `fail` an unexpected error."""
        self._app = app
        self._link = link
        self._new_screen = new_screen
        self._steer = steer
        self._fail = fail
        self._ended: tuple[int, int] | None = None
        """The run, and the last of its steps, that is done."""
        self._due = False
        self._opening: Worker[None] | None = None

    @property
    def is_opening(self) -> bool:
        """Whether a report was asked for that has not come."""
        return self._opening is not None and not self._opening.is_finished

    def take(self, snapshot: Snapshot) -> None:
        """Open the report if `snapshot` is the first one that shows this end of the run."""
        done = snapshot.state is State.DONE
        ended = (snapshot.run, snapshot.total_steps) if done else None
        if ended != self._ended:
            self._ended = ended
            self._due = done
            self.open_if_due()

    def forget_end(self) -> None:
        """Another session shows the run: its end has not been seen yet."""
        self._ended = None

    def open_if_due(self) -> None:
        """Open the report that the end of the run calls for, but not over a prompt or a menu, nor while
        keys go to the set-up or to a point.
        """
        screen = self._app.screen
        is_free = isinstance(screen, DashboardScreen) and not screen.is_in_use
        if self._due and (is_free or isinstance(screen, ReportScreen)):
            self._due = False
            self.open()

    def open(self) -> None:
        """Ask for a report, and show it."""
        # not a coroutine: one that is asked for again before it begins would never be awaited
        self._opening = self._app.run_worker(
            self._show,
            name="report",
            exclusive=True,
            group="report",
        )

    async def _show(self) -> None:
        try:
            report = await self._link.session.report()
        except HostLostError as error:
            self._app.notify(str(error), severity="error")
            return
        except Exception as error:
            self._fail(error)
            return
        if isinstance(self._app.screen, ReportScreen):
            self._app.pop_screen()
        self._app.push_screen(self._new_screen(report), self._go_on)

    def _go_on(self, command: Command | None) -> None:
        if command is not None:
            self._steer(command)
