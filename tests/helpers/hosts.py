"""What the tests of the host need: deadlines, a look at processes, and a host without a session."""

import asyncio
import contextlib
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from engine.client.process import ProcessSession
from engine.config.threads import THREAD_SETTINGS
from engine.config.training_config import TrainingConfig
from engine.messages.run_request import Fresh
from engine.messages.snapshot import ClassField, Snapshot
from engine.messages.view import View, Window
from engine.wire import codec, protocol
from engine.wire.protocol import Hello, SnapshotRequest, ToDashboard, ToHost

DEADLINE_SECONDS = 20.0

VIEW = View(
    series_points=50, field_rows=6, field_columns=10, window=Window(layer=1, nodes=4, inputs=5)
)


def field_shape(snapshot: Snapshot) -> tuple[int, ...]:
    """Rows and columns of its field, which is one of classes."""
    assert isinstance(snapshot.field, ClassField)
    assert snapshot.field.certainty.shape == snapshot.field.classes.shape
    return snapshot.field.classes.shape


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that nobody has reaped does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def is_known(pid: int) -> bool:
    """Whether there is such a process at all, a dead one that nobody has reaped included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def cpu_ticks(pid: int) -> int:
    """User and system time of the process so far, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


async def until(condition: Callable[[], bool], seconds: float = DEADLINE_SECONDS) -> None:
    """Wait until `condition` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it has not come to that in time"
        await asyncio.sleep(0.005)


async def seen_when(session: ProcessSession, condition: Callable[[Snapshot], bool]) -> Snapshot:
    """The first snapshot for which `condition` holds; fail after a while."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        snapshot = await session.snapshot(VIEW)
        while not condition(snapshot):
            snapshot = await session.snapshot(VIEW, after=snapshot.revision)
    return snapshot


@dataclass
class RawHost:
    """A host that is spoken to by hand."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, *messages: ToHost) -> None:
        self.writer.write(b"".join(codec.frame(message) for message in messages))

    async def receive(self) -> ToDashboard | None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            body = await codec.read_body(self.reader)
        return None if body is None else codec.decode_to_dashboard(body)

    async def status(self) -> int:
        """The exit status, once it has ended."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            return await self.process.wait()


@contextlib.asynccontextmanager
async def raw_host() -> AsyncIterator[RawHost]:
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_unix_connection(sock=ours)
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "engine.host", "--fd", str(theirs.fileno())),
            pass_fds=[theirs.fileno()],
            env=os.environ | dict.fromkeys(THREAD_SETTINGS, "1"),
            stderr=asyncio.subprocess.DEVNULL,
        )
    try:
        yield RawHost(process, reader, writer)
    finally:
        writer.close()
        if process.returncode is None:
            process.kill()
        await process.wait()


def hello(
    version: int = protocol.VERSION, *, pace: int = 1, frames_per_second: float = 20.0
) -> Hello:
    return Hello(version, Fresh(TrainingConfig(steps=10**9), pace), frames_per_second)


def look(number: int, after: int) -> SnapshotRequest:
    return SnapshotRequest(number, VIEW, after)
