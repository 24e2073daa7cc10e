"""A session on a run that somebody else has started, found by its name."""

import asyncio
import socket
import time
from pathlib import Path

from engine.client.remote import Channel, RemoteSession
from engine.errors import FileError, HostLostError
from engine.probes.report import RunReport
from engine.wire import protocol
from engine.wire import sockets as doors
from engine.wire.protocol import Attach, Inquire, Status

ANSWER_SECONDS = 5.0
"""How long a host may take to answer: it may be in the middle of an update of a large network."""

KNOCK_SECONDS = 0.05
"""Between two attempts to come to a door at which there is a line."""

STOP_SECONDS = 30.0
"""How long it may take to save its run and end."""


class AttachedSession(RemoteSession):
    """Comes to a run and leaves it; `close` ends it."""

    frames_per_second_are_its_own = True

    def __init__(self, folder: Path, name: str, *, watches: bool = False) -> None:
        """The run `name` in the socket folder `folder`; one that only `watches` cannot steer."""
        super().__init__()
        self._folder = folder
        self._wanted = name
        self._watches = watches

    async def start(self) -> None:
        """Knock and be let in; HostLostError if there is no such run or it does not answer."""
        channel = await _connected(self._folder, self._wanted)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                status = await channel.begin(Attach(protocol.VERSION, self._watches))
            if status is None:
                raise HostLostError("the run has just ended")
        except TimeoutError:
            channel.writer.close()
            raise HostLostError(f"the run {self._wanted} does not answer") from None
        except BaseException:
            channel.writer.close()
            raise
        self.listen(channel, status)

    async def how_it_ended(self) -> str:
        return "the process that trains has closed its connection"

    async def finish(self) -> RunReport:
        # for one that only watches, it goes on
        return await (self.report() if self._watches else super().finish())

    async def close(self) -> None:
        """Have the run saved and ended; leave it if this one only watches."""
        if not self._watches:
            self.ask_to_stop()
            if self._listening is not None:
                await asyncio.wait({self._listening}, timeout=STOP_SECONDS)
        await self.leave()

    async def leave(self) -> None:
        self.lose()
        if self._channel is not None:
            self._channel.writer.close()
        if self._listening is not None:
            await asyncio.wait({self._listening})
        self.lose()


async def _connected(folder: Path, name: str) -> Channel:
    """A channel to the run `name`; HostLostError if there is none."""
    knocking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    knocking.setblocking(False)
    try:
        with doors.address(doors.secured(folder), name) as path:
            await _knock(knocking, path, name)
        if not doors.peer_is_this_user(knocking):
            raise HostLostError(f"the run {name} belongs to another user")
        return Channel(*await asyncio.open_unix_connection(sock=knocking))
    except (OSError, FileError) as error:
        knocking.close()
        if isinstance(error, ConnectionRefusedError):
            doors.shut(folder, name)  # its process is gone
        raise HostLostError(f"no run {name} goes on here: {error}") from error
    except BaseException:
        knocking.close()
        raise


async def _knock(knocking: socket.socket, path: str, name: str) -> None:
    """Connect. Not asyncio's: that takes a full line at the door for being let in."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            knocking.connect(path)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise HostLostError(f"the run {name} does not answer") from None
        await asyncio.sleep(KNOCK_SECONDS)


async def runs(folder: Path) -> list[Status]:
    """Every run of this user that answers, the newest first."""
    found = await asyncio.gather(*(_status(folder, name) for name in doors.names_in(folder)))
    return sorted((one for one in found if one), key=lambda one: one.began, reverse=True)


async def _status(folder: Path, name: str) -> Status | None:
    """How the run `name` stands; None if there is none, or it does not answer."""
    try:
        channel = await _connected(folder, name)
    except HostLostError:
        return None
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await channel.begin(Inquire(protocol.VERSION))
    except (TimeoutError, HostLostError):
        return None
    finally:
        channel.writer.close()
