"""One dashboard's connection to a host: its messages, and the answers to them."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from engine.errors import ConfigError, MoonwalkError, ProtocolError
from engine.host.encoded_snapshots import EncodedSnapshots
from engine.host.pacer import Pacer
from engine.messages.view import View
from engine.wire import codec, protocol
from engine.wire.protocol import (
    Attach,
    DetachReply,
    DetachRequest,
    Disconnected,
    EncodedEnded,
    EncodedSnapshotReply,
    Ended,
    ExportRequest,
    Hello,
    Notice,
    Refused,
    ReportRequest,
    SaveRequest,
    SnapshotRequest,
    StatusRequest,
    StopRequest,
    ToDashboard,
    ToHost,
)

FAREWELL_SECONDS = 1.0
"""How long a dashboard may take to read the last message."""

_log = logging.getLogger("engine.host")

WATCHES = ConfigError("watch", "this dashboard only watches")


@dataclass(frozen=True)
class HostServices:
    """What a host does for its dashboards."""

    pacer: Pacer
    snapshots: EncodedSnapshots
    save: Callable[[], Awaitable[str]]
    """Saves the run; returns where."""
    export: Callable[[str, str, Callable[[str, bool], None]], None]
    """Begins to export the run: the kind, the file, and what is called with the news of it."""
    stop: Callable[[], None]
    """Begins to end the run."""
    is_stopping: Callable[[], bool]
    """Whether that has begun."""
    why_not_found: Callable[[], str]
    """Says why the run cannot be found, having made sure of its socket; empty if it can."""
    tell_trouble: Callable[[str], None]
    """Tells all dashboards, or the next one, what went wrong."""


class Connection:
    """Serves one dashboard; one that only `watches` cannot steer."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        services: HostServices,
        *,
        watches: bool = False,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._services = services
        self._watches = watches
        self._open_request: SnapshotRequest | None = None
        self._last_view: View | None = None
        self.wants_report = False
        """Whether it has asked for the end of the run, and so for the last report."""
        self.disconnected = False
        """Whether its terminal is gone."""

    @property
    def is_open(self) -> bool:
        """Whether, as far as is known, what is sent can still be read."""
        return not self._writer.is_closing()

    async def serve(self) -> None:
        """Until the dashboard is gone; ProtocolError if what it sends makes no sense."""
        watchers = self._services.pacer.watchers
        watchers.add(self._answer)
        try:
            await self._converse()
        finally:
            watchers.discard(self._answer)

    async def _converse(self) -> None:
        while (body := await self._read()) is not None:
            await self._handle(codec.decode_to_host(body))
            # a dashboard that does not read its answers is not read either; training goes on.
            # One that is gone needs no answers, but what it has sent is carried out
            with contextlib.suppress(ConnectionError):
                await self._writer.drain()
            # a flood of messages is read between the bursts of training, not instead of them
            await asyncio.sleep(0)

    async def _read(self) -> bytes | None:
        return await codec.read_body(self._reader, codec.MAX_REQUEST)

    async def _handle(self, message: ToHost) -> None:
        match message:
            case Hello() | Attach() | StatusRequest():
                raise ProtocolError(f"a second {type(message).__name__}")
            case SnapshotRequest() | ReportRequest() if not self.is_open:
                pass  # nobody reads the answer
            case SnapshotRequest():
                self._open_request, self._last_view = message, message.view
                self._answer()
            case ReportRequest():
                self.send(self._services.pacer.run.report())
            case DetachRequest():
                self.send(DetachReply(self._services.why_not_found()))
            case Disconnected():
                self.disconnected = True
            case ExportRequest(kind, path):
                self._export(kind, path)
            case _ if self._watches:
                self.send(refusal(WATCHES))
            case SaveRequest():
                await self._save()
            case StopRequest():
                self.wants_report = True
                self._services.stop()
            case _ if self._services.is_stopping():
                pass  # its last figures are being saved and told
            case _:
                try:
                    self._services.pacer.apply(message)
                except ConfigError as error:
                    self.send(refusal(error))

    def _export(self, kind: str, path: str) -> None:
        try:
            self._services.export(kind, path, self._tell)
        except ConfigError as error:
            self.send(refusal(error))

    def _tell(self, text: str, trouble: bool) -> None:
        self.send(Notice(text, trouble))

    async def _save(self) -> None:
        try:
            path = await self._services.save()
        except MoonwalkError as error:
            problem = f"not saved: {error}"
            if not self.is_open:
                self._services.tell_trouble(problem)  # others, or who comes next, has to know
            else:
                self.send(Notice(problem, trouble=True))
        else:
            self.send(Notice(f"saved in {path}"))

    def _answer(self) -> None:
        request, run = self._open_request, self._services.pacer.run
        if request is not None and run.revision > request.after:
            self._open_request = None
            try:
                snapshot = self._services.snapshots.snapshot(request.view)
            except Exception as error:
                # called by the pacer, which one dashboard's trouble must not stop
                _log.exception("a view cannot be drawn")
                self.send(Refused("", f"{type(error).__name__} in drawing that"))
                self._writer.close()
            else:
                send(self._writer, EncodedSnapshotReply(request.number, snapshot))

    def send_end(self, ended: Ended) -> None:
        """Say that the run has ended, and show how to one that has looked at it."""
        if self._last_view is None:
            self.send(ended)
            return
        try:
            snapshot = self._services.snapshots.snapshot(self._last_view)
        except Exception:
            # one dashboard's trouble must not keep the others from being told
            _log.exception("a view cannot be drawn")
            self.send(ended)
            return
        self._writer.write(codec.frame(EncodedEnded(ended.text, ended.saved, snapshot)))

    def send(self, message: ToDashboard) -> None:
        """Send `message` without waiting."""
        send(self._writer, message)


def send(writer: asyncio.StreamWriter, message: ToDashboard | EncodedSnapshotReply) -> None:
    """Send `message` without waiting: what the socket does not take now is kept for it. To a
    dashboard that is gone, nothing is sent.
    """
    if not writer.is_closing():
        writer.write(codec.frame(message))


def refusal(error: ConfigError) -> Refused:
    """The message from which the other side can make `error` again."""
    return Refused(error.setting, str(error).removeprefix(f"{error.setting}: "))


async def greet(reader: asyncio.StreamReader) -> Hello | Attach | StatusRequest | None:
    """Take the first message; None if the dashboard has left without one."""
    body = await codec.read_body(reader, codec.MAX_REQUEST)
    if body is None:
        return None
    version = codec.version_of(body)
    if version != protocol.VERSION:
        raise ProtocolError(
            f"the dashboard speaks protocol {version} and the host {protocol.VERSION}:"
            " both must come from one installation"
        )
    first = codec.decode_to_host(body)
    assert isinstance(first, Hello | Attach | StatusRequest)
    return first


async def part(writer: asyncio.StreamWriter) -> None:
    """Close the connection once what was sent has been read, or after FAREWELL_SECONDS."""
    writer.close()
    closing = asyncio.ensure_future(writer.wait_closed())
    # not wait_for: it would cancel a future that other tasks wait for, too
    await asyncio.wait({closing}, timeout=FAREWELL_SECONDS)
    if closing.done():
        closing.exception()  # retrieved, so that asyncio does not log it
