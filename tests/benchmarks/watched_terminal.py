"""A pseudo-terminal that records what comes, and when; what it shows is worked out afterwards.

Drawing takes processor time, of which a measurement on two cores has none to give away. So `watch`
only reads, and `draw` puts what was read on a pyte screen, burst by burst: a burst is one frame.
"""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, Self

import pyte

BURST_GAP_SECONDS = 0.008
"""Silence of this length ends a burst."""

MOVE_BYTES, STYLE_BYTES = 6, 12
"""What a minimal repaint is taken to pay for a jump of the cursor, and for another style."""

PATIENCE_SECONDS = 30.0

SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[@-Z\\-_])",
    re.DOTALL,
)
UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=?][0-9;]*\$?[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?\x1b\\", re.DOTALL
)
"""Sequences that pyte would show as text, and modes that change no cell."""

STEP = re.compile(r"step +([\d,]+) /")

Cell = tuple[str, tuple[str, str, bool, bool]]
"""A character, and its foreground, background, bold and reverse."""


class Chunk(NamedTuple):
    """What one read brought."""

    seconds: float
    """Since the command was started."""
    data: bytes


class Frame(NamedTuple):
    """What one burst brought."""

    seconds: float
    """When it was complete."""
    size: int
    """Bytes that were sent."""
    least: int
    """Bytes of a minimal repaint of the cells that it changed."""
    step: int | None
    """The step that is on the screen after it."""


class Progress(NamedTuple):
    """How far a run is."""

    seconds: float
    busy: float
    """Processor seconds of the process that trains."""
    step: int


class WatchedTerminal:
    """A command in an xterm-256color with true colour, which is its controlling terminal."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, home: Path) -> None:
        """`home` is where the command keeps its user's files."""
        self.chunks: list[Chunk] = []
        self._drawn = 0
        self._drawing = _Drawing(columns, rows)
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
        }
        self._began = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let it leave; use force if it does not."""
        with suppress(OSError):
            self.press("q")
        deadline = time.perf_counter() + PATIENCE_SECONDS / 3
        while self.process.poll() is None and time.perf_counter() < deadline:
            self._read(0.05)
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    # -- while it runs

    @property
    def seconds(self) -> float:
        """Since the command was started."""
        return time.perf_counter() - self._began

    def press(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self._master, keys.encode())

    def watch(self, seconds: float) -> None:
        """Take in what comes in that time."""
        end = self.seconds + seconds
        while (left := end - self.seconds) > 0:
            self._read(left)

    def wait_for(self, pattern: str, since: int = 0) -> float:
        """Read until the text of the chunks from number `since` on matches; returns when it did."""
        deadline = self.seconds + PATIENCE_SECONDS
        while self.seconds < deadline:
            if self._read(0.05):
                data = b"".join(chunk.data for chunk in self.chunks[since:])
                text = SEQUENCE.sub(b"", data).decode(errors="replace")
                if re.search(pattern, text):
                    return self.chunks[-1].seconds
        raise TimeoutError(f"not in {PATIENCE_SECONDS:g} s: {pattern}; there is:\n{self.text}")

    def _read(self, seconds: float) -> bool:
        """Whether there was something within `seconds`."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # EIO: nobody has the terminal open any more
            data = b""
        if not data:
            time.sleep(min(seconds, 0.02))
            return False
        self.chunks.append(Chunk(self.seconds, data))
        return True

    # -- its processes

    @property
    def host(self) -> int:
        """The process that the command has started."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        [pid] = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
        return pid

    @property
    def resident_bytes(self) -> int:
        """Memory of the command and of its host."""
        total = 0
        for pid in (self.process.pid, self.host):
            found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
            assert found is not None
            total += int(found[1]) * 1024
        return total

    # -- what it shows

    def draw(self) -> list[Frame]:
        """Draw what came since the last time; returns the frames."""
        frames, burst = [], b""
        fresh = self.chunks[self._drawn :]
        self._drawn += len(fresh)
        for chunk, after in zip_longest(fresh, fresh[1:]):
            burst += chunk.data
            if after is None or after.seconds - chunk.seconds >= BURST_GAP_SECONDS:
                least = self._drawing.feed(burst)
                frames.append(Frame(chunk.seconds, len(burst), least, self.step))
                burst = b""
        return frames

    def draw_until_step(self, step: int, seconds: float) -> list[Frame]:
        """Watch and draw, `seconds` at a time, until at least `step` is shown; the frames of it."""
        frames = self.draw()
        deadline = self.seconds + PATIENCE_SECONDS + step / 1_000
        while (self.step or 0) < step:
            if self.seconds > deadline:
                raise TimeoutError(f"step {step:,} is not reached; there is:\n{self.text}")
            self.watch(seconds)
            frames += self.draw()
        return frames

    @property
    def step(self) -> int | None:
        """The step in the status line as it was last drawn."""
        found = STEP.search(self._drawing.row(-3))
        return int(found[1].replace(",", "")) if found else None

    def progress(self) -> Progress:
        """The step of the next frame. Nothing was drawn since the last time: that would take from
        the training what it is measured by.
        """
        deadline = self.seconds + PATIENCE_SECONDS
        while not self._read(BURST_GAP_SECONDS):
            if self.seconds > deadline:
                raise TimeoutError(f"no frame in {PATIENCE_SECONDS:g} s")
        while self._read(BURST_GAP_SECONDS):
            pass
        busy = processor_seconds(self.host)
        self.draw()
        assert self.step is not None
        return Progress(self.chunks[-1].seconds, busy, self.step)

    @property
    def text(self) -> str:
        """The screen as it was last drawn."""
        return "\n".join(self._drawing.row(row) for row in range(self._drawing.screen.lines))


class _Drawing:
    """A pyte screen that knows what each change would cost at least."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unfinished = b""
        self._rows = [self._cells(row) for row in range(rows)]

    def row(self, row: int) -> str:
        """One row as text."""
        return "".join(character for character, _ in self._rows[row])

    def feed(self, data: bytes) -> int:
        """Draw `data`; returns the bytes of a minimal repaint of the cells that it changes."""
        data = self._unfinished + data
        last = data.rfind(b"\x1b")
        end = len(data) if last < 0 or SEQUENCE.match(data, last) else last
        data, self._unfinished = data[:end], data[end:]
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", data))
        least = 0
        for row in self.screen.dirty:
            cells = self._cells(row)
            least += least_bytes(self._rows[row], cells)
            self._rows[row] = cells
        self.screen.dirty.clear()
        return least

    def _cells(self, row: int) -> list[Cell]:
        line = self.screen.buffer[row]
        return [
            (cell.data, (cell.fg, cell.bg, cell.bold, cell.reverse))
            for cell in (line[column] for column in range(self.screen.columns))
        ]


def pictures(frames: Sequence[Frame]) -> int:
    """How many steps were shown: one burst in two pieces is one picture still."""
    return len({frame.step for frame in frames})


def processor_seconds(pid: int) -> float:
    """User and system time of the process so far."""
    stat = Path(f"/proc/{pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def least_bytes(old: list[Cell], new: list[Cell]) -> int:
    """A minimal repaint of a row: every run of changed cells costs a jump of the cursor, a style
    for its first cell and wherever it changes, and its text.
    """
    total, style = 0, None
    in_run = False
    for before, (character, look) in zip(old, new, strict=True):
        if before == (character, look):
            in_run = False
            continue
        if not in_run:
            total += MOVE_BYTES
            in_run, style = True, None
        if look != style:
            total += STYLE_BYTES
            style = look
        total += len(character.encode())
    return total
