"""Textual's driver for Linux and macOS, with an output that sends only the cells that differ."""

import asyncio
import os
import signal
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.messages import TerminalLost
from tui.terminal.capabilities import erases_in_colour
from tui.terminal.escape_delay import escape_seconds
from tui.terminal.input_reader import read_input
from tui.terminal.key_events import KeyEvents
from tui.terminal.key_input import InputParser
from tui.terminal.line_speed import believed_rate
from tui.terminal.paste_input import Paste
from tui.terminal.size import USUAL_COLUMNS, USUAL_ROWS, set_unknown_size, terminal_size
from tui.terminal.writer import NewestWriter

if TYPE_CHECKING:
    from textual.app import App


POP_KEYBOARD_PROTOCOL = "\x1b[<u"
"""Undoes what Textual pushes at its start, which it does again after a stop."""

AWAITS_EFFECT = (
    *(events.Key, events.Paste),
    *(events.MouseDown, events.MouseScrollDown, events.MouseScrollUp),
)
"""After these a person looks for what they do."""

PUSH_KEYBOARD_PROTOCOL = "\x1b[>"
"""How that begins."""

POP_LEFT_BEHIND = "\x1b[<1u"
"""Undoes what a killed dashboard has left on the full screen's stack; without effect on an empty one."""

MOUSE_PIXELS_OFF = "\x1b[?1016l"


class CellDriver(LinuxDriver):
    """Sends only the cells that differ, and is not blocked by a terminal that does not read."""

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        assert self._file is not None, "a dashboard needs a terminal on stderr"
        self._loop = asyncio.get_running_loop()
        self.output = self._new_output()
        self._has_pushed = False

    def _new_output(self) -> NewestWriter:
        assert self._file is not None
        columns, rows = self._get_terminal_size()
        encoding = getattr(self._file, "encoding", None) or "utf-8"
        return NewestWriter(
            self._file.fileno(),
            encoding,
            columns,
            rows,
            on_fault=self._lose_terminal,
            believed=believed_rate(self._file.fileno(), os.environ),
            erases=erases_in_colour(self._file.fileno()),
        )

    def _lose_terminal(self, error: Exception) -> None:
        """Called in the writer's thread."""
        self._loop.call_soon_threadsafe(self._app.post_message, TerminalLost(error))

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks about stdout, which may be a file while the dashboard is on stderr
        try:
            assert self._file is not None
            return terminal_size(self._file.fileno())
        except OSError:
            return USUAL_COLUMNS, USUAL_ROWS

    def process_message(self, message: Message) -> None:
        """Called by Textual, in the input thread, with what the terminal has sent."""
        if isinstance(message, events.Resize):
            # from a terminal that tells its size itself; the output asks the system for it
            if not message.size.area:
                return
            assert self._file is not None
            with suppress(OSError):
                set_unknown_size(self._file.fileno(), *message.size)
        elif isinstance(message, AWAITS_EFFECT):
            self.output.hurry()
        super().process_message(message)

    # -- input

    def run_input_thread(self) -> None:
        """Called by Textual in a thread of its own, until the event that it sets at the end."""
        parser = InputParser(self._status_answered, escape_seconds(os.environ))
        keys = KeyEvents(self._debug)

        def take(sent: list[str | Paste]) -> None:
            for event in keys.events(sent):
                self.process_message(event)

        try:
            stopped = read_input(self.fileno, self.exit_event, parser, take)
        except Exception as error:  # Textual would end the dashboard without a word
            self._lose_terminal(error)
        else:
            if not stopped and self.input_tty:
                self._lose_terminal(OSError("the terminal was closed"))

    def _status_answered(self) -> None:
        """Called in the input's thread."""
        self.output.answered()

    def write(self, data: str) -> None:
        """Called by Textual with output for the terminal."""
        if data.startswith(PUSH_KEYBOARD_PROTOCOL) and not self._has_pushed:
            self._has_pushed = True
            data = POP_LEFT_BEHIND + data
        self.output.feed(data)

    # -- modes

    def disable_input(self) -> None:
        """Called by Textual at each stop."""
        self.output.await_answers()
        super().disable_input()
        # a terminal's late answer may have switched these on while the thread was about to end
        self._disable_in_band_window_resize()
        self._disable_mouse_pixels()

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        self._disable_mouse_pixels()

    def _disable_mouse_pixels(self) -> None:
        """Textual switches them on only."""
        if self._mouse_pixels:
            self._mouse_pixels = False
            self.write(MOUSE_PIXELS_OFF)

    # -- job control

    def _sigtstp_application(self, *_: Any) -> None:
        # not in the signal handler, which may interrupt any statement
        self._loop.call_soon_threadsafe(super()._sigtstp_application)

    def _sigcont_application(self, *_: Any) -> None:
        self._loop.call_soon_threadsafe(self._go_on)

    def _go_on(self) -> None:
        """Set the terminal up again, in whatever state other programs have left it."""
        if not self._auto_restart:
            return
        if self.output.stopped:
            self.start_application_mode()
            return
        # stopped by SIGSTOP, without leaving the terminal in order: its settings are still ours
        settings = self.attrs_before
        self._stop_reading()
        self.write(POP_KEYBOARD_PROTOCOL)
        super().close()
        self.start_application_mode()
        self.attrs_before = settings
        self.output.repaint()

    def _stop_reading(self) -> None:
        """End the input thread. Not with Textual's `disable_input`, which discards what was typed."""
        self._disable_mouse_support()
        self.exit_event.set()
        if self._key_thread is not None:
            self._key_thread.join()
        self.exit_event.clear()

    def start_application_mode(self) -> None:
        """Called by Textual in the beginning and after each stop."""
        if self.output.stopped:
            self.output = self._new_output()
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual gives it no types
        self._repaint_on_resizes()
        self.output.ask()

    def _repaint_on_resizes(self) -> None:
        """Whatever size it has in the end, a terminal that was resized may have lost cells: one that
        was narrower for a moment, while nothing was sent.
        """
        of_textual = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            self._loop.call_soon_threadsafe(self.output.repaint)
            if callable(of_textual):
                of_textual(number, frame)

        signal.signal(signal.SIGWINCH, resized)

    def close(self) -> None:
        """Write what is left."""
        super().close()
        self.output.stop()
