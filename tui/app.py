"""The application: wires a session to the screens."""

import asyncio
import time
from collections.abc import Iterable

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.driver import Driver
from textual.filter import Monochrome, NoColor
from textual.screen import Screen

from engine.errors import ConfigError, HostLostError, MoonwalkError
from engine.report import RunReport
from engine.session import Session
from engine.snapshot import Snapshot, State, View
from engine.trainer import Divergence
from tui.ascii_filter import AsciiFilter
from tui.glyphs import glyphs_for
from tui.look import Look
from tui.messages import (
    DashboardResumed,
    LeaveWanted,
    ReportWanted,
    Steer,
    TerminalLost,
    ViewChanged,
)
from tui.options import DashboardOptions
from tui.output.driver import CellDriver
from tui.output.writer import NewestWriter
from tui.palette import Palette
from tui.screens.dashboard import DashboardScreen
from tui.screens.ending import EndingScreen
from tui.screens.help import displayed
from tui.stats import FrameStats
from tui.themes import THEMES

FAULT = 1
"""Exit status of an app that ends because of a fault."""

STALLED_SECONDS = 0.02
"""How often it is looked whether a terminal that has stopped reading reads again."""

REPORT_SECONDS = 5.0
"""How long leaving waits for the last report."""


class MoonwalkApp(App[RunReport]):
    """Asks the session for one snapshot after the other, and sends it what a person wants."""

    TITLE = "moonwalk"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("ctrl+c", "interrupt", "quit", show=False, priority=True, system=True),
        Binding("ctrl+q", "interrupt", "quit", show=False, priority=True, system=True),
    ]

    def __init__(
        self,
        session: Session,
        options: DashboardOptions,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class, ansi_color=False)
        self._session = session
        self._options = options
        self._view_changed = asyncio.Event()
        self._shown_view: View | None = None
        self._shown_revision = -1
        self._ended: tuple[int, int] | None = None
        """The run, and the last of its steps, that is done."""
        self._interrupted = False
        self._leaving = False
        self._ending_due = False
        self._stats = FrameStats(time.monotonic)
        self._shows_stats = options.stats
        self.fault: BaseException | None = None
        """Why the app ended, where no person wanted it to."""
        self.ended_by: int | None = None
        """The signal that ended the app, if one did."""
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES[options.theme].name
        self.dashboard = DashboardScreen(self.look)
        """The training view; every other screen lies on top of it."""
        if self.no_color:
            # Textual makes greys of colours, which are colours as well
            self._filters = [NoColor() if isinstance(f, Monochrome) else f for f in self._filters]
        if options.ascii_only:
            self._filters.append(AsciiFilter())

    @property
    def look(self) -> Look:
        """Colours of the present theme, and characters that the terminal has."""
        textured = self.no_color or self.console.color_system in (None, "standard")
        variables = self.current_theme.variables
        if "drawing-text" not in variables:
            variables = THEMES["dark" if self.current_theme.dark else "light"].variables
        palette = Palette.from_variables(variables, textured=textured)
        return Look(palette, glyphs_for(self._options.ascii_only))

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

    async def _watch_run(self) -> None:
        """Show one snapshot after the other, until the run or the app ends."""
        try:
            await self._session.start()
            await self._view_changed.wait()  # until the panes have their sizes
            while not self._leaving:
                await self._show_next()
        except HostLostError as error:
            self._lose_host(error)
        except ConfigError as error:
            self.fault = error
            self.exit(return_code=FAULT)
        except Exception as error:
            self._handle_exception(error)

    async def _show_next(self) -> None:
        """Wait for something new, or for the view to change, and show it."""
        await self._until_terminal_reads()
        dashboard = self.dashboard
        self._view_changed.clear()
        view = dashboard.view
        after = self._shown_revision if view == self._shown_view else -1
        asked = asyncio.ensure_future(self._session.snapshot(view, after))
        turned = asyncio.ensure_future(self._view_changed.wait())
        try:
            await asyncio.wait({asked, turned}, return_when=asyncio.FIRST_COMPLETED)
            if asked.done():
                self._shown_view = view
                self._show(await asked)
        finally:
            for waiting in (asked, turned):
                waiting.cancel()

    async def _until_terminal_reads(self) -> None:
        """While the terminal does not take what it was sent, nothing newer is asked for."""
        while self._output is not None and self._output.stalled and not self._leaving:
            await asyncio.sleep(STALLED_SECONDS)

    @property
    def _output(self) -> NewestWriter | None:
        return self._driver.output if isinstance(self._driver, CellDriver) else None

    def _show(self, snapshot: Snapshot) -> None:
        self._shown_revision = snapshot.revision
        self.dashboard.show(snapshot)
        if self._shows_stats:
            self._stats.add(time.process_time(), self._output.bytes_written if self._output else 0)
            self.dashboard.stats = self._stats.text
        self.dashboard.notice = notice_of(snapshot.divergence) if snapshot.divergence else ""
        ended = (snapshot.run, snapshot.total_steps) if snapshot.state is State.DONE else None
        if ended != self._ended:
            self._ended = ended
            self._ending_due = ended is not None
            self._open_due_ending()

    def _lose_host(self, error: HostLostError) -> None:
        if not self._leaving:
            self.fault = error
            self.dashboard.lose_host(str(error))
            for screen in self.screen_stack:
                if isinstance(screen, EndingScreen):
                    screen.lose_host()

    @on(ViewChanged)
    def _ask_again(self) -> None:
        self._view_changed.set()

    # -- what a person wants

    @on(Steer)
    async def _steer(self, message: Steer) -> None:
        try:
            await self._session.send(message.command)
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
        self.run_worker(self._show_ending(), name="ending", exclusive=True, group="ending")

    async def _show_ending(self) -> None:
        try:
            report = await self._session.report()
        except HostLostError as error:
            self.notify(str(error), severity="error")
            return
        except Exception as error:
            self._handle_exception(error)
            return
        if isinstance(self.screen, EndingScreen):
            self.pop_screen()
        self.push_screen(EndingScreen(report, self.look))

    @on(TerminalLost)
    def _leave_without_terminal(self, message: TerminalLost) -> None:
        if not isinstance(message.error, OSError):
            self.fault = message.error
        self._leave()

    def leave_because_of(self, signal_number: int) -> None:
        """Leave as a person does, but remember why."""
        self.ended_by = signal_number
        self._leave()

    @on(LeaveWanted)
    def _leave(self) -> None:
        if not self._leaving:
            self._leaving = True
            self.run_worker(self._close_and_exit(), name="leaving", exit_on_error=False)

    async def _close_and_exit(self) -> None:
        report = None
        try:
            if self._shown_revision >= 0:  # else there is nothing to report on yet
                report = await asyncio.wait_for(self._session.report(), REPORT_SECONDS)
        except Exception as error:  # whatever it is, it must not keep a person from leaving
            self.fault = self.fault or error
        try:
            await self._session.close()
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

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that a key does on the present screen, by what the key's tooltip says."""
        offered = set()
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            action = binding.action
            if enabled and binding.id and action not in offered:
                offered.add(action)
                yield SystemCommand(
                    tooltip,
                    f"{binding.description}, key {displayed(binding.key)}",
                    lambda action=action: screen.run_action(action),
                )
        yield SystemCommand("Change the theme", "Colours", self.action_change_theme)
        yield SystemCommand(
            "What the picture costs", "Frames and bytes a second, or not", self.toggle_stats
        )

    def toggle_stats(self) -> None:
        """Show what the picture costs, or stop that."""
        self._shows_stats = not self._shows_stats
        self.dashboard.stats = ""

    # -- faults

    def _handle_exception(self, error: Exception) -> None:
        self.fault = error
        super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Leave the terminal clean: whoever started the app says what went wrong, in one line."""


def notice_of(divergence: Divergence) -> str:
    """What went wrong and what helps, within 80 columns."""
    what = f"{divergence.what} of layer {divergence.layer}"
    return f"{what} too large at step {divergence.step + 1:,}: lower alpha, then r"
