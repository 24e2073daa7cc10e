"""Finds the runs of this user that go on, and connects to them."""

import asyncio
import socket
import time
from pathlib import Path
from typing import NamedTuple

from engine.client.channel import Channel
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


class NoAnswerError(HostLostError):
    """A run goes on, but does not answer. Whether it was `told` what it is to do, once it reads."""

    def __init__(self, text: str, *, told: bool = False) -> None:
        super().__init__(text)
        self.told = told


async def connected(folder: Path, name: str, patience: float | None = None) -> Channel:
    """A channel to the run `name`; HostLostError if there is none, NoAnswerError if so many wait for
    it that none more can, for `patience` seconds.
    """
    deadline = time.monotonic() + (ANSWER_SECONDS if patience is None else patience)
    connecting = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connecting.setblocking(False)
    try:
        with sockets.address(sockets.secured(folder), name) as path:
            await _connect(connecting, path, name, deadline)
        if not sockets.peer_is_this_user(connecting):
            raise HostLostError(f"the run {name} belongs to another user")
        pid = sockets.peer_pid(connecting)
        return Channel(*await streams.opened(connecting), pid)
    except (OSError, FileError) as error:
        connecting.close()
        if isinstance(error, ConnectionRefusedError):
            sockets.remove_socket(folder, name)  # its process is gone
        raise HostLostError(f"no run {name} goes on here: {error}") from error
    except BaseException:
        connecting.close()
        raise


async def _connect(connecting: socket.socket, path: str, name: str, deadline: float) -> None:
    """Connect. Not asyncio's way: it takes a full queue at the socket for a connection."""
    while True:
        try:
            connecting.connect(path)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise NoAnswerError(f"the run {name} does not answer") from None
        await asyncio.sleep(RETRY_SECONDS)


class Unanswered(NamedTuple):
    """A run that goes on, but did not answer."""

    name: str
    pid: int | None
    """Its process, if the system tells."""
    reason: str

    @property
    def line(self) -> str:
        """What is wrong and what can be done, in words."""
        kill = "" if self.pid is None else f", or kill {self.pid}, which leaves its last save"
        return f"{self.reason}: wait and try again{kill}"


NO_ANSWER = "did not answer, as in a long update"


class Found(NamedTuple):
    """The runs of this user that go on."""

    answered: list[Status]
    """The newest first."""
    unanswered: list[Unanswered]


async def found(folder: Path, patience: float | None = None) -> Found:
    """Every run of this user that goes on; each may take `patience` seconds to answer. FileError if
    `folder` is not this user's alone.
    """
    try:
        folder.lstat()
    except FileNotFoundError:
        return Found([], [])
    except OSError:
        pass  # what is wrong is said now
    sockets.secured(folder)
    seconds = ANSWER_SECONDS if patience is None else patience
    every = await asyncio.gather(*(_asked(folder, one, seconds) for one in names(folder)))
    answered = [one for one in every if isinstance(one, Status)]
    answered.sort(key=lambda one: one.began, reverse=True)
    return Found(answered, [one for one in every if isinstance(one, Unanswered)])


async def runs(folder: Path) -> list[Status]:
    """Every run of this user that answers, the newest first."""
    return (await found(folder)).answered


async def _asked(folder: Path, name: str, patience: float) -> Status | Unanswered | None:
    """How the run `name` stands; None if there is none."""
    try:
        channel = await connected(folder, name, patience)
    except NoAnswerError:
        return Unanswered(name, None, NO_ANSWER)
    except HostLostError:
        return None
    try:
        async with asyncio.timeout(patience):
            return await channel.begin(StatusRequest(protocol.VERSION))
    except TimeoutError:
        return Unanswered(name, channel.pid, NO_ANSWER)
    except HostLostError as error:
        return Unanswered(name, channel.pid, f"does not answer ({error})")
    finally:
        channel.writer.close()
