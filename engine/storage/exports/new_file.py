"""Writes a file under a name that no other file has."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from engine.errors import FileError
from engine.storage.atomic_file import write_whole

MOST_TRIED = 10_000
"""Names; a folder with so many files of one kind is not searched for ever."""


def write_new(path: Path, data: bytes) -> Path:
    """Put `data`, whole or not at all, into a new file: `path`, or if that is there, `NAME-2`,
    `NAME-3`, and so on. Returns the file; FileError if it cannot be written.
    """
    try:
        claimed = _claimed(path)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    try:
        write_whole(claimed, data)
    except OSError as error:
        claimed.unlink(missing_ok=True)
        raise FileError(f"{claimed}: {error.strerror or error}") from error
    return claimed


def _claimed(path: Path) -> Path:
    """The first of the names that is free, with an empty file that nobody else has made."""
    for candidate in _names(path):
        try:
            os.close(os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            continue
        return candidate
    raise FileError(f"{path}: {MOST_TRIED:,} files are called like that")


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in itertools.islice(itertools.count(2), MOST_TRIED - 1):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")
