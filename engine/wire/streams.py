"""Streams over a socket, on which nothing that was sent is lost.

asyncio's own drop what has come and was not read yet as soon as something cannot be written, or the
other end has closed with answers unread: a command that was sent before a connection ended would
not be carried out.
"""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Any

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Serves one connection."""

READ_BYTES = 64 * 1024
"""Read at once from a connection that has ended."""

MOST_READS = 64
"""The system keeps less than that for one connection; one that can still be written to must not
hold up everything else.
"""


class _Reader(asyncio.StreamReader):
    """A broken connection is the end of the stream, after all that had come."""

    def set_exception(self, exc: Exception) -> None:
        if isinstance(exc, ConnectionError):
            self.feed_eof()
        else:
            super().set_exception(exc)


class _Protocol(asyncio.StreamReaderProtocol):
    """Takes up what still lies in the socket of a connection that has ended."""

    def __init__(self, serve: Serve | None) -> None:
        loop = asyncio.get_running_loop()
        self.reader = _Reader(loop=loop)
        self._transport: asyncio.BaseTransport | None = None
        super().__init__(self.reader, serve, loop=loop)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        # the transport closes the socket after this call
        if isinstance(exc, ConnectionError) and self._transport is not None:
            connection = self._transport.get_extra_info("socket")
            with contextlib.suppress(OSError):
                for _ in range(MOST_READS):
                    if not (data := os.read(connection.fileno(), READ_BYTES)):
                        break
                    self.reader.feed_data(data)
        super().connection_lost(exc)


async def opened(connected: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The streams over a socket that is connected."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_unix_connection(lambda: _Protocol(None), sock=connected)
    return protocol.reader, asyncio.StreamWriter(transport, protocol, protocol.reader, loop)


async def served(listening: socket.socket, serve: Serve) -> asyncio.Server:
    """Have `serve` called with the streams of whatever connects to the socket `listening`."""
    # from 3.13 on, asyncio would take the socket's file away, by a name that it no longer has
    options: dict[str, Any] = {} if sys.version_info < (3, 13) else {"cleanup_socket": False}
    return await asyncio.get_running_loop().create_unix_server(
        lambda: _Protocol(serve), sock=listening, **options
    )
