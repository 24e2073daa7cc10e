"""Keeps a run from being lost: saves it at intervals and at its end, and records what is done."""

import asyncio
import contextlib
import errno
import os
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import IO, Any

from engine.errors import FileError
from engine.host.aside import aside, check_original
from engine.host.ears import Ears
from engine.run.run import Run
from engine.storage import checkpoint, recording
from engine.storage.atomic_file import forget_unfinished, write_whole

SAVE_SECONDS = 10.0
"""Between two saves of a run that goes on."""

SAVE_SHARE = 50
"""Of the time on saving: a large network is saved less often."""

KEPT = 10
"""Runs in the state folder; older ones are deleted."""

STALE_SECONDS = 3600.0
"""After which a file that nobody has finished writing was left by a process that died."""


class Keeper:
    """Saves and records one run. What goes wrong is told once; the run goes on."""

    def __init__(
        self,
        run: Run,
        state_file: Path | None,
        save_file: Path | None,
        record_file: Path | None,
        tell: Callable[[str], None],
        ears: Ears | None = None,
    ) -> None:
        """`state_file` is for its own saves, `save_file` for those that a person wants; `ears` hear
        when one is done.
        """
        self._run = run
        self._state_file = state_file
        self._save_file = save_file
        self._record_file = record_file
        self._tell = tell
        self._ears = ears
        self._told: set[Path] = set()
        """The files that there was bad news of."""
        self._saved_revision = -1
        self._saving = asyncio.Lock()
        self._record: IO[bytes] | None = None
        self._open_record()
        self._recorded = len(run.commands)

    async def keep(self) -> None:
        """Save for ever, at intervals."""
        while True:
            began = time.monotonic()
            if self._run.revision != self._saved_revision or not self._still_there():
                await self._save_to(self._state_file)
            took = time.monotonic() - began
            await asyncio.sleep(max(SAVE_SECONDS, took * SAVE_SHARE))

    def _still_there(self) -> bool:
        """Whether its own save is; it is then marked as that of a run that goes on, which is not
        the one to delete.
        """
        if self._state_file is None:
            return True
        try:
            os.utime(self._state_file)
        except OSError:
            return False
        return True

    async def save(self) -> str:
        """Save as a person wants it; returns where. FileError if it cannot be."""
        path = self._save_file or self._state_file
        if path is None:
            raise FileError("this run has no file to be saved in")
        await self._write(path)
        return str(path)

    async def finish(self) -> str | None:
        """Save and end the recording, as the run is over; returns what could not be done."""
        problems = [await self._save_to(path) for path in {self._state_file, self._save_file}]
        self.record()
        if self._record is None:
            self._open_record()
        self._append(recording.ending(self._run.end))
        if self._record is not None:
            with contextlib.suppress(OSError):
                self._record.close()
        return next((problem for problem in problems if problem), None)

    async def _save_to(self, path: Path | None) -> str | None:
        """Save in `path`, if there is one; returns what went wrong."""
        if path is None:
            return None
        try:
            await self._write(path)
        except Exception as error:  # no trouble with saving is one of the run
            problem = str(error) if isinstance(error, FileError) else repr(error)
            self._tell_once(f"not saved: {problem}", path)
            return problem
        return None

    async def _write(self, path: Path) -> None:
        async with self._saving:
            revision = self._run.revision
            data = checkpoint.encode(self._run)
            try:
                # a disk may take its time, in which training goes on
                prune = path == self._state_file
                await finished(aside(lambda: write_kept(path, data, prune=prune), self._ears))
            except OSError as error:
                raise FileError(f"{path}: {error.strerror or error}") from error
            except RuntimeError as error:  # the copy that writes was killed, or met a fault
                forget_unfinished(path)
                raise FileError(f"{path}: {error}") from error
            if path == self._state_file:
                self._saved_revision = revision
            self._told.discard(path)

    def record(self) -> None:
        """Bring the recording up to date."""
        new = self._run.commands[self._recorded :]
        if new and self._record is None:
            self._open_record()  # once more, from the start: no command may be missing
        elif new:
            self._append(recording.encoded(new))
        self._recorded = len(self._run.commands)

    def _open_record(self) -> None:
        path, run = self._record_file, self._run
        if path is None:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, recording.header(run.config) + recording.encoded(run.commands))
            # it stays open as long as the run
            self._record = path.open("ab", buffering=0)
        except OSError as error:
            self._tell_once(f"not recorded: {path}: {error.strerror or error}", path)
        else:
            self._told.discard(path)

    def _append(self, data: bytes) -> None:
        if self._record is None or self._record_file is None:
            return
        try:
            if self._record.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            self._record.close()
            self._record = None
            path = self._record_file
            self._tell_once(f"not recorded: {path}: {error.strerror or error}", path)

    def _tell_once(self, problem: str, path: Path) -> None:
        if path not in self._told:
            self._told.add(path)
            self._tell(f"{problem}; training goes on")


async def finished(doing: Coroutine[Any, Any, None]) -> None:
    """Await `doing` to its end, even if that is no longer waited for: what is being written must
    not come after what is written next.
    """
    task = asyncio.ensure_future(doing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def write_kept(path: Path, data: bytes, *, prune: bool) -> None:
    """Put `data` into `path`; with `prune`, its folder is made, and keeps the newest only."""
    if prune:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data, check_original)
    if prune:
        with contextlib.suppress(OSError):
            delete_old(path.parent)


def delete_old(folder: Path) -> None:
    """Delete all but the newest runs in `folder`, and what was never finished."""
    newest_first = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    kept = {path.stem for path in newest_first[:KEPT]}
    for path in newest_first[KEPT:]:
        path.unlink(missing_ok=True)
    for path in folder.glob("*.jsonl"):
        if path.stem not in kept and _age(path) > STALE_SECONDS:
            path.unlink(missing_ok=True)
    for path in folder.glob(".*.tmp"):
        if _age(path) > STALE_SECONDS:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime
