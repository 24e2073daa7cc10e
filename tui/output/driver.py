"""Textual's driver for Linux and macOS, with an output that sends only the cells that differ."""

import asyncio
import os
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from tui.messages import TerminalLost
from tui.output.writer import NewestWriter

if TYPE_CHECKING:
    from textual.app import App


class CellDriver(LinuxDriver):
    """Keeps what the terminal shows, and is never blocked by a terminal that does not read."""

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        assert self._file is not None, "a dashboard needs a terminal on stderr"
        self._loop = asyncio.get_running_loop()
        columns, rows = self._get_terminal_size()
        encoding = getattr(self._file, "encoding", None) or "utf-8"
        self.output = NewestWriter(
            self._file.fileno(), encoding, columns, rows, on_fault=self._lose_terminal
        )

    def _lose_terminal(self, error: Exception) -> None:
        """Called in the writer's thread."""
        self._loop.call_soon_threadsafe(self._app.post_message, TerminalLost(error))

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks about stdout, which may be a file while the dashboard is on stderr
        try:
            assert self._file is not None
            return os.get_terminal_size(self._file.fileno())
        except OSError:
            return super()._get_terminal_size()

    def write(self, data: str) -> None:
        """Called by Textual with whatever is for the terminal."""
        self.output.feed(data)

    def _sigcont_application(self, *arguments: Any) -> None:
        super()._sigcont_application(*arguments)
        # whoever had the terminal meanwhile may have written to it
        self.output.repaint()

    def close(self) -> None:
        """Write what is left."""
        super().close()
        self.output.stop()
