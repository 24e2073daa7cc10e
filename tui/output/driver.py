"""Textual's driver for Linux and macOS, with an output that sends only the cells that differ."""

from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from tui.output.writer import NewestWriter

if TYPE_CHECKING:
    from textual.app import App


class CellDriver(LinuxDriver):
    """Keeps what the terminal shows, and is never blocked by a terminal that does not read."""

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        assert self._file is not None, "a dashboard needs a terminal on stderr"
        columns, rows = self._get_terminal_size()
        encoding = getattr(self._file, "encoding", None) or "utf-8"
        self.output = NewestWriter(self._file.fileno(), encoding, columns, rows)

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
