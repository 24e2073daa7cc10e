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

ADVICE = "MOONWALK_SOCKETS=DIR names another folder"
"""What helps where a folder cannot be used."""

_CREDENTIALS = struct.Struct("3i")

_SOL_LOCAL, _LOCAL_PEERPID = 0, 2
"""macOS's way to the process at the other end; Python has no names for them."""


def secured(folder: Path) -> Path:
    """`folder`, made if it is not there; FileError if another user could enter it."""
    try:
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror or error}; {ADVICE}") from error
    if not stat.S_ISDIR(found.st_mode):
        raise FileError(f"{folder}: not a folder; {ADVICE}")
    if found.st_uid != os.geteuid():
        raise FileError(f"{folder}: it belongs to another user; {ADVICE}")
    if found.st_mode & 0o077:
        raise FileError(f"{folder}: others can enter it; it must be yours alone (chmod 700)")
    return folder


def path_of(folder: Path, name: str) -> Path:
    """The file of the socket of the run `name`."""
    return folder / f"{name}{SUFFIX}"


def found_at(folder: Path, name: str) -> os.stat_result | None:
    """What is in the place of the socket of the run `name`; None if nothing is."""
    try:
        return path_of(folder, name).lstat()
    except OSError:
        return None


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
    path = path_of(folder, name)
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
        path_of(folder, name).unlink()


NOBODY = 0
"""In place of a process where none listens."""


def listening_pid(folder: Path, name: str) -> int | None:
    """The process that listens at the socket of the run `name`, also one that does not answer;
    NOBODY if there is none, None if it is not known.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connecting:
        connecting.setblocking(False)
        try:
            with address(folder, name) as path:
                connecting.connect(path)
        except (ConnectionRefusedError, FileNotFoundError):
            return NOBODY
        except OSError:  # as many wait as can
            return None
        return peer_pid(connecting)


def peer_is_this_user(connection: socket.socket) -> bool:
    """Whether the process at the other end belongs to this user; where the system does not tell,
    the folder has to do.
    """
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    credentials = _credentials(connection)
    return credentials is not None and credentials[1] == os.geteuid()


def peer_pid(connection: socket.socket) -> int | None:
    """The process at the other end, also one that does not answer; None if the system does not
    tell.
    """
    if hasattr(socket, "SO_PEERCRED"):
        credentials = _credentials(connection)
        return credentials[0] if credentials else None
    with contextlib.suppress(OSError):
        return connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERPID)
    return None


def _credentials(connection: socket.socket) -> tuple[int, int, int] | None:
    """Process, user and group at the other end."""
    try:
        found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    except OSError:
        return None
    process, user, group = _CREDENTIALS.unpack(found)
    return process, user, group
