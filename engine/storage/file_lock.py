"""One writer a file: a lock beside it, which its process holds as long as it lives.

The lock is let go by the system however the process ends; the small file that carries it may be
left behind then, and is taken over by the next writer. Some file systems have no locks: there, two
writers are not told from one, but a writer touches its lock file with every save.
"""

import contextlib
import fcntl
import os
import time
from pathlib import Path

ATTEMPTS, ATTEMPT_SECONDS = 10, 0.005
"""A process that only looks holds a lock for a moment, too."""

_FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class FileLock:
    """The right to write a file, for one process."""

    def __init__(self, file: Path) -> None:
        """Tries to take it; `held` says whether another process has it."""
        self._path = lock_path(file)
        self._descriptor: int | None = None
        self.held = self._take()

    def renew(self) -> bool:
        """Take it again if its file was removed; False if another process has it now."""
        if self._descriptor is not None and _is_at(self._descriptor, self._path):
            with contextlib.suppress(OSError):
                os.utime(self._descriptor)
        else:
            self._close()
            self.held = self._take()
        return self.held

    def release(self) -> None:
        """Let it go, and remove its file."""
        if self._descriptor is not None and _is_at(self._descriptor, self._path):
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._close()

    def _take(self) -> bool:
        """Whether nobody else has it. Where no lock file can be made, nobody can tell."""
        for _ in range(ATTEMPTS):
            try:
                descriptor = os.open(self._path, _FLAGS | os.O_CREAT, 0o600)
            except OSError:
                return True
            if _locked(descriptor, fcntl.LOCK_EX) is not False:
                if _is_at(descriptor, self._path):
                    self._descriptor = descriptor
                    with contextlib.suppress(OSError):
                        os.ftruncate(descriptor, 0)
                        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
                    return True
                os.close(descriptor)  # removed by the one who had it, in this moment
                continue
            os.close(descriptor)
            time.sleep(ATTEMPT_SECONDS)
        return False

    def _close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def lock_path(file: Path) -> Path:
    """The file beside `file` that carries its lock."""
    return file.with_name(f".{file.name}.lock")


def is_being_written(file: Path, *, silent_seconds: float = 0.0) -> bool:
    """Whether a process that lives, perhaps this one, has the right to write `file`. Where there are
    no locks: whether one has said so in the last `silent_seconds`.
    """
    path = lock_path(file)
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return False
    try:
        free = _locked(descriptor, fcntl.LOCK_SH)
        if free is None:
            return time.time() - os.fstat(descriptor).st_mtime < silent_seconds
        return not free
    finally:
        os.close(descriptor)


def remove_unheld(folder: Path) -> None:
    """Remove the lock files in `folder` whose writers are gone."""
    for path in folder.glob(".*.lock"):
        try:
            descriptor = os.open(path, _FLAGS)
        except OSError:
            continue
        # held while it is removed: one who opens it meanwhile sees that it is no longer there
        if _locked(descriptor, fcntl.LOCK_EX) and _is_at(descriptor, path):
            with contextlib.suppress(OSError):
                path.unlink()
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool | None:
    """Whether a lock of that `kind` could be taken; None where the file system has none."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is the one that stands at `path`."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False
