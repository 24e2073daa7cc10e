"""What the tests of runs with a socket need: hosts that outlive their founder and are ended all the
same, and clients that are spoken for by hand.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.client.attached import AttachedSession
from engine.client.discovery import runs
from engine.client.process import ProcessSession
from engine.client.remote import RemoteSession
from engine.config.training_config import TrainingConfig
from engine.host.server import RunServer
from engine.messages.run_request import Resumed, RunPlaces
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot
from engine.run.run import Run
from engine.storage import checkpoint
from engine.wire import codec, protocol
from engine.wire.protocol import Attach, Hello, Ready, ToDashboard, ToHost
from helpers.hosts import DEADLINE_SECONDS, VIEW, is_alive, until

FOR_EVER = 10**9
CONFIG = TrainingConfig(steps=FOR_EVER, layers=(8, 8))
SHORT = 100
"""Steps of a run that is to be over soon."""


class Notices(list[tuple[str, bool]]):
    """What a session was told, each with whether it was bad news."""

    def __call__(self, text: str, trouble: bool) -> None:
        self.append((text, trouble))

    @property
    def troubles(self) -> list[str]:
        return [text for text, trouble in self if trouble]


@dataclass
class Village:
    """Folders, and the hosts and sessions that live in them."""

    sockets: Path
    state: Path
    scratch: Path
    """For everything else."""
    pids: set[int] = field(default_factory=set)
    sessions: list[RemoteSession] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.scratch / "host.log"

    def home(self, **others: object) -> RunPlaces:
        folders = {"state_folder": str(self.state), "socket_folder": str(self.sockets)}
        return RunPlaces(**(folders | others))  # type: ignore[arg-type] # of several types, by name

    def task(self, *, steps: int = FOR_EVER, pace: int = 1) -> Resumed:
        """A run of its own from step 0 on. As its data are in a file, its host need not load
        scikit-learn and is there in no time.
        """
        path = self.scratch / f"{steps}.npz"
        if not path.exists():
            checkpoint.save(Run(TrainingConfig(steps=steps, layers=CONFIG.layers), 1), path)
        return Resumed(str(path), pace)

    async def found(
        self, *, steps: int = FOR_EVER, pace: int = 1, **home: object
    ) -> tuple[ProcessSession, Notices]:
        """A run with its founder, and what that one is told."""
        task = self.task(steps=steps, pace=pace)
        session = ProcessSession(task, 20.0, self.home(**home), self.log)
        session.on_notice = notices = Notices()
        self.sessions.append(session)
        await session.start()
        assert session.pid is not None
        self.pids.add(session.pid)
        return session, notices

    async def found_and_leave(
        self, *, steps: int = FOR_EVER, pace: int = 1, **home: object
    ) -> tuple[str, int]:
        """A run that is left to itself: its name and its process."""
        session, _ = await self.found(steps=steps, pace=pace, **home)
        await session.leave()
        assert session.pid is not None
        return session.name, session.pid

    async def attach(
        self,
        name: str,
        *,
        watches: bool = False,
        on_notice: Callable[[str, bool], None] | None = None,
    ) -> AttachedSession:
        session = AttachedSession(self.sockets, name, watches=watches)
        session.on_notice = on_notice  # what waited for a dashboard comes at once
        self.sessions.append(session)
        await session.start()
        return session

    async def states(self) -> dict[str, State]:
        return {status.name: status.state for status in await runs(self.sockets)}

    def socket_of(self, name: str) -> Path:
        return self.sockets / f"{name}.sock"

    def saved(self, name: str) -> Run:
        return checkpoint.load(self.state / f"{name}.npz")

    async def end(self) -> None:
        """Leave nothing behind."""
        for session in self.sessions:
            with contextlib.suppress(Exception):
                await session.leave()
        for pid in self.pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            await until(lambda pid=pid: not is_alive(pid))  # type: ignore[misc] # bound in this turn
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A folder of one's own whose path is short enough for sockets."""
    folder = Path(tempfile.mkdtemp(dir="/tmp", prefix="moonwalk-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def village_in(scratch: Path) -> AsyncIterator[Village]:
    with short_folder() as sockets:
        village = Village(sockets, scratch / "state", scratch)
        try:
            yield village
        finally:
            await village.end()


async def exit_status(pid: int) -> int:
    """How a child has ended, once it has; less than 0 for a signal."""
    status = -1

    def ended() -> bool:
        nonlocal status
        known, status = os.waitpid(pid, os.WNOHANG)
        return known == pid

    await until(ended)
    return os.waitstatus_to_exitcode(status)


async def seen(session: RemoteSession, condition: Callable[[Snapshot], bool]) -> Snapshot:
    """The first snapshot for which `condition` holds; fail after a while."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        snapshot = await session.snapshot(VIEW)
        while not condition(snapshot):
            snapshot = await session.snapshot(VIEW, after=snapshot.revision)
    return snapshot


async def goes_on(session: RemoteSession) -> Snapshot:
    """A snapshot of a step after that which it was at."""
    before = await session.snapshot(VIEW)
    return await seen(session, lambda now: now.step > before.step)


@dataclass
class Visitor:
    """A client of a socket, spoken for by hand."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, *messages: ToHost | bytes) -> None:
        self.writer.write(
            b"".join(one if isinstance(one, bytes) else codec.frame(one) for one in messages)
        )

    async def receive(self) -> ToDashboard | None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            body = await codec.read_body(self.reader)
        return None if body is None else codec.decode_to_dashboard(body)

    async def is_let_in(self, *, watches: bool) -> None:
        self.send(Attach(protocol.VERSION, watches))
        assert isinstance(await self.receive(), Ready)

    def stop_reading(self) -> None:
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()


@contextlib.asynccontextmanager
async def visitor(door: Path) -> AsyncIterator[Visitor]:
    reader, writer = await asyncio.open_unix_connection(door)
    try:
        yield Visitor(reader, writer)
    finally:
        writer.transport.abort()


@contextlib.asynccontextmanager
async def house_in_here(run: Run, home: RunPlaces) -> AsyncIterator[tuple[RunServer, Visitor]]:
    """A run with its founder in this very process, where a test can turn its clocks."""
    ours, theirs = socket.socketpair()
    house = RunServer(run, home, 20.0)
    living = asyncio.create_task(house.serve(*await asyncio.open_unix_connection(sock=theirs)))
    founder = Visitor(*await asyncio.open_unix_connection(sock=ours))
    try:
        assert isinstance(await founder.receive(), Ready)
        yield house, founder
    finally:
        founder.writer.close()
        house.stop()
        await living


def hello(village: Village) -> Hello:
    return Hello(protocol.VERSION, village.task(), 20.0, village.home())
