"""A session that starts the process that trains."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from engine.client.channel import Channel
from engine.client.first_process import ends_with_this_process
from engine.client.remote import RemoteSession
from engine.config.threads import fix_threads
from engine.errors import HostLostError
from engine.messages.run_request import RunPlaces, RunRequest
from engine.wire import protocol, streams
from engine.wire.protocol import Hello

LEAVE_SECONDS = 10.0
"""How long a host may take to save its run and end."""

TERMINATE_SECONDS = 1.0
"""How long it may take after SIGTERM."""

REAP_SECONDS = 0.5
"""How long to wait, once a host has fallen silent, to learn how it ended."""

LOOK_SECONDS = 0.005
"""How often to look whether it has ended, where that is waited for."""


NOWHERE = RunPlaces()


class ProcessSession(RemoteSession):
    """Starts the host and talks to it over a socket pair.

    A run that has places goes on when this process dies. Any other host notices that its socket
    was closed, and ends.
    """

    def __init__(
        self,
        request: RunRequest,
        frames_per_second: float,
        places: RunPlaces = NOWHERE,
        log_path: Path | None = None,
    ) -> None:
        """What goes wrong in the host is appended to the file `log_path`."""
        super().__init__()
        self._hello = Hello(protocol.VERSION, request, frames_per_second, places)
        self._log_path = log_path
        self.folder = None if places.socket_folder is None else Path(places.socket_folder)
        self._keeps = places != NOWHERE
        self._process: subprocess.Popen[bytes] | None = None
        self._started = False
        self._spawning: asyncio.Task[Channel] | None = None
        self._closing: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The host's process, once there is one."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Start the host and wait until it has begun, a second or two, while the loop is free.

        If this fails or is cancelled, no process is left behind.
        """
        if self._started or self._closing is not None:
            raise HostLostError("a session starts only once")
        self._started = True
        try:
            await self.spawn()
            assert self._spawning is not None
            channel = self._spawning.result()
            status = await channel.begin(self._hello)
            if status is None:
                raise HostLostError(await self.how_it_ended())
        except BaseException:
            await self.close()
            raise
        self.listen(channel, status)

    async def spawn(self) -> None:
        """Start the process and no more, so that it can load while others do; `start` does the rest.

        The caller has to call `close` or `leave` afterwards.
        """
        if self._spawning is None:
            self._spawning = asyncio.create_task(self._spawn())
        # shielded: a process must not be started after its caller has given up
        await asyncio.shield(self._spawning)

    async def _spawn(self) -> Channel:
        """Start the process and give it its end of a socket pair."""
        ours, theirs = socket.socketpair()
        reader, writer = await streams.opened(ours)
        try:
            with theirs, _open_log(self._log_path) as log:
                self._process = _started_host(theirs, log)
        except BaseException as error:
            writer.close()
            if isinstance(error, OSError):
                raise HostLostError(f"the process that trains does not start: {error}") from error
            raise
        return Channel(reader, writer)

    async def why_not_left(self) -> str:
        if ends_with_this_process():
            return "this is the first process of its container, with which all others end"
        return await super().why_not_left()

    async def close(self) -> None:
        await self._part(ends=True)

    async def leave(self) -> None:
        await self._part(ends=not self.can_be_left)

    async def _part(self, *, ends: bool) -> None:
        if self._closing is None:
            self._closing = asyncio.create_task(self._end() if ends else self._let_go())
        # who waits here may be cancelled; the end of the process must not be
        await asyncio.shield(self._closing)

    async def _let_go(self) -> None:
        """Close the connection; the host sees that and goes on."""
        self._channel_closed()
        await self._wait_for_listener()

    async def _end(self) -> None:
        """See the process out: if it does not end by itself, by force."""
        if self._spawning is not None:
            await asyncio.wait({self._spawning})
        process = self._process
        if process is not None:
            # one that has not begun has nothing to finish
            patience = 0.0 if self._listening is None else LEAVE_SECONDS
            self.ask_to_stop()
            # it reads that when it can, and ends by itself; only what nobody keeps is killed
            can_be_left = self._lost is None and self._keeps and self.status is not None
            try:
                await self._ended_within(patience)
                if can_be_left and process.poll() is None:
                    # in the middle of a long update or save: it ends by itself
                    self._ends_later = True
                    self._channel_closed()
                    return
                if process.poll() is None:
                    process.terminate()
                await self._ended_within(TERMINATE_SECONDS)
            finally:  # also if the loop itself is being closed
                if not can_be_left:
                    if process.poll() is None:
                        process.kill()
                    process.wait()
        await self._wait_for_listener()
        if self._spawning is not None and self._spawning.exception() is None:
            self._spawning.result().writer.transport.abort()

    def _channel_closed(self) -> None:
        self.lose()
        if self._channel is not None:
            self._channel.writer.close()

    async def _wait_for_listener(self) -> None:
        if self._listening is not None:
            await asyncio.wait({self._listening})
        self.lose()

    async def how_it_ended(self) -> str:
        """The end of the process in words, as far as it is known."""
        await self._ended_within(REAP_SECONDS)
        status = None if self._process is None else self._process.poll()
        if status is None:
            return "the process that trains has closed its connection"
        how = f"killed by signal {-status}" if status < 0 else f"exit status {status}"
        if status > 0 and self._log_path is not None:
            how += f", see {self._log_path}"
        return f"training has ended ({how})"

    async def _ended_within(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._process is not None and self._process.poll() is None:
            if time.monotonic() >= deadline or self._hurried.is_set():
                return
            await asyncio.sleep(LOOK_SECONDS)


def _started_host(end: socket.socket, log: IO[bytes] | int) -> "subprocess.Popen[bytes]":
    environment = dict(os.environ)
    fix_threads(environment)
    # not asyncio's: that kills the process when its object is deleted, and a run may outlive this
    return subprocess.Popen(
        [
            sys.executable,
            "-P",  # no file in the user's directory stands in for one of ours
            *("-m", "engine.host", "--fd", str(end.fileno())),
        ],
        pass_fds=[end.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=log,
        env=environment,
        start_new_session=True,
    )


def _open_log(path: Path | None) -> contextlib.AbstractContextManager[IO[bytes] | int]:
    """Where the host's stderr goes; nowhere if the file cannot be: that is no reason not to train."""
    if path is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            return path.open("ab")
    return contextlib.nullcontext(subprocess.DEVNULL)
