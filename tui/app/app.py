"""The application: wires the link to the run, the screens and the ways out to one another."""

import time
from collections.abc import Iterable
from typing import Any

from textual import on
from textual.binding import Binding
from textual.driver import Driver
from textual.screen import Screen

from engine.client.session import Session
from engine.errors import ConfigError, HostLostError, MoonwalkError, RunEndedError
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot
from engine.messages.view import View
from tui.app.base_app import BaseApp
from tui.app.command_palette import Offered, presets_offered
from tui.app.dashboard_options import DashboardOptions
from tui.app.divergence_notice import divergence_notice
from tui.app.frame_loop import FrameLoop
from tui.app.frame_stats import FrameStats
from tui.app.importance import importance_of
from tui.app.line_notice import line_notice, line_text
from tui.app.report_opener import ReportOpener
from tui.app.run_link import Recover, RunLink
from tui.app.sharing import Sharing
from tui.app.shutdown import Shutdown
from tui.charts.choices import Choice
from tui.messages import (
    CommandLineWanted,
    DashboardResumed,
    DetachWanted,
    EndWanted,
    ExportWanted,
    LeaveWanted,
    RecoverWanted,
    ReportWanted,
    SaveWanted,
    Steer,
    TerminalLost,
    ViewChanged,
)
from tui.screens.action_screen import ActionScreen
from tui.screens.dashboard import DashboardScreen
from tui.screens.key_context import decides_course, has_run, others_watching
from tui.screens.report import ReportScreen
from tui.terminal.driver import CellDriver
from tui.terminal.line_meter import LineFigures
from tui.terminal.writer import NewestWriter

STATS_CHOICE = Choice(
    "stats", "What the picture costs: frames and bytes a second", words=("statistics", "cost")
)

NOTICE_SECONDS = 8.0
"""How long news of the run stay to be read."""


