"""Whether anybody has something to say, at the price of one system call: a turn of the event loop
costs ten times as much.
"""

import contextlib
import select
import socket
from collections.abc import Iterator
from typing import IO

End = socket.socket | IO[bytes]


class Ears:
    """Sockets and pipes whose other ends may say something at any time, or leave."""

    def __init__(self) -> None:
        self._poll = select.poll()
        self._ends: dict[int, End] = {}
        """By descriptor, whose number is another end's once it is closed."""

    def open_to(self, end: End) -> None:
        """Listen to `end` from now on."""
        descriptor = end.fileno()
        if descriptor >= 0:  # not closed yet
            self._ends[descriptor] = end
            self._poll.register(descriptor, select.POLLIN)

    @contextlib.contextmanager
    def opened_to(self, end: End) -> Iterator[None]:
        """Listen to `end` for as long as this lasts."""
        descriptor = end.fileno()
        self.open_to(end)
        try:
            yield
        finally:
            if self._ends.get(descriptor) is end:
                del self._ends[descriptor]
                self._poll.unregister(descriptor)

    def hear(self) -> bool:
        """Whether there is something to be read, or an end, at one of them. Does not wait."""
        return bool(self._poll.poll(0))
