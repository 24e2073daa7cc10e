"""Textual's driver for Linux and macOS, with an output that sends only the cells that differ."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message

from tui.messages import TerminalLost
from tui.terminal.size import USUAL_COLUMNS, USUAL_ROWS, set_unknown_size, terminal_size
from tui.terminal.writer import NewestWriter

if TYPE_CHECKING:
    from textual.app import App


POP_KEYBOARD_PROTOCOL = "\x1b[<u"
"""Undoes what Textual pushes at its start, which it does again after a stop."""


class CellDriver(LinuxDriver):
    """Sends only the cells that differ, and is not blocked by a terminal that does not read."""

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        assert self._file is not None, "a dashboard needs a terminal on stderr"
        self._loop = asyncio.get_running_loop()
        self.output = self._new_output()

    def _new_output(self) -> NewestWriter:
        assert self._file is not None
        columns, rows = self._get_terminal_size()
        encoding = getattr(self._file, "encoding", None) or "utf-8"
        return NewestWriter(
            self._file.fileno(), encoding, columns, rows, on_fault=self._lose_terminal
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
        if isinstance(message, Resize):
            # from a terminal that tells its size itself; the output asks the system for it
            if not message.size.area:
                return
            assert self._file is not None
            with suppress(OSError):
                set_unknown_size(self._file.fileno(), *message.size)
        super().process_message(message)

    def write(self, data: str) -> None:
        """Called by Textual with output for the terminal."""
        self.output.feed(data)

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

    def close(self) -> None:
        """Write what is left."""
        super().close()
        self.output.stop()
