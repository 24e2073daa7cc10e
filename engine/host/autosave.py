"""Saves a run at intervals, when a person asks for it, and at its end."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from engine.errors import FileError
from engine.run.run import Run
from engine.storage import checkpoint
from engine.storage.atomic_file import write_whole
from engine.storage.run_folder import delete_old

SAVE_SECONDS = 10.0
"""Between two saves of a run that goes on, at least."""

SAVE_SHARE = 50
"""Saving takes at most one in so many seconds: a large network is saved less often."""


def seconds_to_next_save(took: float) -> float:
    """How long to wait after a save that took so many seconds."""
    return max(SAVE_SECONDS, took * SAVE_SHARE)


class Autosave:
    """Saves one run. What goes wrong is told once; the run goes on."""

    def __init__(
        self,
        run: Run,
        state_file: Path | None,
        save_file: Path | None,
        tell: Callable[[str], None],
    ) -> None:
        """`state_file` is for the saves at intervals, `save_file` for those that a person wants;
        without it these go into `state_file`, too. `tell` is called with what went wrong.
        """
        self._run = run
        self._state_file = state_file
        self._save_file = save_file
        self._tell = tell
        self._told: set[Path] = set()
        """The files whose last save failed."""
        self._saved_revision = -1
        self._saving = asyncio.Lock()

    async def keep(self) -> None:
        """Save for ever, at intervals."""
        while True:
            began = time.monotonic()
            if self._run.revision != self._saved_revision or not self._still_there():
                await self._save_to(self._state_file)
            await asyncio.sleep(seconds_to_next_save(time.monotonic() - began))

    def _still_there(self) -> bool:
        """Whether the last save is. It is then marked as new: the oldest saves in the folder are
        deleted, and this one's run goes on.
        """
        if self._state_file is None:
            return True
        try:
            os.utime(self._state_file)
        except OSError:
            return False
        return True

    async def save(self) -> str:
        """Save as a person wants it; returns the file. FileError if it cannot be."""
        path = self._save_file or self._state_file
        if path is None:
            raise FileError("this run has no file to be saved in")
        await self._write(path)
        return str(path)

    async def finish(self) -> str | None:
        """Save in every file, as the run is over; returns what could not be done."""
        problems = [await self._save_to(path) for path in {self._state_file, self._save_file}]
        return next((problem for problem in problems if problem), None)

    async def _save_to(self, path: Path | None) -> str | None:
        """Save in `path`, if there is one; returns what went wrong."""
        if path is None:
            return None
        try:
            await self._write(path)
        except Exception as error:  # a run must not end because it cannot be saved
            problem = str(error) if isinstance(error, FileError) else repr(error)
            if path not in self._told:
                self._told.add(path)
                self._tell(f"not saved: {problem}; training goes on")
            return problem
        return None

    async def _write(self, path: Path) -> None:
        async with self._saving:
            revision = self._run.revision
            data = checkpoint.encode(self._run)
            in_folder = path == self._state_file
            try:
                # a disk may take its time, in which training goes on
                await finished(_in_thread(partial(_write_file, path, data, in_folder)))
            except OSError as error:
                raise FileError(f"{path}: {error.strerror or error}") from error
            if in_folder:
                self._saved_revision = revision
            self._told.discard(path)


def _write_file(path: Path, data: bytes, in_folder: bool) -> None:
    """Put `data` into `path`; one `in_folder` of runs makes that folder, and keeps it small."""
    if in_folder:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    if in_folder:
        delete_old(path.parent)


async def _in_thread(work: Callable[[], None]) -> None:
    """Do `work` in a thread of its own; where none can be started, at once."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    thread = threading.Thread(target=_report_to, args=(done, work), daemon=True, name="autosave")
    try:
        thread.start()
    except RuntimeError:  # no room for another thread
        work()
        return
    await done


def _report_to(done: "asyncio.Future[None]", work: Callable[[], None]) -> None:
    """Do `work`, and have `done` say in its own loop how that went."""
    problem: Exception | None = None
    try:
        work()
    except Exception as error:
        problem = error

    def settle() -> None:
        if done.done():
            return  # its loop is being closed
        if problem is None:
            done.set_result(None)
        else:
            done.set_exception(problem)

    done.get_loop().call_soon_threadsafe(settle)


async def finished(doing: Coroutine[Any, Any, None]) -> None:
    """Await `doing` to its end, even if the caller is cancelled: what is being written must not
    come after what is written next.
    """
    task = asyncio.ensure_future(doing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
