"""A terminal behind a slow line: what a program writes is taken at once, as sshd and TCP do, and is
displayed when the line has carried it.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import pyte
from watched_terminal import SEQUENCE, UNKNOWN_TO_PYTE

READ_BYTES = 4096
PIECE_BYTES = 64
"""The line carries so many at a time, so that what is displayed grows as it does in life."""

TURN_SECONDS = 0.004


@dataclass(frozen=True, slots=True)
class SlowLine:
    """What a line carries."""

    rate: float
    """Bytes a second."""
    delay: float = 0.15
    """Seconds, each way."""
    answers: bool = True
    """Whether the terminal answers what it is asked."""
    buffer: int = 262_144
    """Bytes that are taken before a program has to wait."""


class _Piece(NamedTuple):
    """On its way down."""

    written: float
    data: bytes


class _Keys(NamedTuple):
    """On their way up: what a person or the terminal sends."""

    arrives: float
    data: bytes


class SlowTerminal:
    """A command in a terminal behind a line. Time passes in `turn` only, so call it often."""

    def __init__(
        self, command: Sequence[str], columns: int, rows: int, line: SlowLine, home: Path
    ) -> None:
        """`home` is where the command keeps its user's files."""
        self.ages: list[float] = []
        """How old each piece was when it was displayed, in seconds."""
        self.displayed = 0
        """Bytes so far."""
        self.ended = False
        self._line = line
        self._down: deque[_Piece] = deque()
        self._up: deque[_Keys] = deque()
        self._held = 0
        self._unfinished = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.began = self._busy_until = time.monotonic()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=_environment(home),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let it leave; use force if it does not."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        end = time.monotonic() + 5.0
        while self.process.poll() is None and time.monotonic() < end:
            self.turn()
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    def press(self, keys: bytes) -> None:
        """Type `keys`; they arrive a delay later."""
        self._up.append(_Keys(time.monotonic() + self._line.delay, keys))

    def watch(self, seconds: float, until: Callable[[], bool] | None = None) -> float:
        """Let time pass, until something is so if that is given; returns how much it was."""
        began = time.monotonic()
        while not self.ended and time.monotonic() - began < seconds:
            self.turn()
            if until is not None and until():
                break
        return time.monotonic() - began

    @property
    def text(self) -> str:
        """What is displayed now."""
        return "\n".join(self._screen.display)

    def turn(self) -> None:
        """Let a moment pass."""
        self._take()
        self._display()
        now = time.monotonic()
        while self._up and self._up[0].arrives <= now:
            with suppress(OSError):
                os.write(self._master, self._up.popleft().data)

    def _take(self) -> None:
        room = self._line.buffer - self._held
        if room <= 0 or self.ended:
            time.sleep(TURN_SECONDS)
            return
        if not select.select([self._master], [], [], TURN_SECONDS)[0]:
            return
        try:
            data = os.read(self._master, min(READ_BYTES, room))
        except OSError:  # EIO: nobody has the terminal open any more
            data = b""
        self.ended = not data
        self._held += len(data)
        now = time.monotonic()
        pieces = (data[at : at + PIECE_BYTES] for at in range(0, len(data), PIECE_BYTES))
        self._down.extend(_Piece(now, piece) for piece in pieces)

    def _display(self) -> None:
        line = self._line
        while self._down:
            written, data = self._down[0]
            due = max(self._busy_until, written + line.delay) + len(data) / line.rate
            now = time.monotonic()
            if now < due:
                return
            self._down.popleft()
            self._held -= len(data)
            self._busy_until = due
            self._show(data)
            self.ages.append(now - written)
            self.displayed += len(data)

    def _show(self, data: bytes) -> None:
        data = self._unfinished + data
        last = data.rfind(b"\x1b")
        end = len(data) if last < 0 or SEQUENCE.match(data, last) else last
        data, self._unfinished = data[:end], data[end:]
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", data))
        if self._line.answers:
            for sequence in SEQUENCE.findall(data):
                if answer := answer_to(sequence, self._screen.cursor.y, self._screen.cursor.x):
                    self.press(answer)


def answer_to(request: bytes, row: int = 0, column: int = 0) -> bytes:
    """What a terminal with its cursor there answers; empty if that is no request."""
    if request == b"\x1b[6n":
        return b"\x1b[%d;%dR" % (row + 1, column + 1)
    if re.fullmatch(rb"\x1b\[0?c", request):
        return b"\x1b[?62;22c"
    return {b"\x1b[5n": b"\x1b[0n", b"\x1b[?2026$p": b"\x1b[?2026;2$y"}.get(request, b"")


def _environment(home: Path) -> Mapping[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "MOONWALK_SOCKETS": str(home / "sockets"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "SSH_CONNECTION": "192.0.2.1 40000 192.0.2.2 22",
    }
