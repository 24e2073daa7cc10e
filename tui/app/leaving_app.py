"""The part of the application that knows all the ways out, and leaves nothing behind on any."""

import asyncio
import signal

from textual import on
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.worker import WorkerFailed

from engine.client.session import Session
from engine.errors import RunEndedError
from tui.app.base_app import ThemedApp
from tui.app.dashboard_options import DashboardOptions
from tui.app.frame_loop import FrameLoop
from tui.messages import DetachWanted, LeaveWanted, TerminalLost
from tui.screens.dashboard import DashboardScreen

FAULT = 1
"""Exit status of an app that ends because of a fault."""

REPORT_SECONDS = 5.0
"""How long leaving waits for the last report."""


class LeavingApp(ThemedApp):
    """Ends the run and leaves, or leaves it to itself; remembers why."""

    BINDINGS = [
        Binding("ctrl+c", "interrupt", "quit", show=False, priority=True, system=True),
        Binding("ctrl+q", "interrupt", "quit", show=False, priority=True, system=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True, system=True),
    ]

    dashboard: DashboardScreen
    frames: FrameLoop

    def __init__(
        self,
        session: Session,
        options: DashboardOptions,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(options, driver_class)
        self.session = session
        self.fault: BaseException | None = None
        """Why the app ended, where no person wanted it to."""
        self.ended_by: int | None = None
        """The signal that ended the app, if one did."""
        self.ended: str | None = None
        """How the run has ended, if it was ended from elsewhere, or slowly."""
        self.unsaved = False
        """Whether the run has ended without being saved as it should have been."""
        self.goes_on = False
        """Whether the run was left to itself."""
        self._interrupted = False
        self._leaving = False

    @on(TerminalLost)
    def _leave_without_terminal(self, message: TerminalLost) -> None:
        if not isinstance(message.error, OSError):
            self.fault = message.error
        self._detach_if_under_way()

    def leave_because_of(self, signal_number: int) -> None:
        """Leave as a person does, but remember why."""
        self.ended_by = signal_number
        if signal_number == signal.SIGHUP:
            self._detach_if_under_way()
        else:
            self._leave()

    def _detach_if_under_way(self) -> None:
        """Nobody is there any more: a run that has begun is left to its host, which ends it if it is
        done and nobody else is there.
        """
        if self.dashboard.snapshot is not None and self.session.can_be_left:
            self.session.say_disconnected()
            self._detach()
        else:
            self._leave()

    @on(DetachWanted)
    def _detach(self) -> None:
        """Leave the run to itself."""
        if self.session.can_be_left:
            self.goes_on = True
            self._leave()
        else:
            self.notify("Nobody could come back to this run; q ends it, saved", severity="warning")

    @on(LeaveWanted)
    def _leave(self) -> None:
        if not self._leaving:
            self._leaving = True
            self.frames.stop()
            self.run_worker(self._close_and_exit(), name="leaving", exit_on_error=False)

    async def _close_and_exit(self) -> None:
        report = None
        try:
            # before the first frame, there is nothing to report on
            if self.frames.has_shown and not self.goes_on:
                report = await asyncio.wait_for(self.session.finish(), REPORT_SECONDS)
        except RunEndedError as error:
            self.ended, self.unsaved = str(error), not error.saved
        except TimeoutError:
            self.ended = (
                "the run is in the middle of a long update; it ends after that, and is saved"
            )
        except Exception as error:  # whatever it is, it must not keep a person from leaving
            self.fault = self.fault or error
        try:
            await (self.session.leave() if self.goes_on else self.session.close())
            lost = self.session.lost
            self.unsaved |= isinstance(lost, RunEndedError) and not lost.saved
        except Exception as error:
            self.fault = self.fault or error
        self.exit(report, return_code=FAULT if self.fault else 0)

    def action_interrupt(self) -> None:
        """Say how to quit; quit when pressed again."""
        if self._interrupted:
            self._leave()
        else:
            self._interrupted = True
            self.set_timer(3.0, self._forget_interrupt)
            self.notify("Press ctrl+c again, or q, to quit", timeout=3.0)

    def _forget_interrupt(self) -> None:
        self._interrupted = False

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed) and isinstance(error.error, NoMatches):
            return  # Textual's palette, whose list was taken away while it was searching
        self.fault = error
        super()._handle_exception(error)
