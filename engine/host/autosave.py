"""Saves a run at intervals, when a person asks for it, and at its end."""

import asyncio
import itertools
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
from engine.storage.output_file import OutputFile
from engine.storage.run_folder import delete_old

SAVE_SECONDS = 10.0
"""Between two saves of a run that goes on, at least, once it has been going on for a while."""

FIRST_SECONDS = 1.0
"""Between the first two. From one to the next, the time doubles."""

SAVE_SHARE = 50
"""Saving takes at most one in so many seconds: a large network is saved less often."""


def seconds_to_next_save(took: float, saves: int) -> float:
    """How long to wait after a save that took so many seconds and was the `saves`-th; 0 before one."""
    if saves == 0:
        return min(FIRST_SECONDS, SAVE_SECONDS)
    return max(min(SAVE_SECONDS, FIRST_SECONDS * 2.0 ** min(saves - 1, 10)), took * SAVE_SHARE)


class Autosave:
    """Saves one run. What goes wrong is told once; the run goes on."""

    def __init__(
        self,
        run: Run,
        state_file: OutputFile | None,
        save_file: OutputFile | None,
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
        self._saved_revision: int | None = None
        self._saving = asyncio.Lock()

    async def keep(self) -> None:
        """Save for ever, at intervals."""
        for saves in itertools.count(1):
            began = time.monotonic()
            await self._keep_once()
            await asyncio.sleep(seconds_to_next_save(time.monotonic() - began, saves))

    async def _keep_once(self) -> None:
        """Save if anything has changed since the last save, or that is gone."""
        removed = self._saved_revision is not None and not self._still_there()
        if not removed and self._run.revision == self._saved_revision:
            return
        if await self._save_to(self._state_file) is None and removed and self._state_file:
            self._tell(f"{self._state_file.path} was removed; the run is saved there again")

    def _still_there(self) -> bool:
        """Whether the last save is. It is then marked as new: what is resumed without a name is the
        run that went on last.
        """
        if self._state_file is None:
            return True
        try:
            os.utime(self._state_file.target)
        except OSError:
            return False
        return True

    async def save(self) -> str:
        """Save as a person wants it; returns the file. FileError if it cannot be."""
        file = self._save_file or self._state_file
        if file is None:
            raise FileError("this run has no file to be saved in")
        try:
            await self._write(file)
        except FileError as error:
            raise FileError(await self._with_own_save(str(error), file)) from error
        return str(file.path)

    async def _with_own_save(self, problem: str, file: OutputFile) -> str:
        """`problem`, that the run was not saved in `file`, and where it was saved instead."""
        if self._state_file in (None, file) or await self._save_to(self._state_file) is not None:
            return problem
        assert self._state_file is not None
        return f"{problem}; saved in {self._state_file.path} instead"

    async def finish(self) -> str | None:
        """Save in every file, as the run is over; returns what could not be done."""
        problem = await self._save_to(self._state_file, goes_on=False)
        if self._save_file is not None:
            unsaved = await self._save_to(self._save_file, goes_on=False)
            if unsaved is not None:
                return await self._with_own_save(unsaved, self._save_file)
        return problem

    async def _save_to(self, file: OutputFile | None, *, goes_on: bool = True) -> str | None:
        """Save in `file`, if there is one; returns what went wrong."""
        if file is None:
            return None
        try:
            await self._write(file)
        except Exception as error:  # a run must not end because it cannot be saved
            problem = str(error) if isinstance(error, FileError) else repr(error)
            if file.path not in self._told:
                self._told.add(file.path)
                self._tell(f"not saved: {problem}" + ("; training goes on" if goes_on else ""))
            return problem
        return None

    async def _write(self, file: OutputFile) -> None:
        async with self._saving:
            revision = self._run.revision
            data = checkpoint.encode(self._run)
            in_folder = file is self._state_file
            try:
                # a disk may take its time, in which training goes on
                await finished(_in_thread(partial(_write_file, file, data, in_folder)))
            except OSError as error:
                raise FileError(f"{file.path}: {error.strerror or error}") from error
            if in_folder:
                self._saved_revision = revision
            self._told.discard(file.path)


def _write_file(file: OutputFile, data: bytes, in_folder: bool) -> None:
    """Put `data` into `file`; one `in_folder` of runs makes that folder, and keeps it small."""
    if in_folder:
        file.target.parent.mkdir(parents=True, exist_ok=True)
    file.write(data)
    if in_folder:
        delete_old(file.target.parent)


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
