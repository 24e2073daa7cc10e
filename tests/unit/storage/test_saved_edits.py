"""Painted points in files: all of it comes back, and forgeries are refused. Files from before have none
of it, and are read in `test_older_runs`.
"""

import functools
import io
import json
import zipfile
from typing import Any

import pytest

from engine.messages.commands import AddPoint, RemovePoint, Reset, RestoreCourse
from engine.storage import checkpoint
from engine.storage.saved_edits import check_total
from helpers.runs import carry_out, new_run, refusal, state_of


@functools.cache
def painted() -> bytes:
    """The file of a run with two training points more, and one test point less."""
    run = new_run()
    edits = [AddPoint(0.0, 9.0, 1.0), AddPoint(0.5, 0.0, 0.0), RemovePoint(0.0, 0.0, test=True)]
    carry_out(run, [100, *edits, 23])
    return checkpoint.encode(run)


def document_of(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found: dict[str, Any] = json.loads(archive.read("checkpoint.json"))
    return found


def forged(changes: dict[str, Any]) -> bytes:
    """The file with other entries."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(painted())) as source,
        zipfile.ZipFile(file, "w") as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "checkpoint.json":
                data = json.dumps(json.loads(data) | changes).encode()
            target.writestr(name, data)
    return file.getvalue()


def test_given_painted_points_when_saved_and_loaded_then_all_of_it_is_there() -> None:
    run = checkpoint.decode(painted())

    edited = run.trainer.dataset.edited
    assert edited is not None
    assert (edited.points, run.points.train_count, run.points.test_count) == (3, 32, 9)
    assert run.points.bounds.top > 9.0
    assert checkpoint.encode(run) == painted()
    entries = document_of(painted())
    assert entries["batch_sizes"] == [[0, 30], [100, 32]]
    assert entries["sample_counts"] == [30, 32]


def test_given_painted_points_in_a_kept_course_when_loaded_then_they_can_be_brought_back() -> None:
    run = checkpoint.decode(painted())
    before = state_of(run.trainer)
    carry_out(run, [Reset(3), 10])
    loaded = checkpoint.decode(checkpoint.encode(run))
    assert loaded.trainer.dataset.edited is None

    loaded.apply(RestoreCourse())

    assert state_of(loaded.trainer) == before
    assert loaded.trainer.dataset.edited is not None


def test_given_a_run_without_painted_points_when_saved_then_it_says_so() -> None:
    entries = document_of(checkpoint.encode(new_run()))

    assert (entries["edited_points"], entries["limits"]) == (0, [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"edited_points": 0}, "the points are not those of its configuration"),
        ({"edited_points": 2}, "the points are not those of its configuration"),
        (
            {"edited_points": -1},
            "edited points: -1 is not a whole number from 0 to 1000000000000",
        ),
        ({"limits": []}, "the limits of its plane are none"),
        ({"limits": [[-9, 9], [-9, 9]]}, "the limits of its plane are none"),
        ({"limits": [[-9, 9], [9, -9], [-1, 2]]}, "the limits of its plane are none"),
        ({"limits": [[-9, 9], [-9, 1e102], [-1, 2]]}, "the limits of its plane are none"),
        (
            {"limits": [[-9, 9], [-8, 8], [-1, 2]]},
            "there are points beyond the limits of its plane",
        ),
        ({"sample_counts": [30]}, "its numbers of points are not those of its course"),
        ({"sample_counts": [30, 31]}, "the sizes of its batches are not those of its course"),
        ({"sample_counts": [29, 32]}, "the sizes of its batches are not those of its course"),
    ],
    ids=str,
)
def test_given_entries_that_cannot_be_when_decoded_then_it_is_said_to_be_damaged(
    changes: dict[str, Any], said: str
) -> None:
    assert refusal(forged(changes)) == f"it is damaged: {said}"


@pytest.mark.parametrize(("total", "edited"), [(40, 0), (40, 2), (43, 3), (37, 5), (42, 2)])
def test_given_as_many_points_as_edits_can_make_when_checked_then_they_are_taken(
    total: int, edited: int
) -> None:
    check_total(total, 40, edited)


@pytest.mark.parametrize(("total", "edited"), [(41, 0), (40, 1), (43, 2), (38, 3)])
def test_given_other_numbers_of_points_when_checked_then_they_are_refused(
    total: int, edited: int
) -> None:
    with pytest.raises(ValueError, match="not those of its configuration"):
        check_total(total, 40, edited)
