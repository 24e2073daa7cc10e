"""A recording that is no longer what its run has left is noticed at the next command, and goes on
whole.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.host.recorder import Recorder
from engine.messages.commands import SetAlpha
from engine.run.run import Run
from engine.storage import recording
from engine.storage.output_file import OutputFile
from engine.storage.recording import is_recording
from helpers.runs import new_run


def steered(run: Run, recorder: Recorder, *alphas: float) -> None:
    for alpha in alphas:
        run.apply(SetAlpha(alpha))
        recorder.record()


def removed(path: Path) -> None:
    path.unlink()


def folder_removed(path: Path) -> None:
    shutil.rmtree(path.parent)


def replaced_as_editors_do(path: Path) -> None:
    edited = path.with_name("edited")
    edited.write_bytes(path.read_bytes() + b"\n")
    edited.rename(path)


def truncated(path: Path) -> None:
    os.truncate(path, 20)


def written_into(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b'{"step":7,"command":"pause"}\n')


@pytest.mark.parametrize(
    ("change", "word", "name"),
    [
        (removed, "removed", "run.jsonl"),
        (folder_removed, "removed", "run.jsonl"),
        (replaced_as_editors_do, "replaced", "run-2.jsonl"),
        (truncated, "changed", "run-2.jsonl"),
        (written_into, "changed", "run-2.jsonl"),
    ],
)
def test_given_a_recording_that_is_not_as_it_was_left_when_steered_then_said_once_and_all_is_kept(
    change: Callable[[Path], None], word: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "within" / "run.jsonl"
    path.parent.mkdir()
    run, told = new_run(), []
    recorder = Recorder(run, OutputFile(path, is_recording), told.append)
    steered(run, recorder, 0.5)
    change(path)
    left = path.read_bytes() if path.exists() else None

    steered(run, recorder, 0.25, 0.125)
    recorder.finish()

    new = path.with_name(name)
    assert told == [f"the recording {path} was {word}; it goes on, whole, in {new}"]
    kept = recording.load(new)
    assert [one.command for one in kept.commands] == [
        SetAlpha(0.5),
        SetAlpha(0.25),
        SetAlpha(0.125),
    ]
    assert kept.end == run.end
    assert left is None or path.read_bytes() == left
    assert recorder.path == new
    assert sorted(path.parent.iterdir()) == sorted({new} | ({path} if left else set()))


def test_given_a_recording_removed_after_the_last_command_when_finished_then_it_is_whole(
    tmp_path: Path,
) -> None:
    path = tmp_path / "run.jsonl"
    run, told = new_run(), []
    recorder = Recorder(run, OutputFile(path, is_recording), told.append)
    steered(run, recorder, 0.5)
    path.unlink()

    assert recorder.finish() is None

    assert told == [f"the recording {path} was removed; it goes on, whole, in {path}"]
    assert recording.load(path).end == run.end


def test_given_another_file_and_another_beside_it_when_steered_then_neither_is_touched(
    tmp_path: Path,
) -> None:
    path, second = tmp_path / "run.jsonl", tmp_path / "run-2.jsonl"
    run, told = new_run(), []
    recorder = Recorder(run, OutputFile(path, is_recording), told.append)
    path.unlink()
    path.write_text("my thesis")
    second.write_text("its second part")

    steered(run, recorder, 0.5)

    third = tmp_path / "run-3.jsonl"
    assert told == [f"the recording {path} was replaced; it goes on, whole, in {third}"]
    assert path.read_text() == "my thesis"
    assert second.read_text() == "its second part"
    assert recording.load(third).commands == run.commands


def test_given_no_place_for_another_recording_when_steered_then_it_is_said_once_and_at_the_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "within" / "run.jsonl"
    path.parent.mkdir()
    run, told = new_run(), []
    recorder = Recorder(run, OutputFile(path, is_recording), told.append)
    shutil.rmtree(path.parent)
    path.parent.write_text("a file where the folder was")

    steered(run, recorder, 0.5, 0.25)

    assert told == [f"not recorded: {path}: File exists; training goes on"]
    assert recorder.finish() == f"not recorded in {path}"
