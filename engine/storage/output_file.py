"""A file that a run writes again and again: what stands in its place is looked at each time."""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

from engine.errors import ConfigError, FileError
from engine.storage.atomic_file import write_whole
from engine.storage.checkpoint import is_checkpoint
from engine.storage.file_lock import FileLock

KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link",
}
"""What a run's file may not be, in words."""


class Signature(NamedTuple):
    """By which a file that nobody has touched is known."""

    device: int
    number: int
    size: int
    modified: int

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


class OutputFile:
    """One file of one run, which no other run writes while this one lives.

    A link that was there at the beginning is followed. Whatever comes to stand in its place later,
    and is not what this run has written, is left as it is.
    """

    def __init__(self, path: Path, is_ours: Callable[[Path], bool] = is_checkpoint) -> None:
        """What is there already and `is_ours` may be replaced."""
        self.path = path
        self.target = Path(os.path.realpath(path))
        """The file itself, where `path` is a link to it."""
        self._lock = FileLock(self.target)
        self._signature: Signature | None = None
        self._sha256 = b""
        found = _found(self.target)
        if found is not None and stat.S_ISREG(found.st_mode) and is_ours(self.target):
            self._signature = Signature.of(found)

    @classmethod
    def claimed(
        cls, setting: str, path: Path, is_ours: Callable[[Path], bool] = is_checkpoint
    ) -> Self:
        """The file that the setting of that name asks for; ConfigError if another run writes it."""
        file = cls(path, is_ours)
        if not file.is_held:
            raise being_written(setting, path)
        return file

    @property
    def is_held(self) -> bool:
        """Whether this run alone has the right to write it."""
        return self._lock.held

    def check(self) -> None:
        """FileError, with what is in the way, unless the file can be written as far as is known."""
        if not self._lock.renew():
            raise FileError(f"{self.path}: another run writes this file now")
        real = os.path.realpath(self.path)
        if real != str(self.target):
            raise FileError(f"{self.path}: it has become a link to {real}, which is not followed")
        found = _found(self.target)
        if found is None:
            return
        if not stat.S_ISREG(found.st_mode):
            kind = KINDS.get(stat.S_IFMT(found.st_mode), "something")
            raise FileError(f"{self.path}: {kind} is in its place now, which is not replaced")
        if found.st_size and not self._knows(found):
            raise FileError(f"{self.path}: it holds something else now, which is not overwritten")

    def _knows(self, found: os.stat_result) -> bool:
        """Whether it is what was written last. Where a file system numbers its files anew, or it was
        only touched or copied, the content tells.
        """
        now, known = Signature.of(found), self._signature
        if now == known:
            return True
        return known is not None and now.size == known.size and self._sha256 == _sha256(self.target)

    def write(self, data: bytes) -> None:
        """Put `data` into it, whole or not at all; FileError or OSError if that cannot be."""
        self.check()
        written = write_whole(self.target, data, self.check)
        self._sha256 = hashlib.sha256(data).digest()
        self.know(written)

    def know(self, found: os.stat_result) -> None:
        """Take the file that was `found` for what this run has left."""
        self._signature = Signature.of(found)

    def release(self) -> None:
        """Let others write it."""
        self._lock.release()


def being_written(setting: str, path: Path) -> ConfigError:
    """What to say of a file that another run writes."""
    return ConfigError(setting, f"another run is writing {path}; name another file")


def _found(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _sha256(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
