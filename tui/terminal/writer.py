"""Writes the screen's changes to the terminal from a thread, and never more than the newest."""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from math import inf

from tui.terminal.line_flow import REQUEST, LineFlow
from tui.terminal.line_meter import LineFigures
from tui.terminal.paint_order import Importance
from tui.terminal.screen_buffer import CellScreen
from tui.terminal.size import terminal_size

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

STALLED_AFTER_SECONDS = 0.1

HURRY_SECONDS = 0.5
"""How long after a key its effect may be expected."""

NEWER_SECONDS = 0.08
"""How long the next part waits for a newer picture, on a line that is slow anyway."""

LAST_WRITE_SECONDS = 2.0
"""The longest that `stop` waits for a terminal that does not read."""

LAST_ANSWER_SECONDS = 2.0
"""The longest that `await_answers` waits for a terminal that does not answer."""


class NewestWriter:
    """Sends the newest state of the screen, in parts, each after the terminal has displayed the one
    before. Until then, output only changes that state: the caller is never blocked, and no queue can
    grow.
    """

    def __init__(
        self,
        file: int,
        encoding: str,
        columns: int,
        rows: int,
        on_fault: Callable[[Exception], None],
        believed: float = inf,
        erases: bool = False,
    ) -> None:
        """`file` is the terminal's descriptor and `encoding` its encoding. `on_fault` is called, in
        the thread, with the error after which nothing more is written: OSError if the terminal is
        gone. `believed` is what the line carries, in bytes a second, if the terminal does not answer.
        Whether it `erases` cells in the background colour that is set.
        """
        self._on_fault = on_fault
        self._file = file
        self._encoding = encoding
        self._screen = CellScreen(columns, rows, erases=erases)
        self._flow = LineFlow(believed)
        self._changed = threading.Condition()
        self._pending = False
        self._fed = False
        """Whether there is output since the last part."""
        self._hurried_until = 0.0
        self._newer_until = 0.0
        self._stopping = False
        self._asks = self._asks_now = False
        self.bytes_written = 0
        self._blocked_since: float | None = None
        self._thread = threading.Thread(target=self._run, daemon=True, name="cell-output")
        self._thread.start()

    # -- from the application

    def feed(self, output: str) -> None:
        """Take Textual's output; the thread sends its effect to the terminal."""
        with self._changed:
            self._screen.feed(output)
            self._fed = True
            self._wake()

    def repaint(self) -> None:
        """Send everything again: something else has written to the terminal."""
        with self._changed:
            self._screen.forget()
            self._wake()

    def order_by(self, importance: Importance) -> None:
        """Send what is important first, where not everything can be sent at once."""
        with self._changed:
            self._screen.order_by(importance)

    def hurry(self) -> None:
        """A person waits for what comes next: it is not to wait for an answer."""
        with self._changed:
            self._hurried_until = time.monotonic() + HURRY_SECONDS
            self._screen.order.restart()

    def _wake(self) -> None:
        self._pending = True
        self._changed.notify()

    def ask(self) -> None:
        """Ask the terminal to answer from now on, at once for the first time: answers are read."""
        with self._changed:
            self._asks = self._asks_now = True
            self._wake()

    # -- from the terminal

    def answered(self) -> None:
        """The terminal has displayed all that was sent up to a request. Called in any thread."""
        with self._changed:
            now = time.monotonic()
            self._flow.answered(now)
            if self._flow.is_slow:
                self._newer_until = now + NEWER_SECONDS
            self._changed.notify_all()

    def await_answers(self) -> None:
        """Draw no more, and wait for the answers that are to come, so that none of them is taken
        for what a person typed at the shell.
        """
        ends = time.monotonic() + LAST_ANSWER_SECONDS
        with self._changed:
            self._asks = False
            self._screen.leave()
            while self._flow.awaits_answers and (left := ends - time.monotonic()) > 0:
                self._changed.wait(left)

    @property
    def line(self) -> LineFigures:
        """What is known of the line to the terminal."""
        return self._flow.figures

    @property
    def stalled(self) -> bool:
        """Whether it is of no use to draw now, as nothing more could be sent."""
        since, now = self._blocked_since, time.monotonic()
        if since is not None and now - since > STALLED_AFTER_SECONDS:
            return True
        with self._changed:
            waits = self._flow.wait(now) > 0
        return waits and (self._flow.is_slow or self._fed)

    # -- the end

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    def stop(self) -> None:
        """Write what is left, unless the terminal does not take it."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(LAST_WRITE_SECONDS)

    # -- in the thread

    def _run(self) -> None:
        try:
            while True:
                with self._changed:
                    output = self._next_output()
                if output is None:
                    return
                self._write(output)
        except Exception as error:  # an error in a thread would go unnoticed
            self._on_fault(error)

    def _next_output(self) -> bytes | None:
        """Wait for the next part; None if there is none any more."""
        while True:
            now = time.monotonic()
            if self._stopping:
                return self._part(inf) if self._pending else None
            wait = None if not self._pending else self._wait(now)
            if wait == 0:
                return self._part(self._flow.room())
            if wait is not None and (
                self._screen.controls or self._asks_now or self._is_urgent(now)
            ):
                return self._part(self._flow.room(urgent=True), urgent=True)
            self._changed.wait(wait)

    def _wait(self, now: float) -> float:
        wait = self._flow.wait(now)
        if wait == 0 and not self._fed and now < self._newer_until:
            return self._newer_until - now
        return wait

    def _is_urgent(self, now: float) -> bool:
        return self._fed and now < self._hurried_until and self._flow.urgent_may_go

    def _part(self, room: float, *, urgent: bool = False) -> bytes:
        screen = self._screen
        with suppress(OSError):
            size = terminal_size(self._file)
            if size != (screen.columns, screen.rows):
                screen.resize(*size)
        controls, screen.controls = "".join(screen.controls), []
        turns = screen.order.turns
        changes = screen.changes(room, urgent=urgent)
        self._fed = False
        self._pending = screen.dirty
        if changes and screen.synchronized:
            changes = SYNC_START + changes + SYNC_END
        output = (controls + changes).encode(self._encoding, "replace")
        if not output and not screen.dirty:
            self._flow.end_frame()
        if self._asks and not self._stopping and (output or self._asks_now):
            self._asks_now = False
            output += REQUEST.encode()
            ends_frame = screen.order.turns != turns
            self._flow.sent(len(output), time.monotonic(), ends_frame=ends_frame)
        return output

    def _write(self, output: bytes) -> None:
        if not output:
            return
        self._blocked_since = time.monotonic()
        self.bytes_written += len(output)
        while output:
            output = output[os.write(self._file, output) :]
        self._blocked_since = None
