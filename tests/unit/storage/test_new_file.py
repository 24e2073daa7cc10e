"""Files that are written under a name that no other has."""

import errno
import os
from pathlib import Path

import pytest

from engine.errors import FileError
from engine.storage.exports import new_file
from engine.storage.exports.new_file import write_new


def test_given_names_that_are_taken_when_written_then_the_next_number(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    (tmp_path / "a-3.csv").symlink_to("nowhere")

    paths = [write_new(tmp_path / "a.csv", data) for data in (b"one", b"two")]

    assert paths == [tmp_path / "a-2.csv", tmp_path / "a-4.csv"]
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert [path.read_bytes() for path in paths] == [b"one", b"two"]
    assert not (tmp_path / "nowhere").exists()


def test_given_no_room_when_written_then_one_line_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(FileError, match=r"a\.csv: No space left on device"):
        write_new(tmp_path / "a.csv", b"one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "problem"),
    [("gone", "No such file or directory"), ("file", "Not a directory"), ("n" * 300, "File name")],
)
def test_given_no_such_folder_when_written_then_one_line_says_why(
    tmp_path: Path, folder: str, problem: str
) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(FileError, match=problem):
        write_new(tmp_path / folder / "a.csv", b"one")


def test_given_too_many_names_that_are_taken_when_written_then_it_gives_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_file, "MOST_TRIED", 2)
    for name in ("a.csv", "a-2.csv"):
        (tmp_path / name).write_text("")

    with pytest.raises(FileError, match="2 files are called like that"):
        write_new(tmp_path / "a.csv", b"one")
