"""The folder in which data that came through a pipe are kept, so that another process can read them."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from engine.errors import FileError

KEPT = 20
"""Files in the folder; the ones that were used longest ago are deleted."""

FILE_NAME = "stdin.csv"
"""Each in a folder that is called by its digest: a run is shown with the name of its file."""

DIGITS = 16
"""Of the digest that make the name of such a folder."""

MAX_BYTES = 2**30
"""More than a million rows of 64 numbers take."""

CHUNK_BYTES = 2**20


def keep_data(stream: BinaryIO, folder: Path, most: int = MAX_BYTES) -> Path:
    """Read `stream` to its end into a file in `folder`, below one that the data's SHA-256 names.

    Raises FileError if there is nothing to read or more than `most` bytes, and OSError where the file
    cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{secrets.token_hex(8)}.tmp"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            digest = _copied(stream, file, most)
        kept = folder / digest[:DIGITS] / FILE_NAME
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        beside.replace(kept)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _delete_old(folder)
    return kept


def is_kept(path: Path) -> bool:
    """Whether `path` is called like a file in such a folder."""
    return path.name == FILE_NAME and len(path.parent.name) == DIGITS


def _copied(stream: BinaryIO, file: BinaryIO, most: int) -> str:
    """Copy all of `stream` to `file`; returns the SHA-256 of it."""
    sha256, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        size += len(chunk)
        if size > most:
            raise FileError(f"stdin: more than {most:,} bytes; name a file")
        sha256.update(chunk)
        file.write(chunk)
    if not size:
        raise FileError("stdin: it is empty")
    return sha256.hexdigest()


def _delete_old(folder: Path) -> None:
    with suppress(OSError):
        found = sorted(folder.glob(f"*/{FILE_NAME}"), key=lambda path: path.stat().st_mtime_ns)
        for path in found[:-KEPT]:
            path.unlink(missing_ok=True)
            path.parent.rmdir()
