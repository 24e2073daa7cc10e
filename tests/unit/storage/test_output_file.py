"""What stands in the place of a run's file is looked at before every write."""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import ConfigError, FileError
from engine.storage.output_file import OutputFile

THESIS = b"my thesis"


def written(path: Path) -> OutputFile:
    """The file of a run that has written it once."""
    file = OutputFile(path)
    file.write(b"first")
    return file


def another_file(path: Path) -> None:
    path.unlink()
    path.write_bytes(THESIS)


def written_over(path: Path) -> None:
    path.write_bytes(THESIS)


def of_the_same_length(path: Path) -> None:
    path.write_bytes(b"tsrif")


def a_link(path: Path) -> None:
    path.unlink()
    (path.parent / "thesis").write_bytes(THESIS)
    path.symlink_to("thesis")


def a_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nothing")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    path.unlink()
    before = Path.cwd()
    os.chdir(path.parent)  # addresses are short
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SOMETHING_ELSE = "it holds something else now, which is not overwritten"


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (another_file, SOMETHING_ELSE),
        (written_over, SOMETHING_ELSE),
        (of_the_same_length, SOMETHING_ELSE),
        (a_link, "it has become a link to {folder}/thesis, which is not followed"),
        (a_link_to_nothing, "it has become a link to {folder}/nothing, which is not followed"),
        (a_pipe, "a pipe is in its place now, which is not replaced"),
        (a_socket, "a socket is in its place now, which is not replaced"),
        (a_folder, "a folder is in its place now, which is not replaced"),
    ],
)
def test_given_something_in_its_place_when_written_then_it_stays_and_the_line_says_what(
    put: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "run.npz"
    file = written(path)
    put(path)
    before = path.lstat()

    with pytest.raises(FileError) as caught:
        file.write(b"second")

    assert str(caught.value) == f"{path}: {words.format(folder=tmp_path)}"
    assert path.lstat() == before
    for left in tmp_path.glob("thesis"):
        assert left.read_bytes() == THESIS
    assert not list(tmp_path.glob(".*.tmp"))


def touched(path: Path) -> None:
    os.utime(path, (1, 1))


def copied_and_put_back(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    path.unlink()
    path.with_name("copy").rename(path)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("change", [Path.unlink, touched, copied_and_put_back, emptied])
def test_given_nothing_that_could_be_lost_when_written_then_it_is_there(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "run.npz"
    file = written(path)
    change(path)

    file.write(b"second")

    assert path.read_bytes() == b"second"


def test_given_a_link_from_the_beginning_when_written_then_its_file_is(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("run.npz")
    file = written(tmp_path / "link")

    file.write(b"second")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "run.npz").read_bytes() == b"second"


def test_given_a_folder_that_became_a_link_when_written_then_it_is_not_followed(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine").mkdir()
    file = written(tmp_path / "mine" / "run.npz")
    (tmp_path / "mine").rename(tmp_path / "other")
    (tmp_path / "mine").symlink_to("other")

    with pytest.raises(FileError, match=r"it has become a link to .*, which is not followed"):
        file.write(b"second")

    assert (tmp_path / "other" / "run.npz").read_bytes() == b"first"


def test_given_what_was_there_and_is_not_ours_when_written_then_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    path.write_bytes(THESIS)
    file = OutputFile(path)

    with pytest.raises(FileError, match=SOMETHING_ELSE):
        file.write(b"first")

    assert path.read_bytes() == THESIS


def test_given_a_run_that_writes_a_file_when_another_claims_it_then_that_is_refused(
    tmp_path: Path,
) -> None:
    path, link = tmp_path / "run.npz", tmp_path / "link"
    link.symlink_to("run.npz")
    first = OutputFile.claimed("save", path)

    for name in (path, link):
        with pytest.raises(ConfigError) as caught:
            OutputFile.claimed("save", name)
        assert str(caught.value) == f"save: another run is writing {name}; name another file"

    first.release()
    OutputFile.claimed("save", path).release()
    assert list(tmp_path.iterdir()) == [link]


def test_given_a_lock_that_was_taken_over_when_written_then_the_newer_run_has_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "run.npz"
    file = written(path)
    (tmp_path / ".run.npz.lock").unlink()
    newer = OutputFile.claimed("save", path)

    with pytest.raises(FileError, match="another run writes this file now"):
        file.write(b"second")

    newer.release()
    file.write(b"second")
    assert path.read_bytes() == b"second"


def test_given_another_file_that_comes_while_the_disk_takes_its_time_when_written_then_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = OutputFile(tmp_path / "mine")
    file.write(b"first")
    fsync = os.fsync

    def slow_fsync(descriptor: int) -> None:
        fsync(descriptor)
        file.path.write_text("my thesis")

    monkeypatch.setattr("engine.storage.atomic_file.os.fsync", slow_fsync)
    with pytest.raises(FileError, match="it holds something else now"):
        file.write(b"second")

    assert file.path.read_text() == "my thesis"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".mine.lock", "mine"]


def test_given_another_content_that_comes_right_after_a_write_when_written_again_then_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = OutputFile(tmp_path / "mine")
    monkeypatch.setattr(
        "engine.storage.atomic_file._sync_folder", lambda _: file.path.write_text("my thesis")
    )
    file.write(b"first")
    monkeypatch.undo()

    with pytest.raises(FileError, match="it holds something else now"):
        file.write(b"second")
    assert file.path.read_text() == "my thesis"
