"""A session whose run trains in a process of its own."""

import asyncio
import contextlib
import os
import socket
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from engine import protocol
from engine.commands import Command
from engine.config import TrainingConfig
from engine.errors import ConfigError, HostLostError
from engine.protocol import AskReport, Hello, Look, Ready, Refused, Seen, ToDashboard, ToHost
from engine.report import RunReport
from engine.session import Session
from engine.snapshot import Snapshot, View

THREAD_SETTINGS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""NumPy's libraries read these when loaded. Threads only slow matrices of this size down."""

LEAVE_SECONDS = 2.0
"""How long a host may take to end by itself once its socket is closed."""

TERMINATE_SECONDS = 1.0
"""How long it may take after SIGTERM."""

REAP_SECONDS = 0.5
"""How long to wait, once a host has fallen silent, to learn how it ended."""


class ProcessSession(Session):
    """Starts the host and talks to it over a socket pair.

    However this ends (close, cancellation, even SIGKILL), the host's socket is closed with it, and
    the host ends, too.
    """

    def __init__(
        self,
        config: TrainingConfig,
        pace: int,
        frames_per_second: float,
        log_path: Path | None = None,
    ) -> None:
        """What goes wrong in the host is appended to the file `log_path`."""
        self.on_refused: Callable[[str], None] | None = None
        """Called with one clear line when a command is not allowed; the run goes on."""
        self._hello = Hello(protocol.VERSION, config, pace, frames_per_second)
        self._log_path = log_path
        self._host: _Host | None = None
        self._started = False
        self._spawning: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._lost: str | None = None
        self._number = 0
        self._seen: asyncio.Future[Snapshot] | None = None
        self._reports: deque[asyncio.Future[RunReport]] = deque()

    @property
    def pid(self) -> int | None:
        """The host's process, once there is one."""
        return None if self._host is None else self._host.process.pid

    async def start(self) -> None:
        """Start the host and wait until it has begun, a second or two, while the loop is free.

        If this fails or is cancelled, no process is left behind.
        """
        if self._started or self._closing is not None:
            raise HostLostError("a session starts only once")
        self._started = True
        try:
            await self.spawn()
            host = self._host
            assert host is not None
            await host.begin(self._hello)
        except BaseException:
            await self.close()
            raise
        self._listening = asyncio.create_task(self._listen(host))

    async def spawn(self) -> None:
        """Start the process and no more, so that it can load while others do; `start` does the rest.

        Whoever calls this has to call `close`.
        """
        if self._spawning is None:
            self._spawning = asyncio.create_task(self._spawn())
        # shielded: no process may come to be when nobody is left to know of it
        await asyncio.shield(self._spawning)

    async def _spawn(self) -> None:
        self._host = await _spawn_host(self._log_path)

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        host = self._present()
        if self._seen is not None and not self._seen.done():
            raise RuntimeError("one snapshot at a time: the host keeps one open Look only")
        self._number += 1
        self._seen = asyncio.get_running_loop().create_future()
        host.send(Look(self._number, view, after))
        return await self._seen

    async def send(self, command: Command) -> None:
        self._present().send(command)

    async def report(self) -> RunReport:
        host = self._present()
        report: asyncio.Future[RunReport] = asyncio.get_running_loop().create_future()
        self._reports.append(report)
        host.send(AskReport())
        return await report

    async def close(self) -> None:
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        # who waits here may be cancelled; the end of the process must not be
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        if self._spawning is not None:
            await asyncio.wait({self._spawning})
        if self._host is not None:
            # a host that has not begun has nothing to finish
            await self._host.end(0.0 if self._listening is None else LEAVE_SECONDS)
        if self._listening is not None:
            await asyncio.wait({self._listening})
        self._lose("the session is closed")

    def _present(self) -> "_Host":
        if self._lost is not None:
            raise HostLostError(self._lost)
        if self._host is None or self._listening is None:
            raise HostLostError("the process that trains has not begun")
        return self._host

    async def _listen(self, host: "_Host") -> None:
        """Hand out the host's answers until there are no more."""
        words = "the session is closed"
        try:
            while (message := await host.receive()) is not None:
                self._hand_out(message)
            words = await host.how_it_ended()
        except HostLostError as error:
            words = str(error)
        finally:
            self._lose(words)
            host.writer.close()

    def _hand_out(self, message: ToDashboard) -> None:
        match message:
            case Seen(number, snapshot):
                # another number answers a call that was cancelled
                if self._seen is not None and number == self._number and not self._seen.done():
                    self._seen.set_result(snapshot)
            case RunReport():
                report = self._reports.popleft() if self._reports else None
                if report is not None and not report.done():
                    report.set_result(message)
            case Refused(setting, text) if setting:
                if self.on_refused is not None:
                    self.on_refused(str(ConfigError(setting, text)))
            case Refused(_, text):
                raise HostLostError(f"the process that trains has ended: {text}")
            case Ready():
                raise HostLostError("the process that trains says twice that it has begun")

    def _lose(self, words: str) -> None:
        """Fail whoever waits and whoever calls from now on."""
        if self._lost is None:
            self._lost = words
        waiting: list[asyncio.Future[Snapshot] | asyncio.Future[RunReport]] = [*self._reports]
        if self._seen is not None:
            waiting.append(self._seen)
        for future in waiting:
            if not future.done():
                future.set_exception(HostLostError(self._lost))
        self._reports.clear()


