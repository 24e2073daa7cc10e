"""Reads files that may be anything, and writes files so that whatever happens, there is the old one or the new one, never a part of it."""

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from engine.errors import FileError


def read_whole(path: Path, most: int) -> bytes:
    """The file `path`, at most `most` bytes of it; FileError if it is none that can be read."""
    try:
        if path.exists() and not path.is_file():
            raise FileError(f"{path}: not a file")
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error


def write_whole(path: Path, data: bytes, check: Callable[[], None] | None = None) -> os.stat_result:
    """Put `data` into the file `path` in one go; OSError if that fails, and nothing is changed.
    Returns what is known of the file, from before anybody else could touch it.

    It is written beside `path`, brought to the disk, and then takes its name, unless `check` raises
    an error at the last moment: the disk may have taken its time.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
        if check is not None:
            check()
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return written


def try_to_write(path: Path) -> None:
    """OSError if a file such as `path` could not be written beside it; nothing is left there."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        os.write(descriptor, b"moonwalk")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
        beside.unlink()


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, too, where folders can be synced."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