class MoonwalkApp(BaseApp):
    """Shows one snapshot of the run after another, and sends it the commands of the keys."""

    BINDINGS = [
        Binding("ctrl+c", "interrupt", "quit", show=False, priority=True, system=True),
        Binding("ctrl+q", "interrupt", "quit", show=False, priority=True, system=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True, system=True),
    ]
    AT_ONCE = ("ctrl+c", "ctrl+q", "ctrl+z")
    DASHBOARD: type[DashboardScreen] = DashboardScreen

    def __init__(
        self,
        session: Session,
        options: DashboardOptions,
        driver_class: type[Driver] | None = None,
        recover: Recover | None = None,
    ) -> None:
        """`recover` makes a session that goes on from the last save, should the run be lost."""
        super().__init__(options, driver_class)
        self.dashboard = self.DASHBOARD(
            self.look, watches=options.watches, attached=lambda: self.link.session.began_before
        )
        """The training view; every other screen lies on top of it."""
        self.link = RunLink(session, self._frames_of, self._tell, self._tell_refused, recover)
        self.shutdown = Shutdown(self, self.link)
        self.sharing = Sharing(self, self.link)
        self.reports = ReportOpener(
            self, self.link, self._report_screen, self.dashboard.steer, self._handle_exception
        )
        self._stats = FrameStats(time.monotonic)
        self._shows_stats = options.stats

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._change_look)
        self.push_screen(self.dashboard)
        self.screen_change_signal.subscribe(self, self._order_output_anew)
        self._watch()
        for warning in self._options.warnings:
            self._tell(warning, True)

    def _change_look(self, _: object) -> None:
        if self.is_running:
            self.dashboard.look = self.look
            for screen in self.screen_stack:
                if isinstance(screen, ReportScreen):
                    screen.use_look(self.look)

    # -- the run's frames

    def _frames_of(self, session: Session) -> FrameLoop:
        return FrameLoop(
            session, self._wanted_view, self._show, self._is_stalled, self._options.fps
        )

    def _wanted_view(self) -> View:
        return self.dashboard.view

    def _is_stalled(self) -> bool:
        return self._output is not None and self._output.stalled

    @property
    def _output(self) -> NewestWriter | None:
        return self._driver.output if isinstance(self._driver, CellDriver) else None

    def _order_output_anew(self, screen: Screen[Any]) -> None:
        """For another screen, as soon as it has its layout, which may change."""
        screen.screen_layout_refresh_signal.subscribe(self, self._order_output)
        self.call_after_refresh(self._order_output)

    def _order_output(self, _: object = None) -> None:
        """Say what is to be sent first."""
        if self._output is not None and self.screen_stack:
            self._output.order_by(importance_of(self.screen_stack))

    def _show_costs(self) -> None:
        """What the picture costs, if it is to be shown, and what the line makes of it."""
        line = LineFigures() if self._output is None else self._output.line
        self.dashboard.line_notice = line_notice(line, self.dashboard.line_notice)
        if self._shows_stats:
            self._stats.add(time.process_time(), self._output.bytes_written if self._output else 0)
            self.dashboard.stats = "  ".join(filter(None, (self._stats.text, line_text(line))))

    def _show(self, snapshot: Snapshot) -> None:
        if self._output is not None and self.dashboard.snapshot is None:
            self._output.hurry()  # that it runs is what a person waits for
        self.dashboard.show(snapshot)
        self._order_output()
        self._show_costs()
        self.dashboard.notice = divergence_notice(snapshot, steers=not self._options.watches)
        self.reports.take(snapshot)

    def _watch(self) -> None:
        self.run_worker(self._watch_run(), name="frames", exit_on_error=False)

    async def _watch_run(self) -> None:
        try:
            await self.link.watch()
        except HostLostError as error:
            self._lose_host(error)
        except ConfigError as error:
            self.shutdown.fail(error)
        except Exception as error:
            self._handle_exception(error)

    def _lose_host(self, error: HostLostError) -> None:
        if self.shutdown.under_way:
            return
        self.shutdown.note_lost(error)
        can_recover = self.link.last_save is not None and self.shutdown.fault is not None
        ended = isinstance(error, RunEndedError)
        self.dashboard.lose_host(
            str(error),
            self.link.session.last_snapshot,
            State.ENDED if ended else State.LOST,
            can_recover=can_recover,
        )
        for screen in self.screen_stack:
            if isinstance(screen, ReportScreen):
                screen.lose_host()
                self.notify(f"{error}; escape, then {self.dashboard.ways_on}", severity="error")

    @on(RecoverWanted)
    def _recover(self) -> None:
        lost = self.link.recover()
        if lost is None:
            return
        self.run_worker(lost.close(), name="closing", exit_on_error=False)
        self.shutdown.fault = None
        self.reports.forget_end()
        self.dashboard.recover()
        self._watch()
        self.link.frames.view_changed()

    @on(ViewChanged)
    def _ask_again(self) -> None:
        self.link.frames.view_changed()

    # -- news of the run

    def _tell(self, text: str, trouble: bool) -> None:
        if not self.shutdown.under_way:
            self.notify(
                text, severity="warning" if trouble else "information", timeout=NOTICE_SECONDS
            )

    def _tell_refused(self, text: str) -> None:
        if not self.dashboard.take_refusal(text):
            self.notify(text, severity="error")

    # -- what the keys ask for

    @on(Steer)
    async def _steer(self, message: Steer) -> None:
        try:
            await self.link.frames.steer(message.command)
        except ConfigError as error:
            self._tell_refused(str(error))
        except MoonwalkError as error:
            self.notify(str(error), severity="error")

    @on(SaveWanted)
    async def _save(self) -> None:
        try:
            await self.link.session.save()
        except MoonwalkError as error:
            self.notify(str(error), severity="error")

    @on(CommandLineWanted)
    def _show_command_line(self) -> None:
        if self.dashboard.snapshot is not None:
            self.sharing.show_line(self.dashboard.snapshot)

    @on(ExportWanted)
    async def _export(self, message: ExportWanted) -> None:
        if message.kind:
            await self.sharing.export(message.kind)
        else:
            self.sharing.choose(has_run=has_run(self.dashboard.context))

    @on(DashboardResumed)
    def _open_due_report(self) -> None:
        self.reports.open_if_due()

    @on(ReportWanted)
    def _open_report(self) -> None:
        self.reports.open()

    def is_opening_screen(self) -> bool:
        """Whether a report was asked for that is not there yet."""
        return self.reports.is_opening

    def _report_screen(self, report: RunReport) -> ReportScreen:
        return ReportScreen(report, self.look, lambda: self.dashboard.context)

    @on(DetachWanted)
    def _detach(self) -> None:
        self.shutdown.detach()

    @on(LeaveWanted)
    def _leave(self) -> None:
        self.shutdown.leave()
        self.dashboard.leaving = True

    @on(EndWanted)
    def _end_run(self) -> None:
        self.shutdown.end_run()
        self.dashboard.leaving = True

    @on(TerminalLost)
    def _leave_without_terminal(self, message: TerminalLost) -> None:
        self.shutdown.leave_without_terminal(message.error)

    def action_interrupt(self) -> None:
        """Say how to quit; quit when pressed again."""
        if isinstance(self.screen, ActionScreen):
            self.screen.take_question_back()
        self.shutdown.interrupt(others_watching(self.dashboard.context))

    def _handle_exception(self, error: Exception) -> None:
        self.shutdown.fault = error
        super()._handle_exception(error)

    # -- the palette

    def commands(self, screen: Screen[Any]) -> Iterable[Offered]:
        yield from super().commands(screen)
        if screen is self.dashboard and decides_course(self.dashboard.context):
            yield from presets_offered(self.dashboard.take_preset)
        yield from self.sharing.commands(has_run=has_run(self.dashboard.context))
        yield STATS_CHOICE, self.toggle_stats

    def toggle_stats(self) -> None:
        """Show what the picture costs, or stop that."""
        self._shows_stats = not self._shows_stats
        self.dashboard.stats = ""