@dataclass(frozen=True, slots=True)
class _Host:
    """The process, and the socket to it."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    log_path: Path | None

    def send(self, message: ToHost) -> None:
        """Send `message` without waiting."""
        self.writer.write(protocol.frame(message))

    async def receive(self) -> ToDashboard | None:
        """The next message; None at the end, HostLostError if it makes no sense."""
        body = await protocol.read_body(self.reader)
        try:
            return None if body is None else protocol.decode_to_dashboard(body)
        except (msgspec.DecodeError, ConfigError) as error:
            raise HostLostError(f"the process that trains makes no sense: {error}") from error

    async def begin(self, hello: Hello) -> None:
        """Say what to run and wait for it to begin; ConfigError if that cannot be run."""
        self.send(hello)
        match await self.receive():
            case Ready():
                return
            case Refused(setting, text) if setting:
                raise ConfigError(setting, text)
            case Refused(_, text):
                raise HostLostError(f"the process that trains has not begun: {text}")
            case None:
                raise HostLostError(await self.how_it_ended())
            case other:
                raise HostLostError(f"the process that trains began with {type(other).__name__}")

    async def how_it_ended(self) -> str:
        """The end of the process in words, as far as it is known."""
        await self._ended_within(REAP_SECONDS)
        status = self.process.returncode
        if status is None:
            return "the process that trains has closed its connection"
        how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
        if status > 0 and self.log_path is not None:
            how += f", see {self.log_path}"
        return f"the process that trains has ended ({how})"

    async def end(self, seconds: float) -> None:
        """Close the socket and see the process out: at the latest `seconds` later by force."""
        self.writer.close()
        try:
            if not await self._ended_within(seconds):
                with contextlib.suppress(ProcessLookupError):
                    self.process.terminate()
                await self._ended_within(TERMINATE_SECONDS)
        finally:  # also if the loop itself is being closed
            if self.process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    self.process.kill()
            await self.process.wait()
            self.writer.transport.abort()

    async def _ended_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), seconds)
        return self.process.returncode is not None


async def _spawn_host(log_path: Path | None) -> _Host:
    """Start the process and give it its end of a socket pair."""
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_unix_connection(sock=ours)
    try:
        with theirs, _open_log(log_path) as log:
            # nothing is awaited after this: a process that exists is known to `close`
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",  # no file in the user's directory stands in for one of ours
                *("-m", "engine.host", "--fd", str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=log,
                env=dict.fromkeys(THREAD_SETTINGS, "1") | os.environ,
                start_new_session=True,
            )
    except BaseException as error:
        writer.close()
        if isinstance(error, OSError):
            raise HostLostError(f"the process that trains does not start: {error}") from error
        raise
    return _Host(process, reader, writer, log_path)


def _open_log(path: Path | None) -> contextlib.AbstractContextManager[IO[bytes] | int]:
    """Where the host's stderr goes; nowhere if the file cannot be: that is no reason not to train."""
    if path is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            return path.open("ab")
    return contextlib.nullcontext(asyncio.subprocess.DEVNULL)
