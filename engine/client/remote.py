"""A session whose run trains in another process, at the far end of a socket."""

import asyncio
from abc import abstractmethod
from collections import deque
from pathlib import Path
from typing import Any

import msgspec

from engine.client.channel import Channel
from engine.client.session import Session
from engine.errors import ConfigError, HostLostError, RunEndedError
from engine.messages.commands import Command
from engine.messages.report import RunReport
from engine.messages.snapshot import Snapshot
from engine.messages.status import Status
from engine.messages.view import View
from engine.wire import sockets
from engine.wire.protocol import (
    DetachReply,
    DetachRequest,
    Disconnected,
    Ended,
    ExportRequest,
    Notice,
    Ready,
    Refused,
    ReportRequest,
    SaveRequest,
    SnapshotReply,
    SnapshotRequest,
    StopRequest,
    ToDashboard,
)

DETACH_SECONDS = 2.0
"""How long leaving waits for a host to make sure of its socket."""

TURNS_TO_RECEIVE = 3
"""Turns of the loop from bytes in the socket to the message handled."""


class RemoteSession(Session):
    """A session over a channel to a host; subclasses say how they come to it."""

    folder: Path | None = None
    """Where the sockets of its kind of run are."""

    def __init__(self) -> None:
        super().__init__()
        self._channel: Channel | None = None
        self._listening: asyncio.Task[None] | None = None
        self._lost: HostLostError | None = None
        self._number = 0
        self._reply: asyncio.Future[Snapshot] | None = None
        self._reports: deque[asyncio.Future[RunReport]] = deque()
        self._detaches: deque[asyncio.Future[str]] = deque()
        self._hurried = asyncio.Event()
        self._ends_later = False
        """Whether it was left before it had ended, though it was told to end."""

    @property
    def name(self) -> str:
        return "" if self.status is None else self.status.name

    @property
    def can_be_left(self) -> bool:
        return self._lost is None and self.status is not None and self.status.can_be_found

    async def spawn(self) -> None:
        """Begin what takes long to get ready; `start` does the rest, and this too if need be."""

    def listen(self, channel: Channel, status: Status) -> None:
        """Begin to receive what comes over `channel`."""
        self._channel, self.status = channel, status
        self._listening = asyncio.create_task(self._listen(channel))

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        channel = self._present()
        if self._reply is not None and not self._reply.done():
            raise RuntimeError("one snapshot at a time: the host keeps one open request only")
        self._number += 1
        reply: asyncio.Future[Snapshot] = asyncio.get_running_loop().create_future()
        self._reply = reply
        try:
            await self._receive_waiting()
            if not reply.done():
                channel.send(SnapshotRequest(self._number, view, after))
            return await reply
        finally:
            reply.cancel()  # as the caller may have been

    async def send(self, command: Command) -> None:
        await self._receive_waiting()
        self._present().send(command)

    async def save(self) -> None:
        await self._receive_waiting()
        self._present().send(SaveRequest())

    async def export(self, kind: str, path: str) -> None:
        await self._receive_waiting()
        self._present().send(ExportRequest(kind, path))

    async def report(self) -> RunReport:
        return await self._reported_after(ReportRequest())

    async def finish(self) -> RunReport:
        return await self._reported_after(StopRequest())

    async def _reported_after(self, message: ReportRequest | StopRequest) -> RunReport:
        await self._receive_waiting()
        channel = self._present()
        report: asyncio.Future[RunReport] = asyncio.get_running_loop().create_future()
        self._reports.append(report)
        channel.send(message)
        await self._unless_hurried(report, timeout=None)
        if not report.done():
            report.cancel()
            raise TimeoutError
        return await report

    @property
    def lost(self) -> HostLostError | None:
        """Why the run answers no more; None while it does."""
        return self._lost

    @abstractmethod
    async def how_it_ended(self) -> str:
        """Why the host answers no more, in words."""

    async def why_not_left(self) -> str:
        if self._lost is not None:
            return str(self._lost)
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._detaches.append(answer)
        self._present().send(DetachRequest())
        try:
            async with asyncio.timeout(DETACH_SECONDS):
                problem = await answer
        except TimeoutError:
            problem = self._seen_from_here()
        if self.status is not None:
            self.status = msgspec.structs.replace(self.status, can_be_found=not problem)
        return problem

    def _seen_from_here(self) -> str:
        """Why a host that does not answer cannot be found, by a look at its socket."""
        status = self.status
        if status is None or self.folder is None:
            return "it has no folder for its socket"
        if sockets.listening_pid(self.folder, status.name) in (status.pid, None):
            return ""
        return "its socket is gone, and it does not answer, as in a long update"

    def hurry(self) -> None:
        self._hurried.set()

    @property
    def ends_later(self) -> str:
        status = self.status
        if not self._ends_later or status is None:
            return ""
        file = status.save_file or status.saves_to
        saved = f", saved in {file}" if file else ""
        return f"the run {status.name} ends by itself after its present update{saved} (pid {status.pid})"

    async def _unless_hurried(self, *tasks: "asyncio.Future[Any]", timeout: float | None) -> None:
        """Wait until one of `tasks` is done, for so many seconds, or until `hurry` is called."""
        hurried = asyncio.ensure_future(self._hurried.wait())
        try:
            await asyncio.wait(
                {*tasks, hurried}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            hurried.cancel()

    def say_disconnected(self) -> None:
        """Tell the host that the terminal is gone, if it can still be told."""
        if self._lost is None and self._channel is not None:
            self._channel.send(Disconnected())

    def ask_to_stop(self) -> None:
        """Have the run saved and ended, if that can still be asked for."""
        if self._lost is None and self._channel is not None:
            self._channel.send(StopRequest())

    async def _receive_waiting(self) -> None:
        """Read what has come before more is sent: writing to a host that has left would lose the
        last message that it sent.
        """
        for _ in range(TURNS_TO_RECEIVE):
            await asyncio.sleep(0)

    def _present(self) -> Channel:
        if self._lost is not None:
            raise self._lost
        if self._channel is None:
            raise HostLostError("the process that trains has not begun")
        return self._channel

    async def _listen(self, channel: Channel) -> None:
        """Give each of the host's answers to the call that waits for it, until there are no more."""
        lost = HostLostError("the session is closed")
        try:
            while (message := await channel.receive()) is not None:
                self._deliver(message)
            if self._lost is None:
                lost = HostLostError(await self.how_it_ended())
        except HostLostError as error:
            lost = error
        finally:
            self.lose(lost)
            channel.writer.close()

    def _deliver(self, message: ToDashboard) -> None:
        match message:
            case SnapshotReply(number, snapshot):
                # another number answers a call that was cancelled
                if self._reply is not None and number == self._number and not self._reply.done():
                    self._reply.set_result(snapshot)
            case RunReport():
                report = self._reports.popleft() if self._reports else None
                if report is not None and not report.done():
                    report.set_result(message)
            case DetachReply(problem):
                detach = self._detaches.popleft() if self._detaches else None
                if detach is not None and not detach.done():
                    detach.set_result(problem)
            case Notice(text, trouble):
                if self.on_notice is not None:
                    self.on_notice(text, trouble)
            case Refused(setting, text) if setting:
                if self.on_refused is not None:
                    self.on_refused(str(ConfigError(setting, text)))
            case Ended(text, saved, snapshot):
                self.last_snapshot = snapshot
                raise RunEndedError(text, saved=saved)
            case Refused(_, text):
                raise HostLostError(f"training has ended: {text}")
            case Ready():
                raise HostLostError("the process that trains says twice that it has begun")

    def lose(self, error: HostLostError | None = None) -> None:
        """Raise `error` in every call that waits, and in every later one; by default, that the session
        is closed.
        """
        if self._lost is None:
            self._lost = error or HostLostError("the session is closed")
        waiting: list[asyncio.Future[Any]] = [*self._reports, *self._detaches]
        if self._reply is not None:
            waiting.append(self._reply)
        for future in waiting:
            if not future.done():
                future.set_exception(self._lost)
        self._reports.clear()
        self._detaches.clear()
