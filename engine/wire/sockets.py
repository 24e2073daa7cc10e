"""Where hosts are found: sockets in a folder that only their user can enter."""

import contextlib
import os
import socket
import stat
import struct
from collections.abc import Iterator
from pathlib import Path

from engine.errors import FileError

SUFFIX = ".sock"
BACKLOG = 64

LONGEST_PATH = 100
"""Bytes that every system takes as the address of a socket."""

OPEN_FOLDERS = Path("/proc/self/fd")

_CREDENTIALS = struct.Struct("3i")


def secured(folder: Path) -> Path:
    """`folder`, made if it is not there; FileError if another user could enter it."""
    with contextlib.suppress(FileExistsError):
        try:
            folder.mkdir(mode=0o700)
        except OSError as error:
            if not isinstance(error, FileExistsError):
                raise FileError(f"{folder}: {error.strerror or error}") from error
            raise
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise FileError(f"{folder}: not a folder")
    if found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise FileError(f"{folder}: others can enter it; it must be yours alone (chmod 700)")
    return folder


def names_in(folder: Path) -> list[str]:
    """The runs whose sockets lie in `folder`, alive or not."""
    return sorted(path.stem for path in folder.glob(f"[!.]*{SUFFIX}"))


@contextlib.contextmanager
def address(folder: Path, name: str) -> Iterator[str]:
    """What to call the socket of the run `name` by: the system allows some hundred bytes only, so
    a longer path is put as one from the open folder, where that is possible.
    """
    path = str(folder / f"{name}{SUFFIX}")
    if len(os.fsencode(path)) <= LONGEST_PATH or not OPEN_FOLDERS.exists():
        yield path
        return
    opened_folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"{OPEN_FOLDERS}/{opened_folder}/{name}{SUFFIX}"
    finally:
        os.close(opened_folder)


def listening_socket(folder: Path, name: str) -> socket.socket:
    """A socket in `folder` that listens for dashboards of the run `name`; FileError if it cannot."""
    path = folder / f"{name}{SUFFIX}"
    # under another name until it listens, as one that does not is taken for a dead one's
    unfinished = f".{name}.new"
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with address(folder, unfinished) as short:
            listening.bind(short)
        listening.listen(BACKLOG)
        beside = folder / f"{unfinished}{SUFFIX}"
        beside.chmod(0o600)
        beside.rename(path)
    except OSError as error:
        listening.close()
        raise FileError(f"{path}: {error.strerror or error}") from error
    listening.setblocking(False)
    return listening


def remove_socket(folder: Path, name: str) -> None:
    """Delete the socket file of the run `name`."""
    with contextlib.suppress(OSError):
        (folder / f"{name}{SUFFIX}").unlink()


def peer_is_this_user(connection: socket.socket) -> bool:
    """Whether the process at the other end belongs to this user; where the system does not tell,
    the folder has to do.
    """
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    try:
        found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    except OSError:
        return False
    _, user, _ = _CREDENTIALS.unpack(found)
    return bool(user == os.geteuid())
