"""A terminal without a person: a command runs in a pseudo-terminal, and a test reads its screen."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

import pyte

from helpers.processes import Process, processes_with

DEADLINE_SECONDS = 30.0
"""For what takes two seconds where nothing else goes on."""

TAKE_TERMINAL = ': <"$0"; exec "$@"'
"""For a shell at the head of a session: the first terminal that it opens becomes the session's, as
that of a window does. Then it becomes the command.
"""

MARKER = "MOONWALK_PSEUDO_TERMINAL"
"""A variable that every process of a terminal inherits: its parent may die, this stays."""

ESCAPE_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[ -/]*[0-Z\\-~])",
    re.DOTALL,
)
UNFINISHED = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_](?:(?!\x1b\\).)*|[ -/]*)\Z", re.DOTALL
)
UNKNOWN_TO_PYTE = re.compile(rb"\x1b(?:\[[<>=]|\[\?[0-9;]*\$|[]PX^_])")
"""How sequences begin that pyte would show as text: private ones, requests, titles and the like."""

REQUEST, ANSWER = b"\x1b[5n", "\x1b[0n"
"""Whether the terminal has displayed everything, and that it has."""

MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
ALTERNATE_SCREEN = 1049
USUAL_MODES = {
    ALTERNATE_SCREEN: False,
    25: True,  # a cursor
    7: True,  # lines wrap
    2004: False,  # bracketed paste
    1004: False,  # reports of the focus
    **dict.fromkeys((1000, 1002, 1003, 1006, 1015, 1016), False),  # reports of the mouse
    2026: False,  # synchronized output
    2048: False,  # reports of the size
}
"""Of the DEC private modes, those that a full-screen program changes, as a shell needs them."""


class PseudoTerminal:
    """A command in a terminal of its own, which is its controlling one.

    Output is read only while something is waited for: until then, the terminal does not read.
    """

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        *,
        columns: int = 100,
        rows: int = 30,
        stdout: IO[bytes] | None = None,
        environ: Mapping[str, str] | None = None,
        answers_after: float | None = None,
    ) -> None:
        """`home` is where the command keeps its user's files; stdout is the terminal by default.
        The terminal answers requests so many seconds after it has read them, by default never.
        """
        self.answers_after = answers_after
        self._asked: list[float] = []
        """When each request was read that is not answered."""
        self.output = b""
        """Everything sent to the terminal so far."""
        self.read_bytes = 1 << 16
        """The most that one read takes."""
        self._mark = uuid.uuid4().hex
        self._unfinished = b""
        self._ended = False
        self._main = pyte.HistoryScreen(columns, rows, history=1_000)
        self._alternate: pyte.Screen | None = None
        self._stream = pyte.ByteStream(self._main)
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        self._attributes_before = self.attributes
        self.process = subprocess.Popen(
            ["sh", "-c", TAKE_TERMINAL, os.ttyname(slave), *command],
            stdin=slave,
            stdout=slave if stdout is None else stdout,
            stderr=slave,
            env=self._environment(home) | dict(environ or {}),
            start_new_session=True,
        )
        os.close(slave)

    def _environment(self, home: Path) -> dict[str, str]:
        return {
            MARKER: self._mark,
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "MOONWALK_SOCKETS": str(home / "sockets"),
            **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG")},
            **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "STATE")},
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind, whatever came of the test."""
        while processes := self.processes:
            for process in processes:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
        self.process.wait(DEADLINE_SECONDS)
        self.hang_up()

    # -- what a person does

    def press(self, keys: str) -> None:
        """Type `keys`, as a terminal sends them."""
        os.write(self._master, keys.encode())

    @property
    def unanswered(self) -> int:
        """Requests that were read, and not answered."""
        return len(self._asked)

    def answer(self, longer_ago: float = 0.0) -> None:
        """Answer all requests that were read so many seconds ago."""
        while self._asked and time.monotonic() - self._asked[0] >= longer_ago:
            del self._asked[0]
            self.press(ANSWER)

    def _note_requests(self, data: bytes) -> None:
        before = self.output[: -len(data) or None][-len(REQUEST) + 1 :]
        self._asked += [time.monotonic()] * (before + data).count(REQUEST)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window of another size; the kernel tells the command. 0 is what a terminal says
        that does not know; it is drawn as it was.
        """
        for screen in (self._main, self._alternate):
            if screen is not None:
                screen.resize(rows or None, columns or None)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """Close the terminal, as a closed window or a lost connection does."""
        if self._master >= 0:
            os.close(self._master)
        self._master, self._ended = -1, True

    # -- what a person sees

    @property
    def screen(self) -> list[str]:
        """The rows of the screen now."""
        rows: list[str] = (self._alternate or self._main).display
        return rows

    @property
    def text(self) -> str:
        """The screen in one piece."""
        return "\n".join(row.rstrip() for row in self.screen)

    @property
    def scrollback(self) -> str:
        """What is on the terminal apart from the full screen, with what has scrolled away."""
        columns = range(self._main.columns)
        above = ["".join(row[column].data for column in columns) for row in self._main.history.top]
        return "\n".join(row.rstrip() for row in [*above, *self._main.display]).rstrip("\n")

    def wait_for(self, wanted: str | Callable[[], bool], seconds: float = DEADLINE_SECONDS) -> None:
        """Read until the screen holds the text `wanted`, or the function `wanted` says true."""
        deadline = time.monotonic() + seconds
        while not (wanted in self.text if isinstance(wanted, str) else wanted()):
            late = time.monotonic() > deadline
            assert not late, f"not in {seconds:g} seconds: {wanted}; there is:\n{self.text}"
            self.read(0.05)

    def wait_for_no(self, text: str) -> None:
        """Read until `text` is no longer on the screen."""
        self.wait_for(lambda: text not in self.text)

    def wait_for_match(self, pattern: str) -> str:
        """Read until `pattern` is found on the screen; returns its first group."""
        self.wait_for(lambda: re.search(pattern, self.text) is not None)
        found = re.search(pattern, self.text)
        assert found is not None
        return found[1]

    def wait_for_end(self, seconds: float = DEADLINE_SECONDS) -> int:
        """Read to the end; returns the exit status of the command, negative if by a signal."""
        self.wait_for(lambda: self._ended and self.process.poll() is not None, seconds)
        status: int = self.process.returncode
        return status

    def read(self, seconds: float) -> None:
        """Take in what comes within `seconds`, and not more than once."""
        if self.answers_after is not None and not self._ended:
            self.answer(self.answers_after)
        if self._ended:
            time.sleep(min(seconds, 0.02))
        elif select.select([self._master], [], [], seconds)[0]:
            try:
                data = os.read(self._master, self.read_bytes)
            except OSError:  # EIO: the last process that had the terminal open has closed it
                data = b""
            self._ended = not data
            self.output += data
            self._note_requests(data)
            self._show(data)

    def _show(self, data: bytes) -> None:
        """Put `data` on the screen, except for what pyte does not know."""
        data = self._unfinished + data
        unfinished = UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        data, self._unfinished = data[:end], data[end:]
        shown = 0
        for sequence in ESCAPE_SEQUENCE.finditer(data):
            mode = MODE.fullmatch(sequence[0])
            switch = mode is not None and int(mode[1].split(b";")[0]) == ALTERNATE_SCREEN
            if switch or UNKNOWN_TO_PYTE.match(sequence[0]):
                self._stream.feed(data[shown : sequence.start()])
                shown = sequence.end()
            if switch:
                self._switch_screen(sequence[0].endswith(b"h"))
        self._stream.feed(data[shown:])

    def _switch_screen(self, alternate: bool) -> None:
        size = self._main.columns, self._main.lines
        self._alternate = pyte.Screen(*size) if alternate else None
        self._stream = pyte.ByteStream(self._alternate or self._main)

    # -- what else there is to know

    @property
    def attributes(self) -> list[Any]:
        """The terminal's settings now: echo, signals, line by line and so on."""
        return termios.tcgetattr(self._master)

    @property
    def unusual(self) -> list[str]:
        """What the output and the settings have left otherwise than a shell needs it."""
        modes = {
            int(number): switch[2] == b"h"
            for switch in MODE.finditer(self.output)
            for number in switch[1].split(b";")
        }
        found = [f"mode {m}" for m, on in modes.items() if USUAL_MODES.get(m, False) != on]
        if self.output.count(b"\x1b[>") != self.output.count(b"\x1b[<u"):
            found.append("keyboard protocol")
        if self.attributes != self._attributes_before:
            found.append(f"settings: {self.attributes}, not {self._attributes_before}")
        return found

    @property
    def printed(self) -> str:
        """The output without escape sequences."""
        return ESCAPE_SEQUENCE.sub(b"", self.output).decode()

    @property
    def processes(self) -> list[Process]:
        """Those that were started in the terminal and run now."""
        return processes_with(f"{MARKER}={self._mark}")
