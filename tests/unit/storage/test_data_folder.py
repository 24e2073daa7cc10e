"""Data from a pipe, kept in a folder."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from engine.errors import FileError
from engine.storage.data_folder import KEPT, keep_data

DATA = b"a,b\n1,x\n2,y\n"


def test_given_data_when_kept_then_their_folder_is_called_by_their_digest_and_the_file_is_the_users_alone(
    tmp_path: Path,
) -> None:
    path = keep_data(io.BytesIO(DATA), tmp_path / "state" / "data")
    assert path.name == "stdin.csv"
    assert path.parent.name == hashlib.sha256(DATA).hexdigest()[:16]
    assert path.read_bytes() == DATA
    assert path.stat().st_mode & 0o777 == 0o600


def test_given_the_same_data_when_kept_twice_then_there_is_one_file(tmp_path: Path) -> None:
    assert keep_data(io.BytesIO(DATA), tmp_path) == keep_data(io.BytesIO(DATA), tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "stdin: it is empty"), (DATA, "stdin: more than 10 bytes; name a file")],
)
def test_given_nothing_or_too_much_when_kept_then_it_is_refused_and_leaves_nothing(
    data: bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(FileError) as caught:
        keep_data(io.BytesIO(data), tmp_path, most=10)
    assert str(caught.value) == message
    assert list(tmp_path.iterdir()) == []


def test_given_a_pipe_that_breaks_when_kept_then_it_leaves_nothing(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        keep_data(Broken(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_given_many_files_when_one_more_is_kept_then_the_one_used_longest_ago_goes(
    tmp_path: Path,
) -> None:
    """Given 20 files, of which the oldest comes through the pipe again, then it stays."""
    paths = [keep_data(io.BytesIO(b"%d" % number), tmp_path) for number in range(KEPT)]
    for age, path in enumerate(reversed(paths), start=1):
        os.utime(path, (1e9 - age, 1e9 - age))
    keep_data(io.BytesIO(b"0"), tmp_path)
    keep_data(io.BytesIO(DATA), tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT
    assert [path.exists() for path in paths[:3]] == [True, False, True]
