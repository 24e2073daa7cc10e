"""Writes the screen's changes to the terminal from a thread, and never more than the newest."""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from tui.terminal.screen_buffer import CellScreen
from tui.terminal.size import terminal_size

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

STALLED_AFTER_SECONDS = 0.1

LAST_WRITE_SECONDS = 2.0
"""The longest that `stop` waits for a terminal that does not read."""


class NewestWriter:
    """Sends the newest state of the screen. While the terminal does not read, output only changes
    that state: the caller is never blocked, and no queue can grow.
    """

    def __init__(
        self,
        file: int,
        encoding: str,
        columns: int,
        rows: int,
        on_fault: Callable[[Exception], None],
    ) -> None:
        """`file` is the terminal's descriptor and `encoding` its encoding. `on_fault` is called, in
        the thread, with the error after which nothing more is written: OSError if the terminal is
        gone.
        """
        self._on_fault = on_fault
        self._file = file
        self._encoding = encoding
        self._screen = CellScreen(columns, rows)
        self._changed = threading.Condition()
        self._pending = False
        self._stopping = False
        self.bytes_written = 0
        self.blocked_since: float | None = None
        """When the current write began; None if there is none."""
        self._thread = threading.Thread(target=self._run, daemon=True, name="cell-output")
        self._thread.start()

    def feed(self, output: str) -> None:
        """Take Textual's output; the thread sends its effect to the terminal."""
        with self._changed:
            self._screen.feed(output)
            self._wake()

    def repaint(self) -> None:
        """Send everything again: something else has written to the terminal."""
        with self._changed:
            self._screen.forget()
            self._wake()

    def _wake(self) -> None:
        self._pending = True
        self._changed.notify()

    @property
    def stalled(self) -> bool:
        """Whether the terminal has not taken what it was sent for longer than a frame lasts."""
        since = self.blocked_since
        return since is not None and time.monotonic() - since > STALLED_AFTER_SECONDS

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    def stop(self) -> None:
        """Write what is left, unless the terminal does not take it."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(LAST_WRITE_SECONDS)

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    while not self._pending and not self._stopping:
                        self._changed.wait()
                    if not self._pending:
                        return
                    self._pending = False
                    output = self._next_output()
                self._write(output.encode(self._encoding, "replace"))
        except Exception as error:  # an error in a thread would go unnoticed
            self._on_fault(error)

    def _next_output(self) -> str:
        screen = self._screen
        with suppress(OSError):
            size = terminal_size(self._file)
            if size != (screen.columns, screen.rows):
                screen.resize(*size)
        controls, screen.controls = "".join(screen.controls), []
        changes = screen.changes()
        if changes and screen.synchronized:
            changes = SYNC_START + changes + SYNC_END
        return controls + changes

    def _write(self, output: bytes) -> None:
        if not output:
            return
        self.blocked_since = time.monotonic()
        self.bytes_written += len(output)
        while output:
            output = output[os.write(self._file, output) :]
        self.blocked_since = None
