"""All the ways out of the app: by key, by signal, without a terminal. Each ends the run or leaves it
running, and remembers why the app ended.
"""

import signal

from textual.app import App

from engine.errors import HostLostError, RunEndedError
from engine.messages.report import RunReport
from tui.app.run_link import RunLink

FAULT = 1
"""Exit status of an app that ends because of a fault."""

NOTICE_SECONDS = 0.2
"""How long leaving may take before it says what it waits for."""

QUIT_SECONDS = 4.0
"""The longest that leaving waits for the run to end."""

PROBLEM_SECONDS = 8.0
"""How long it stays to be read why the run cannot be left."""

INTERRUPT_SECONDS = 3.0
"""How long the first ctrl+c counts."""


class Shutdown:
    """Ends the app in order, once, whatever asks for it."""

    def __init__(self, app: App[RunReport], link: RunLink) -> None:
        self._app = app
        self._link = link
        self.fault: BaseException | None = None
        """The error that ended the app; None if the user or a signal did."""
        self.ended_by: int | None = None
        """The signal that ended the app, if one did."""
        self.ended: str | None = None
        """How the run has ended, where there is no report of that."""
        self.unsaved = False
        """Whether the run has ended without being saved as it should have been."""
        self.goes_on = False
        """Whether the run was left running."""
        self.ends_run = False
        """Whether it is to be ended, though it was there before the app."""
        self.under_way = False
        """Whether the app is about to end."""
        self._interrupted = False
        self._waiting_said = False
        self._detaching = False

    @property
    def leaves_run(self) -> bool:
        """Whether the run is not ended: it can be found again, or was not this dashboard's to end."""
        return self.goes_on or (self._link.session.began_before and not self.ends_run)

    def leave(self) -> None:
        """End the app, and with it the run, unless that was there before and goes on. Asked again
        while that is waited for, leave at once.
        """
        session = self._link.session
        if session.began_before and session.can_be_left and not self.under_way:
            self._app.run_worker(self._leave_running(), name="detaching", exit_on_error=False)
        else:
            self._end_app()

    def end_run(self) -> None:
        """End the run, saved, and then the app with the last report as its result."""
        self.ends_run = True
        self._end_app()

    def _end_app(self) -> None:
        if self.under_way:
            if self._waiting_said:
                self._link.session.hurry()
            return
        self.under_way = True
        self._link.frames.stop()
        self._app.run_worker(self._close_and_exit(), name="leaving", exit_on_error=False)
        self._app.set_timer(NOTICE_SECONDS, self._say_waiting)
        self._app.set_timer(QUIT_SECONDS, self._link.session.hurry)

    def _say_waiting(self) -> None:
        # only from now on is a second key meant as an answer to this, and not a slip
        self._waiting_said = True
        if not self.goes_on:
            self._app.notify(
                "Waiting until the run is saved; q again leaves at once",
                severity="warning",
                timeout=QUIT_SECONDS,
            )

    def detach(self) -> None:
        """End the app and leave the run running; say so if that is not possible."""
        if not self.under_way and not self._detaching:
            self._detaching = True
            self._app.run_worker(self._detach(), name="detaching", exit_on_error=False)

    async def _detach(self) -> None:
        problem = await self._why_not_left()
        self._detaching = False
        if self.under_way:
            return
        if problem:
            self._app.notify(
                f"Nobody could come back to this run: {problem}; q ends it, saved",
                severity="warning",
                timeout=PROBLEM_SECONDS,
            )
        else:
            self.goes_on = True
            self._end_app()

    async def _why_not_left(self) -> str:
        try:
            return await self._link.session.why_not_left()
        except HostLostError as error:
            return str(error)

    def interrupt(self, others_watching: str = "") -> None:
        """Say how to quit; at a second call within INTERRUPT_SECONDS, leave. `others_watching` says
        who else is to be thought of.
        """
        if self._interrupted or self.under_way:
            self.leave()
            return
        self._interrupted = True
        self._app.set_timer(INTERRUPT_SECONDS, self._forget_interrupt)
        self._app.notify(self._how_to_quit(others_watching), timeout=INTERRUPT_SECONDS)

    def _how_to_quit(self, others_watching: str) -> str:
        if self._link.session.began_before:
            return "Press ctrl+c again, or q, to leave; the run goes on"
        if others_watching:
            return f"{others_watching}: ctrl+c again ends the run, d leaves it to them"
        return "Press ctrl+c again, or q, to quit"

    def _forget_interrupt(self) -> None:
        self._interrupted = False

    def leave_because_of(self, signal_number: int) -> None:
        """Leave because the process got that signal; after SIGHUP, the run goes on if it can."""
        self.ended_by = signal_number
        if signal_number == signal.SIGHUP:
            self._disconnect()
        else:
            self.leave()

    def leave_without_terminal(self, error: Exception) -> None:
        """Leave because nothing can be written any more; anything but an OSError is a fault."""
        if not isinstance(error, OSError):
            self.fault = error
        self._disconnect()

    def fail(self, error: BaseException) -> None:
        """Exit because the run cannot be shown."""
        self.fault = error
        self._app.exit(return_code=FAULT)

    def note_lost(self, error: HostLostError) -> None:
        """Remember why the run is lost: it was ended, or its process died, which is a fault."""
        if isinstance(error, RunEndedError):
            self.ended, self.unsaved = str(error), not error.saved
        else:
            self.fault = error

    def _disconnect(self) -> None:
        """Leave a run that has begun running. The host ends it if it is done and no other dashboard
        is open on it.
        """
        if self._link.has_begun and self._link.session.can_be_left:
            self._link.session.say_disconnected()
            self._app.run_worker(self._leave_running(), name="detaching", exit_on_error=False)
        else:
            self.leave()

    async def _leave_running(self) -> None:
        """Leave; the run goes on if it can be found again."""
        problem = await self._why_not_left()
        if self.under_way:
            return
        self.goes_on = not problem
        if problem and self._link.session.began_before:
            self.ended = f"the run goes on, but nobody can come back to it: {problem}"
        self._end_app()

    async def _close_and_exit(self) -> None:
        report = await self._last_report()
        session = self._link.session
        try:
            await (session.leave() if self.leaves_run else session.close())
            if session.ends_later:
                self.ended = session.ends_later
                if report is not None:  # which says nothing of that
                    self._link.troubles.append(session.ends_later)
            lost = session.lost
            if isinstance(lost, RunEndedError):
                self.unsaved |= not lost.saved
                if self.goes_on:  # another dashboard has ended it at the same moment
                    self.goes_on, self.ended = False, str(lost)
        except Exception as error:
            self.fault = self.fault or error
        self._app.exit(report, return_code=FAULT if self.fault else 0)

    async def _last_report(self) -> RunReport | None:
        """How the run has ended; None if it goes on, was never shown, or does not say."""
        if self.leaves_run or not self._link.frames.has_shown:
            return None
        try:
            return await self._link.session.finish()
        except RunEndedError as error:
            self.ended, self.unsaved = str(error), not error.saved
        except TimeoutError:  # it was hurried; the session says what becomes of the run
            pass
        except Exception as error:  # no error may prevent leaving
            self.fault = self.fault or error
        return None
