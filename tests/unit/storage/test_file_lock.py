"""A lock is held as long as its process lives, however that ends."""

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.storage.file_lock import FileLock, is_being_written, lock_path, remove_unheld

HOLDER = """
import sys, pathlib
from engine.storage.file_lock import FileLock
lock = FileLock(pathlib.Path(sys.argv[1]))
print(lock.held, flush=True)
sys.stdin.read()
"""


def test_given_a_process_with_a_lock_when_it_is_killed_then_the_next_one_has_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "run.npz"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert is_being_written(file)
        assert not FileLock(file).held
        remove_unheld(tmp_path)
        assert lock_path(file).read_text() == f"{holder.pid}\n"
        holder.kill()

    assert lock_path(file).exists()
    assert not is_being_written(file)
    lock = FileLock(file)
    assert lock.held
    assert lock_path(file).read_text() == f"{os.getpid()}\n"
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_given_lock_files_of_the_dead_when_tidied_then_only_that_which_is_held_stays(
    tmp_path: Path,
) -> None:
    lock_path(tmp_path / "dead.npz").touch()
    lock = FileLock(tmp_path / "bodu.npz")

    remove_unheld(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [".bodu.npz.lock"]
    lock.release()


def test_given_a_lock_whose_file_was_removed_when_renewed_then_it_is_there_again(
    tmp_path: Path,
) -> None:
    file = tmp_path / "run.npz"
    lock = FileLock(file)
    lock_path(file).unlink()
    assert not is_being_written(file)

    assert lock.renew()

    assert is_being_written(file)
    lock.release()


def test_given_a_file_system_without_locks_when_written_then_a_touch_stands_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    file = tmp_path / "run.npz"
    lock = FileLock(file)
    assert lock.held

    assert is_being_written(file, silent_seconds=3600.0)
    assert not is_being_written(file)  # a run that was killed must be able to go on at once
    os.utime(lock_path(file), (1, 1))
    assert not is_being_written(file, silent_seconds=3600.0)
    assert lock.renew()
    assert is_being_written(file, silent_seconds=3600.0)
    remove_unheld(tmp_path)
    assert lock_path(file).exists()


def test_given_a_folder_that_is_not_there_when_locked_then_nobody_can_tell(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "none" / "run.npz")

    assert lock.held
    (tmp_path / "none").mkdir()
    assert lock.renew()
    assert is_being_written(tmp_path / "none" / "run.npz")
    lock.release()
