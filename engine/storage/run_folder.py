"""The folder in which runs save themselves: it keeps the newest."""

import contextlib
import time
from pathlib import Path

KEPT = 10
"""Runs in the folder; older ones are deleted."""

STALE_SECONDS = 3600.0
"""Age at which an unfinished file was left by a process that was killed."""


def delete_old(folder: Path) -> None:
    """Delete all but the newest runs in `folder`, and files that were never finished."""
    with contextlib.suppress(OSError):
        _delete_old(folder)


def _delete_old(folder: Path) -> None:
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
    """Seconds since `path` was last written."""
    return time.time() - path.stat().st_mtime
