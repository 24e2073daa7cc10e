"""Finds the runs of this user that go on, and connects to them."""

import asyncio
import socket
import time
from pathlib import Path

from engine.client.remote import Channel
from engine.errors import FileError, HostLostError
from engine.messages.status import Status
from engine.wire import protocol, sockets, streams
from engine.wire.protocol import StatusRequest

ANSWER_SECONDS = 5.0
"""How long a host may take to answer: it may be in the middle of an update of a large network."""

RETRY_SECONDS = 0.05
"""Between two attempts to connect while too many others do."""


def names(folder: Path) -> list[str]:
    """The runs whose sockets lie in `folder`, whether they answer or not."""
    return sockets.names_in(folder)


async def connected(folder: Path, name: str) -> Channel:
    """A channel to the run `name`; HostLostError if there is none."""
    connecting = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connecting.setblocking(False)
    try:
        with sockets.address(sockets.secured(folder), name) as path:
            await _connect(connecting, path, name)
        if not sockets.peer_is_this_user(connecting):
            raise HostLostError(f"the run {name} belongs to another user")
        return Channel(*await streams.opened(connecting))
    except (OSError, FileError) as error:
        connecting.close()
        if isinstance(error, ConnectionRefusedError):
            sockets.remove_socket(folder, name)  # its process is gone
        raise HostLostError(f"no run {name} goes on here: {error}") from error
    except BaseException:
        connecting.close()
        raise


async def _connect(connecting: socket.socket, path: str, name: str) -> None:
    """Connect. Not asyncio's way: it takes a full queue at the socket for a connection."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            connecting.connect(path)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise HostLostError(f"the run {name} does not answer") from None
        await asyncio.sleep(RETRY_SECONDS)


async def runs(folder: Path) -> list[Status]:
    """Every run of this user that answers, the newest first."""
    found = await asyncio.gather(*(_status(folder, name) for name in sockets.names_in(folder)))
    return sorted((one for one in found if one), key=lambda one: one.began, reverse=True)


async def _status(folder: Path, name: str) -> Status | None:
    """How the run `name` stands; None if there is none, or it does not answer."""
    try:
        channel = await connected(folder, name)
    except HostLostError:
        return None
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await channel.begin(StatusRequest(protocol.VERSION))
    except (TimeoutError, HostLostError):
        return None
    finally:
        channel.writer.close()
