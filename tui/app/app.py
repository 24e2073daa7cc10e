"""The application: wires a session to the screens."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from textual import on
from textual.app import SystemCommand
from textual.driver import Driver
from textual.screen import Screen

from engine.client.remote import RemoteSession
from engine.client.session import Session
from engine.errors import ConfigError, HostLostError, MoonwalkError, RunEndedError
from engine.messages.commands import Command
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot, View
from engine.messages.status import Status
from tui.app.command_palette import commands_of
from tui.app.dashboard_options import DashboardOptions
from tui.app.frame_loop import FrameLoop
from tui.app.frame_stats import FrameStats
from tui.app.leaving_app import FAULT, LeavingApp
from tui.messages import (
    DashboardResumed,
    ReportWanted,
    ReviveWanted,
    SaveWanted,
    Steer,
    ViewChanged,
)
from tui.screens.dashboard import DashboardScreen
from tui.screens.report import EndingScreen
from tui.terminal.driver import CellDriver
from tui.terminal.writer import NewestWriter

NOTICE_SECONDS = 8.0
"""How long news of the run stay to be read."""


class MoonwalkApp(LeavingApp):
    """Asks the session for one snapshot after the other, and sends it what a person wants."""

    def __init__(
        self,
        session: Session,
        options: DashboardOptions,
        driver_class: type[Driver] | None = None,
        revive: Callable[[Status], Session] | None = None,
    ) -> None:
        """`revive` makes a session that goes on from the last save, should the host be lost."""
        super().__init__(session, options, driver_class)
        self._revive = revive
        self._last_status: Status | None = None
        self._use(session)
        self._ended: tuple[int, int] | None = None
        """The run, and the last of its steps, that is done."""
        self._ending_due = False
        self._stats = FrameStats(time.monotonic)
        self._shows_stats = options.stats
        self.troubles: list[str] = []
        """Bad news of the run, one line each."""
        self.dashboard = DashboardScreen(self.look, watches=options.watches)
        """The training view; every other screen lies on top of it."""

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._change_look)
        self.push_screen(self.dashboard)
        self.run_worker(self._watch_run(), name="frames", exit_on_error=False)

    def _change_look(self, _: object) -> None:
        if self.is_running:
            self.dashboard.look = self.look
            for screen in self.screen_stack:
                if isinstance(screen, EndingScreen):
                    screen.use_look(self.look)

    # -- the run's frames

    def _use(self, session: Session) -> None:
        """Show the run of `session` from now on."""
        self.session = session
        session.on_notice = self._take_notice
        session.on_refused = self._take_refusal
        self.frames = FrameLoop(
            session, self._wanted_view, self._show, self._is_stalled, self._options.fps
        )

    def _wanted_view(self) -> View:
        return self.dashboard.view

    async def _watch_run(self) -> None:
        """Show one snapshot after the other, until the run or the app ends."""
        session = self.session
        try:
            await self.frames.run()
        except HostLostError as error:
            if session is self.session:
                self._lose_host(error)
        except ConfigError as error:
            self.fault = error
            self.exit(return_code=FAULT)
        except Exception as error:
            self._handle_exception(error)

    def _is_stalled(self) -> bool:
        return self._output is not None and self._output.stalled

    @property
    def _output(self) -> NewestWriter | None:
        return self._driver.output if isinstance(self._driver, CellDriver) else None

    def _show(self, snapshot: Snapshot, heard: int) -> None:
        self.dashboard.show(snapshot, heard)
        if self._shows_stats:
            self._stats.add(time.process_time(), self._output.bytes_written if self._output else 0)
            self.dashboard.stats = self._stats.text
        self.dashboard.notice = notice_of(snapshot, steers=not self._options.watches)
        ended = (snapshot.run, snapshot.total_steps) if snapshot.state is State.DONE else None
        if ended != self._ended:
            self._ended = ended
            self._ending_due = ended is not None
            self._open_due_ending()

    def _lose_host(self, error: HostLostError) -> None:
        if self._leaving:
            return
        if isinstance(error, RunEndedError):
            self.ended, self.unsaved = str(error), not error.saved
        else:
            self.fault = error
        comes_back = self.last_save is not None and self.fault is not None
        self.dashboard.lose_host(str(error), comes_back=comes_back)
        for screen in self.screen_stack:
            if isinstance(screen, EndingScreen):
                screen.lose_host()
                self.notify(f"{error}; escape, then {self.dashboard.ways_on}", severity="error")

    @property
    def last_save(self) -> str | None:
        """The file that a lost run can be taken up from."""
        if isinstance(self.session, RemoteSession) and self.session.status is not None:
            self._last_status = self.session.status
        status = self._last_status
        saved = None if status is None or self._revive is None else status.saves_to
        return saved if saved is not None and Path(saved).exists() else None

    @on(ReviveWanted)
    def _take_up_again(self) -> None:
        """Go on from the last save of a host that was lost."""
        lost = self.session
        if self.last_save is None or self._revive is None or self._last_status is None:
            return
        self.fault = None
        self._ended = None
        self.run_worker(lost.close(), name="closing", exit_on_error=False)
        self._use(self._revive(self._last_status))
        self.dashboard.find_host()
        self.run_worker(self._watch_run(), name="frames", exit_on_error=False)
        self.frames.view_changed()

    def _take_refusal(self, text: str) -> None:
        self.dashboard.forget_wishes()
        self.notify(text, severity="error")

    def _take_notice(self, text: str, trouble: bool) -> None:
        if trouble:
            self.troubles.append(text)
        if not self._leaving:
            self.notify(
                text, severity="warning" if trouble else "information", timeout=NOTICE_SECONDS
            )

    @on(ViewChanged)
    def _ask_again(self) -> None:
        self.frames.view_changed()

    # -- what a person wants

    @on(Steer)
    async def _steer(self, message: Steer) -> None:
        try:
            await self.frames.steer(message.command)
        except MoonwalkError as error:
            self.notify(str(error), severity="error")

    @on(SaveWanted)
    async def _save(self) -> None:
        try:
            await self.session.save()
        except MoonwalkError as error:
            self.notify(str(error), severity="error")

    @on(DashboardResumed)
    def _open_due_ending(self) -> None:
        """The ending comes by itself, but not over a prompt that a person is typing into."""
        if self._ending_due and isinstance(self.screen, DashboardScreen | EndingScreen):
            self._ending_due = False
            self._open_ending()

    @on(ReportWanted)
    def _open_ending(self) -> None:
        # not a coroutine: one that is asked for again before it begins would never be awaited
        self.run_worker(
            self._show_ending,  # type: ignore[arg-type] # Textual's own says `Never` of the result
            name="ending",
            exclusive=True,
            group="ending",
        )

    async def _show_ending(self) -> None:
        try:
            report = await self.session.report()
        except HostLostError as error:
            self.notify(str(error), severity="error")
            return
        except Exception as error:
            self._handle_exception(error)
            return
        if isinstance(self.screen, EndingScreen):
            self.pop_screen()
        snapshot = self.dashboard.snapshot
        self.push_screen(
            EndingScreen(
                report,
                self.look,
                steers=not self._options.watches,
                replays=snapshot is not None and snapshot.replays,
            ),
            self._go_on_from_ending,
        )

    def _go_on_from_ending(self, command: Command | None) -> None:
        if command is not None:
            self.dashboard.steer(command)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that a key does on the present screen, and what has no key."""
        yield from commands_of(screen)
        yield SystemCommand("Change the theme", "Colours", self.action_change_theme)
        yield SystemCommand(
            "What the picture costs", "Frames and bytes a second, or not", self.toggle_stats
        )

    def toggle_stats(self) -> None:
        """Show what the picture costs, or stop that."""
        self._shows_stats = not self._shows_stats
        self.dashboard.stats = ""


def notice_of(snapshot: Snapshot, *, steers: bool) -> str:
    """What went wrong, if something did, and what helps; within 80 columns."""
    divergence = snapshot.divergence
    if divergence is None:
        return ""
    what = f"{divergence.what} of layer {divergence.layer}"
    helps = ": u undoes, r restarts" if steers and not snapshot.replays else ""
    return f"{what} too large at step {divergence.step + 1:,}{helps}"
