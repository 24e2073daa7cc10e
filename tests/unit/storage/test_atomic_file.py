"""A file is written whole or not at all, whatever ends the writing."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.storage.atomic_file import write_whole

OLD, NEW = b"old" * 1_000, b"new!" * 100_000


def names_in(folder: Path) -> list[str]:
    """What is in `folder`, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("data", [b"", b"moon", NEW], ids=["nothing", "little", "much"])
def test_given_no_file_when_written_then_it_is_there_and_nothing_else(
    data: bytes, tmp_path: Path
) -> None:
    write_whole(tmp_path / "file", data)
    assert (tmp_path / "file").read_bytes() == data
    assert names_in(tmp_path) == ["file"]


@pytest.mark.parametrize("data", [b"", b"moon", NEW], ids=["nothing", "little", "much"])
def test_given_a_file_when_written_then_it_is_replaced(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    with path.open("rb") as opened:
        write_whole(path, data)
        assert path.read_bytes() == data
        assert names_in(tmp_path) == ["file"]
        assert opened.read() == OLD  # whoever reads the old file, reads all of it


def test_given_a_relative_path_when_written_then_it_is_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole(Path("file"), NEW)
    assert (tmp_path / "file").read_bytes() == NEW


def test_given_a_link_when_written_then_it_stays_a_link(tmp_path: Path) -> None:
    """Given a link to a link to a file elsewhere, then it is that file that is replaced."""
    (tmp_path / "elsewhere").mkdir()
    target, middle, link = tmp_path / "elsewhere" / "file", tmp_path / "middle", tmp_path / "link"
    target.write_bytes(OLD)
    middle.symlink_to(Path("elsewhere") / "file")
    link.symlink_to(middle)

    write_whole(link, NEW)

    assert link.readlink() == middle
    assert middle.readlink() == Path("elsewhere") / "file"
    assert not target.is_symlink()
    assert target.read_bytes() == NEW
    assert names_in(tmp_path / "elsewhere") == ["file"]


def test_given_a_link_to_nothing_when_written_then_that_is_made(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("file")
    write_whole(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == NEW


# ---- it fails


def test_given_no_folder_when_written_then_that_is_the_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "file", NEW)
    assert names_in(tmp_path) == []


def test_given_a_folder_of_that_name_when_written_then_it_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "folder", NEW)
    assert names_in(tmp_path) == ["folder"]


def test_given_a_file_where_a_folder_should_be_when_written_then_that_is_the_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_bytes(OLD)
    with pytest.raises(NotADirectoryError):
        write_whole(tmp_path / "file" / "inside", NEW)
    assert (tmp_path / "file").read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_given_a_folder_that_is_not_writable_when_written_then_that_is_the_error(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            write_whole(path, NEW)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == OLD
    assert names_in(tmp_path) == ["file"]


def no_space(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupted(*_: Any, **__: Any) -> Any:
    raise KeyboardInterrupt


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("failure", [no_space, interrupted])
def test_given_a_disk_that_fails_when_written_then_all_is_as_before(
    call: str,
    failure: Callable[..., Any],
    exists: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "file"
    if exists:
        path.write_bytes(OLD)
    monkeypatch.setattr(os, call, failure)
    with pytest.raises((OSError, KeyboardInterrupt)) as caught:
        write_whole(path, NEW)
    assert isinstance(caught.value, KeyboardInterrupt) or caught.value.errno == errno.ENOSPC
    assert names_in(tmp_path) == (["file"] if exists else [])
    assert not exists or path.read_bytes() == OLD


def test_given_a_folder_that_cannot_be_synced_when_written_then_the_file_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a file system that syncs no folders, then that is no failure."""
    synced, fsync = [], os.fsync

    def only_files(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) > 1:
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    write_whole(tmp_path / "file", NEW)
    assert len(synced) == 2
    assert (tmp_path / "file").read_bytes() == NEW


# ---- it is killed: every case in a process of its own, forked from one

FATES = '''
import json, os, resource, signal, sys, time
from pathlib import Path
from engine.storage import atomic_file as files

folder = Path(sys.argv[1])
path = folder / "file"
OLD, NEW = b"old" * 1_000, b"new!" * 100_000
LETTER = {OLD: "old", NEW: "new"}
report = {}

def fate(act):
    """What is in the file after `act` in a process of its own, how that ended, and what is left."""
    for name in os.listdir(folder):
        os.unlink(folder / name)
    path.write_bytes(OLD)
    child = os.fork()
    if child == 0:
        try:
            act()
        except OSError as error:
            os._exit(error.errno)
        os._exit(0)
    if act is write_for_ever:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    ended = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    left = [name for name in os.listdir(folder) if name != "file"]
    return LETTER.get(path.read_bytes(), "torn"), ended, left

def killed_before_line(number):
    """A process that ends just before the line of files.py that is the `number`th to be run."""
    lines = 0
    def trace(frame, event, argument):
        nonlocal lines
        if frame.f_code.co_filename != files.__file__:
            return None
        if event == "line":
            lines += 1
            if lines == number:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    def act():
        sys.settrace(trace)
        files.write_whole(path, NEW)
    return act

def write_large(action):
    """A process that may write no more than a part of the new file."""
    def act():
        signal.signal(signal.SIGXFSZ, action)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        files.write_whole(path, NEW)
    return act

def write_for_ever():
    while True:
        files.write_whole(path, NEW)
        files.write_whole(path, OLD)

report["no room"] = fate(write_large(signal.SIG_IGN))
report["killed in the middle"] = fate(write_large(signal.SIG_DFL))
report["lines"] = []
ended = -1
while ended != 0:
    report["lines"].append(fate(killed_before_line(len(report["lines"]) + 1)))
    ended = report["lines"][-1][1]
report["for ever"] = []
for turn in range(25):
    delay = 0.001 + 0.0007 * turn
    report["for ever"].append(fate(write_for_ever))
print(json.dumps(report))
'''


@pytest.fixture(scope="module")
def fates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What becomes of a file that is written by a process that ends in the middle."""
    folder = tmp_path_factory.mktemp("fates")
    result = subprocess.run(
        [sys.executable, "-c", FATES, folder], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_given_no_room_for_all_of_it_when_written_then_the_old_file_stays_and_nothing_is_left(
    fates: dict[str, Any],
) -> None:
    """Given a limit on the size of files that the system itself enforces."""
    assert fates["no room"] == ["old", errno.EFBIG, []]


def test_given_an_old_file_when_killed_in_the_middle_of_the_data_then_the_old_file_stays(
    fates: dict[str, Any],
) -> None:
    content, ended, left = fates["killed in the middle"]
    assert (content, ended) == ("old", -25)  # SIGXFSZ
    assert len(left) == 1
    assert left[0].startswith(".file.")
    assert left[0].endswith(".tmp")


def test_given_an_old_file_when_killed_before_any_line_then_there_is_the_old_file_or_the_new(
    fates: dict[str, Any],
) -> None:
    contents = [content for content, _, _ in fates["lines"]]
    *killed, finished = fates["lines"]
    assert len(killed) > 10
    assert {ended for _, ended, _ in killed} == {-9}
    assert finished == ["new", 0, []]
    # from one line on it is the new one, and the parts of a file are under another name
    turned = contents.index("new")
    assert contents == ["old"] * turned + ["new"] * (len(contents) - turned)
    assert all(left == [] for _, _, left in fates["lines"][turned:])
    assert max(len(left) for _, _, left in fates["lines"]) == 1


def test_given_an_old_file_when_killed_at_any_time_then_there_is_the_old_file_or_the_new(
    fates: dict[str, Any],
) -> None:
    assert len(fates["for ever"]) == 25
    for content, ended, left in fates["for ever"]:
        assert content in ("old", "new")
        assert ended == -9
        assert len(left) <= 1
