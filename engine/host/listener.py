"""The socket by which a run is found: opened, looked after, and put back when it was taken away."""

import asyncio
import contextlib
import stat
from collections.abc import Callable
from pathlib import Path
from socket import socket

from engine.errors import FileError
from engine.wire import sockets, streams

CHECK_SECONDS = 3.0
"""Between two looks at the socket's file: what clears up `/tmp` may have deleted it."""


class Listener:
    """Listens for the dashboards of one run. What is in the way is told once; the run goes on."""

    def __init__(self, folder: Path | None, name: str, tell: Callable[[str], None]) -> None:
        """The socket of the run `name` is in `folder`; without one, nobody can find it. `tell` is
        called with what went wrong.
        """
        self._folder = folder
        self._name = name
        self._tell = tell
        self.problem = "it has no folder for its socket"
        """Why the run cannot be found; empty while it can be."""
        self._socket: socket | None = None
        self._file: tuple[int, int] | None = None
        """Device and inode of the socket's file."""
        self._opened = asyncio.Event()
        self.check()

    async def listen(self, serve: streams.Serve) -> None:
        """Have `serve` called with every connection, for ever, and look after the socket."""
        server: asyncio.Server | None = None
        accepting: socket | None = None
        try:
            while True:
                self._opened.clear()
                self.check()
                if self._socket is not None and self._socket is not accepting:
                    before, accepting = server, self._socket
                    server = await streams.served(accepting, serve)
                    if before is not None:
                        before.close()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(CHECK_SECONDS):
                        await self._opened.wait()
        finally:
            if server is not None:
                server.close()

    def check(self) -> bool:
        """Whether the run can be found now; its socket is put back where it is not in its place."""
        if self._folder is None:
            return False
        try:
            sockets.secured(self._folder)
            if not self._in_place(self._folder):
                self._open(self._folder)
        except FileError as error:
            if str(error) != self.problem:
                self.problem = str(error)
                self._tell(f"nobody can attach to this run: {error}")
            return False
        self.problem = ""
        return True

    def why_not_found(self) -> str:
        """Why the run cannot be found now, if its socket cannot be put back; empty if it can be."""
        return "" if self.check() else self.problem

    def remove(self) -> None:
        """Delete the socket's file, unless it is another's, and do not put it back."""
        if self._folder is not None and self._in_place(self._folder):
            sockets.remove_socket(self._folder, self._name)
        self._folder = None

    def _in_place(self, folder: Path) -> bool:
        found = sockets.found_at(folder, self._name)
        return found is not None and (found.st_dev, found.st_ino) == self._file

    def _open(self, folder: Path) -> None:
        """Bind a new socket; FileError if that cannot be, or another run has taken the name."""
        found = sockets.found_at(folder, self._name)
        if found is not None and not (
            stat.S_ISSOCK(found.st_mode)
            and sockets.listening_pid(folder, self._name) == sockets.NOBODY
        ):
            path = sockets.path_of(folder, self._name)
            raise FileError(f"{path}: something else is in the place of its socket")
        self._socket = sockets.listening_socket(folder, self._name)
        found = sockets.found_at(folder, self._name)
        self._file = None if found is None else (found.st_dev, found.st_ino)
        self._opened.set()
