"""Exports a run into files while it goes on."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from engine.errors import FileError
from engine.run.run import Run
from engine.storage.exports.export import begin_export, written_in

Tell = Callable[[str, bool], None]
"""Called with a line for a person, and whether it is bad news."""


class Exporter:
    """Takes what is wanted between two updates; the file is made and written in a thread."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._writing: set[asyncio.Task[None]] = set()

    def begin(self, kind: str, path: str, tell: Tell) -> None:
        """Begin to export the run as it stands; `tell` is called with where it is, or why it is
        nowhere. ConfigError if that cannot be asked for.
        """
        write = begin_export(self._run, kind, path)
        task = asyncio.create_task(_write(write, kind, tell))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def finish(self) -> None:
        """Wait until what was begun is written."""
        if self._writing:
            await asyncio.wait(self._writing)


async def _write(write: Callable[[], Path], kind: str, tell: Tell) -> None:
    try:
        path = await asyncio.to_thread(write)
    except (FileError, MemoryError, RuntimeError) as error:  # no memory, or no thread
        tell(f"{kind} not exported: {error or 'not enough memory'}", True)
    else:
        tell(written_in(kind, path), False)
