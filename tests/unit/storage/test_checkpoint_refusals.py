"""A file that is not a whole checkpoint of this version is refused in one line, and stays as it is."""

import io
import os
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FileError
from engine.storage import checkpoint
from helpers.runs import one_line, refusal, saved

NOT_OURS = "not a checkpoint of moonwalk"


# ---- not a file, or none of ours


def test_given_no_file_when_loaded_then_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.npz"
    with pytest.raises(FileError) as caught:
        checkpoint.load(path)
    assert str(caught.value) == f"{path}: No such file or directory"
    assert list(tmp_path.iterdir()) == []


def test_given_a_folder_when_loaded_then_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        checkpoint.load(tmp_path)
    assert str(caught.value) == f"{tmp_path}: not a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_given_a_file_of_others_when_loaded_then_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    path.write_bytes(saved())
    path.chmod(0o000)
    with pytest.raises(FileError) as caught:
        checkpoint.load(path)
    assert str(caught.value) == f"{path}: Permission denied"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="Linux has such a file")
def test_given_a_file_when_it_fails_while_it_is_read_then_it_is_named() -> None:
    with pytest.raises(FileError) as caught:
        checkpoint.load(Path("/proc/self/mem"))
    assert str(caught.value) == "/proc/self/mem: Input/output error"


def plain_zip(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("letter.txt", "Dear moon, " * 100)
    return file.getvalue()


def other_arrays() -> bytes:
    file = io.BytesIO()
    np.savez(file, parameters=np.zeros(3), train_x=np.zeros((2, 3)))
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"PK",
        b"Dear moon,\n\nhow are you?\n",
        b'{"format":"moonwalk recording","version":1,"config":{}}\n',
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x02" + bytes(200),
        bytes(10_000),
        plain_zip(zipfile.ZIP_STORED),
        plain_zip(zipfile.ZIP_DEFLATED),
        other_arrays(),
    ],
    ids=["empty", "line", "pk", "text", "recording", "png", "zeros", "zip", "deflated", "npz"],
)
def test_given_a_foreign_file_when_loaded_then_it_is_said_to_be_foreign_and_left_alone(
    data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "run.npz"
    path.write_bytes(data)
    before = path.stat()

    with pytest.raises(FileError) as caught:
        checkpoint.load(path)

    assert str(caught.value) == f"{path}: {NOT_OURS}"
    assert path.read_bytes() == data
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.npz"]


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=150)
def test_given_any_bytes_when_decoded_then_they_are_said_to_be_foreign(data: bytes) -> None:
    assert refusal(data) == NOT_OURS


# ---- damaged


def read_again(data: bytes) -> bytes | None:
    """The run in `data` as it would be saved now; None if it is refused, in one line."""
    try:
        run = checkpoint.decode(data)
    except FileError as error:
        one_line(error)
        return None
    return checkpoint.encode(run)


def test_given_a_checkpoint_when_cut_off_anywhere_then_it_is_refused() -> None:
    """Given every third length, and each of the last fifty, then none is a run."""
    whole = saved()
    lengths = {*range(0, len(whole), 3), *range(len(whole) - 50, len(whole))}
    assert len(lengths) > 2_000
    said = {refusal(whole[:length]) for length in lengths}
    assert said == {NOT_OURS, "it is damaged"}


def test_given_a_checkpoint_when_one_byte_is_another_then_it_is_refused_or_makes_no_difference() -> (
    None
):
    """Given every third byte changed in turn, and each of the zip's own list of its members, then no
    other run than the saved one is read.
    """
    whole, rng = saved(), random.Random(2)
    positions = sorted({*range(0, len(whole), 3), *range(whole.index(b"PK\x01\x02"), len(whole))})
    assert len(positions) > 2_500
    unharmed = 0
    for position in positions:
        changed = bytearray(whole)
        changed[position] ^= rng.randrange(1, 256)
        read = read_again(bytes(changed))
        assert read in (None, whole), f"byte {position}"
        unharmed += read is not None
    # of a zip, nobody reads times, nor what is told twice
    assert 0 < unharmed < len(positions) / 4


def test_given_a_checkpoint_when_bytes_are_lost_added_or_exchanged_then_it_is_refused_or_makes_no_difference() -> (
    None
):
    whole, rng = saved(), random.Random(3)
    refused = 0
    for _ in range(600):
        start, end = sorted(rng.choices(range(len(whole)), k=2))
        piece = whole[start : min(end, start + 40)]
        elsewhere = rng.randrange(len(whole))
        rest = whole[:start] + whole[start + len(piece) :]
        changed = rng.choice(
            [
                rest,
                whole[:elsewhere] + piece + whole[elsewhere:],
                whole[:elsewhere] + piece + whole[elsewhere + len(piece) :],
            ]
        )
        read = read_again(changed)
        assert read in (None, whole)
        refused += read is None
    assert refused > 400
