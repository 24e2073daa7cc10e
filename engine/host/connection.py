"""One dashboard at a host: hears its messages, and answers its open Look once there is news."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from engine.errors import ConfigError, MoonwalkError, ProtocolError
from engine.host.encoded_snapshots import Answers
from engine.host.pacer import Driver
from engine.wire import protocol
from engine.wire.protocol import (
    AskReport,
    Attach,
    Hello,
    HungUp,
    Inquire,
    Look,
    Notice,
    Refused,
    Save,
    SeenEncoded,
    Stop,
    ToDashboard,
    ToHost,
)

FAREWELL_SECONDS = 1.0
"""How long a dashboard may take to read the last message."""

_log = logging.getLogger("engine.host")

WATCHES = ConfigError("watch", "this dashboard only watches")


@dataclass(frozen=True)
class Desk:
    """What a host does for its dashboards."""

    driver: Driver
    answers: Answers
    save: Callable[[], Awaitable[str]]
    """Saves the run; returns where."""
    stop: Callable[[], None]
    """Begins to end the run."""


class Connection:
    """Serves one dashboard; one that only `watches` cannot steer."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        desk: Desk,
        *,
        watches: bool = False,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._desk = desk
        self._watches = watches
        self._look: Look | None = None
        self.wants_end = False
        """Whether it is to be told how the run has ended."""
        self.hung_up = False
        """Whether nobody is at this dashboard any more."""

    async def serve(self) -> None:
        """Until the dashboard is gone; ProtocolError if what it sends makes no sense."""
        watchers = self._desk.driver.watchers
        watchers.add(self._answer)
        try:
            with self._desk.driver.ears.opened_to(self._writer.get_extra_info("socket")):
                await self._converse()
        except ConnectionError:
            pass  # gone in the middle of an answer
        finally:
            watchers.discard(self._answer)

    async def _converse(self) -> None:
        while (body := await self._read()) is not None:
            await self._handle(protocol.decode_to_host(body))
            # another message may have been read with this one: the ears hear nothing of it
            self._desk.driver.heed()
            # whoever does not read is not heard either; training does not wait here
            await self._writer.drain()
            # whoever floods the door is heard between the bursts, not instead of them
            await asyncio.sleep(0)

    async def _read(self) -> bytes | None:
        return await protocol.read_body(self._reader, protocol.MAX_REQUEST)

    async def _handle(self, message: ToHost) -> None:
        match message:
            case Hello() | Attach() | Inquire():
                raise ProtocolError(f"a second {type(message).__name__}")
            case Look():
                self._look = message
                self._answer()
            case AskReport():
                self.send(self._desk.driver.run.report())
            case HungUp():
                self.hung_up = True
            case _ if self._watches:
                self.send(refusal(WATCHES))
            case Save():
                await self._save()
            case Stop():
                self.wants_end = True
                self._desk.stop()
            case _:
                try:
                    self._desk.driver.apply(message)
                except ConfigError as error:
                    self.send(refusal(error))

    async def _save(self) -> None:
        try:
            path = await self._desk.save()
        except MoonwalkError as error:
            self.send(Notice(f"not saved: {error}", trouble=True))
        else:
            self.send(Notice(f"saved in {path}"))

    def _answer(self) -> None:
        look, run = self._look, self._desk.driver.run
        if look is not None and run.revision > look.after:
            self._look = None
            try:
                snapshot = self._desk.answers.snapshot(look.view)
            except Exception as error:
                # called by the run's driver, to which one dashboard's trouble must not come
                _log.exception("a view cannot be drawn")
                self.send(Refused("", f"{type(error).__name__} in drawing that"))
                self._writer.close()
            else:
                self._writer.write(protocol.frame(SeenEncoded(look.number, snapshot)))

    def send(self, message: ToDashboard) -> None:
        """Send `message` without waiting."""
        send(self._writer, message)


def send(writer: asyncio.StreamWriter, message: ToDashboard) -> None:
    """Send `message` without waiting: what the socket does not take now is kept for it."""
    writer.write(protocol.frame(message))


def refusal(error: ConfigError) -> Refused:
    """The message from which the other side can make `error` again."""
    return Refused(error.setting, str(error).removeprefix(f"{error.setting}: "))


async def greet(reader: asyncio.StreamReader) -> Hello | Attach | Inquire | None:
    """Take the first message; None if the dashboard has left without one."""
    body = await protocol.read_body(reader, protocol.MAX_REQUEST)
    if body is None:
        return None
    version = protocol.version_of(body)
    if version != protocol.VERSION:
        raise ProtocolError(
            f"the dashboard speaks protocol {version} and the host {protocol.VERSION}:"
            " both must come from one installation"
        )
    first = protocol.decode_to_host(body)
    assert isinstance(first, Hello | Attach | Inquire)
    return first


async def part(writer: asyncio.StreamWriter) -> None:
    """Close the connection once what was sent has been read, or nobody reads it."""
    writer.close()
    closing = asyncio.ensure_future(writer.wait_closed())
    # not wait_for: it would cancel what everybody waits for who waits for this
    await asyncio.wait({closing}, timeout=FAREWELL_SECONDS)
    if closing.done():
        closing.exception()  # it does not matter how
