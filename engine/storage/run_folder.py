"""The folder in which runs save themselves: it keeps the newest, and those of runs that live."""

import contextlib
import time
from pathlib import Path

from engine.storage.file_lock import is_being_written, remove_unheld

KEPT = 10
"""Runs in the folder that are over; older ones are deleted."""

BEFORE_RESTART = "before-restart"
"""In the folder of runs: courses that were given up for others. It keeps its newest files, however
many runs are saved above it.
"""

STALE_SECONDS = 3600.0
"""Age at which an unfinished file was left by a process that was killed."""


def saved_in(folder: Path, name: str) -> Path:
    """The file in which the run `name` saves itself. A run that lives has the lock on it."""
    return folder / f"{name}.npz"


def lives(folder: Path, name: str) -> bool:
    """Whether the process of the run `name` is there, also where its socket is not. Without locks,
    it may also have ended lately.
    """
    return is_being_written(saved_in(folder, name), silent_seconds=STALE_SECONDS)


def delete_old(folder: Path) -> None:
    """Delete all but the newest runs in `folder` that are over, and files that were never finished."""
    with contextlib.suppress(OSError):
        _delete_old(folder)


def _delete_old(folder: Path) -> None:
    found = sorted(folder.glob("*.npz"), key=_modified, reverse=True)
    over = [path for path in found if not lives(folder, path.stem)]
    for path in over[KEPT:]:
        path.unlink(missing_ok=True)
    kept = {path.stem for path in found} - {path.stem for path in over[KEPT:]}
    for path in folder.glob("*.jsonl"):
        stale = path.stem not in kept and _age(path) > STALE_SECONDS
        if stale and not lives(folder, path.stem):
            path.unlink(missing_ok=True)
    for path in folder.glob(".*.tmp"):
        if _age(path) > STALE_SECONDS:
            path.unlink(missing_ok=True)
    remove_unheld(folder)


def _modified(path: Path) -> float:
    """When `path` was last written; long ago if it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _age(path: Path) -> float:
    """Seconds since `path` was last written."""
    return time.time() - _modified(path)
