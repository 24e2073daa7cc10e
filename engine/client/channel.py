"""Messages to a host and back, and the first of them."""

import asyncio

from engine.errors import ConfigError, HostLostError, RunEndedError
from engine.messages.status import Status
from engine.wire import codec
from engine.wire.protocol import (
    Attach,
    Ended,
    Hello,
    Ready,
    Refused,
    StatusRequest,
    ToDashboard,
    ToHost,
)


class Channel:
    """Typed messages to a host and back."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pid: int | None = None
    ) -> None:
        """`pid` is the host's process, as far as the system tells."""
        self._reader = reader
        self.writer = writer
        self.pid = pid

    def send(self, message: ToHost) -> None:
        """Send `message` without waiting."""
        self.writer.write(codec.frame(message))

    async def receive(self) -> ToDashboard | None:
        """The next message; None at the end, HostLostError if it makes no sense."""
        body = await codec.read_body(self._reader)
        return None if body is None else codec.decode_to_dashboard(body)

    async def begin(self, first: Hello | Attach | StatusRequest, *further: ToHost) -> Status | None:
        """Say the `first` message and any `further` ones, and wait for the run to be there; None if the host has left
        without a word. ConfigError if it cannot be run, HostLostError if it will not.
        """
        for message in (first, *further):
            self.send(message)
        match await self.receive():
            case Ready(status):
                return status
            case Refused(setting, text) if setting:
                raise ConfigError(setting, text)
            case Refused(_, text):
                raise HostLostError(f"the process that trains has not begun: {text}")
            case Ended(text, saved):
                raise RunEndedError(text, saved=saved)
            case None:
                return None
            case other:
                raise HostLostError(f"the process that trains began with {type(other).__name__}")
