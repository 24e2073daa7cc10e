"""A checkpoint that somebody else has put together, with digests that fit, is refused in one line if
it cannot be.
"""

import hashlib
import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest

from engine.storage import checkpoint
from helpers.runs import refusal, saved

NOT_OURS = "not a checkpoint of moonwalk"


def forged(
    document: dict[str, Any] | None = None,
    members: dict[str, bytes] | None = None,
    *,
    sealed: bool = True,
    raw: tuple[bytes, bytes] = (b"", b""),
) -> bytes:
    """The saved run with some entries of its document and some members replaced, and with digests
    that fit if it is `sealed`. `raw` bytes of the document are replaced after that.
    """
    with zipfile.ZipFile(io.BytesIO(saved())) as archive:
        held = {name: archive.read(name) for name in archive.namelist()} | (members or {})
    entries = json.loads(held.pop("checkpoint.json"))
    if sealed:
        entries["sha256"] = {
            name.removesuffix(".npy"): hashlib.sha256(data).hexdigest()
            for name, data in held.items()
        }
    text = json.dumps(entries | (document or {})).encode().replace(*raw)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("checkpoint.json", text)
        for name, data in held.items():
            archive.writestr(name, data)
    return file.getvalue()


def task(**changes: Any) -> dict[str, Any]:
    """What the saved run is about, with some entries replaced."""
    return {
        "problem": "classification",
        "inputs": ["x", "y"],
        "features": ["x", "y"],
        "classes": ["0", "1"],
        "target": "class",
        **changes,
    }


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npy_with_header(text: str) -> bytes:
    header = text.encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(64)


def header_of_shape(shape: str) -> str:
    return "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }"


def test_given_the_same_content_when_put_together_anew_then_it_is_the_same_run() -> None:
    """So that what is refused below is refused for what it says."""
    assert checkpoint.encode(checkpoint.decode(forged())) == saved()


@pytest.mark.parametrize("version", [0, 4, 99])
def test_given_another_version_when_decoded_then_both_are_named(version: int) -> None:
    """Given a document of another version, whatever else is in it, then that is what is said."""
    expected = f"a checkpoint of format {version}; this moonwalk reads formats 1 to 3"
    assert refusal(forged({"version": version})) == expected
    assert refusal(forged({"version": version, "step": "many", "momentum": 0.9})) == expected


@pytest.mark.parametrize("name", checkpoint.ARRAYS)
@pytest.mark.parametrize(
    "array",
    [
        np.float64(1.0),
        np.zeros(0),
        np.zeros((2, 0)),
        np.zeros((3, 0)),
        np.zeros((0, 3)),
        np.zeros((1, 1, 1)),
        np.zeros(123),
        np.zeros((3, 5_000)),
        np.full((3, 123), np.nan),
        np.array([0.0, np.inf]),
        np.arange(17),
        np.zeros(17, dtype=">f8"),
        np.zeros(17, dtype="<f4"),
        np.array(["moon"]),
        np.zeros(3, dtype=[("x", "<f8")]),
    ],
    ids=lambda array: f"{array.dtype.str}{array.shape}",
)
def test_given_an_array_that_does_not_fit_when_decoded_then_it_is_said_to_be_damaged(
    name: str, array: np.ndarray
) -> None:
    said = refusal(forged(members={f"{name}.npy": npy(array)}))
    assert said.startswith("it is damaged: ")


@pytest.mark.parametrize("name", checkpoint.ARRAYS)
def test_given_one_value_that_is_not_a_number_when_decoded_then_the_array_is_named(
    name: str,
) -> None:
    with np.load(io.BytesIO(saved())) as arrays:
        array = arrays[name]
    array.flat[-1] = np.nan
    said = refusal(forged(members={f"{name}.npy": npy(array)}))
    assert said == f"it is damaged: {name} are not finite numbers"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("train_x", "train_y"),
        ("train_x", "test_x"),
        ("train_history", "test_history"),
        ("parameters", "train_x"),
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_given_two_arrays_exchanged_when_decoded_then_it_is_said_to_be_damaged(
    one: str, other: str, sealed: bool
) -> None:
    with zipfile.ZipFile(io.BytesIO(saved())) as archive:
        first, second = archive.read(f"{one}.npy"), archive.read(f"{other}.npy")
    said = refusal(forged(members={f"{one}.npy": second, f"{other}.npy": first}, sealed=sealed))
    assert said.startswith("it is damaged: ")


def test_given_other_parameters_of_the_right_shape_when_decoded_then_their_digest_tells() -> None:
    members = {"parameters.npy": npy(np.zeros(17))}
    said = refusal(forged(members=members, sealed=False))
    assert said == "it is damaged: parameters are not what was saved"


@pytest.mark.parametrize(
    "header",
    [
        header_of_shape("(-1,)"),
        header_of_shape(f"({10**13},)"),
        header_of_shape(f"({10**30},)"),
        "{'descr': '|O', 'fortran_order': False, 'shape': (17,), }",
        "{'descr': ',', 'fortran_order': False, 'shape': (17,), }",
        "{'descr': '<f8'\n",
        "((((\n",
        "'''",
        "{[]: 1}",
        "-" * 9_000 + "1",
        " " * 20_000,
    ],
    ids=lambda header: header[:70].strip() or "spaces",
)
def test_given_an_array_whose_header_is_nonsense_when_decoded_then_it_is_said_to_be_damaged(
    header: str,
) -> None:
    said = refusal(forged(members={"parameters.npy": npy_with_header(header)}))
    assert said.startswith("it is damaged: ")


@pytest.mark.parametrize(
    "changes",
    [
        {"step": -1},
        {"step": 10**30},
        {"step": 301},
        {"step": 122},
        {"step": "many"},
        {"total_steps": -5},
        {"alpha": 0},
        {"alpha": -0.25},
        {"alpha": None},
        {"best_step": 124},
        {"best_step": -50},
        {"history_strides": [0, 1]},
        {"history_strides": [3, 1]},
        {"history_strides": [2, 1]},
        {"history_strides": [1]},
        {"history_counts": [122, 3]},
        {"history_counts": [123, 5]},
        {"history_counts": [123, 2]},
        {"early_test_losses": [0.5] * 200},
        {"early_test_losses": [None]},
        {"pace": -1},
        {"pace": 10**9},
        {"paused": 2},
        {"run": "first"},
        {"sha256": {}},
        {"config": {}},
        {"config": {"layers": [4], "samples": 40, "alpha": -1.0}},
        {"config": {"layers": [5], "samples": 40}},
        {"config": {"layers": [4], "samples": 40, "momentum": 0.9}},
        {"config": {"layers": [4], "samples": 40, "impetus": 0.9}},
        {"task": {"problem": "classification", "inputs": ["x"], "features": ["x"]}},
        {"task": task(classes=["0"])},
        {"task": task(classes=[str(number) for number in range(300)])},
        {"task": task(inputs=[])},
        {"task": task(inputs=["x", "y\n"], features=["x", "y\n"])},
        {"task": task(features=["x", "y2"])},
        {"task": task(classes=["0", "\x1b[2J"])},
        {"task": task(target="\x07")},
        {"task": task(problem="regression")},
        {"target_scale": [0.0, 0.0]},
        {"target_scale": [0.0, -1.0]},
        {"target_scale": [0.5, 2.0]},
        {"moments_counts": [-1.0, 0.0]},
        {"moments_counts": [0.0, 0.5]},
        {"moments_counts": [1e13, 0.0]},
        {"intervals": {"usual": 0, "least": 1}},
        {"intervals": {"usual": 75, "least": 1}},
        {"intervals": {"usual": 50, "least": 0}},
        {"since_interval": ["none", 0]},
        {"since_interval": [0.5, -1]},
        {"plateau": {"factor": -1.0}},
        {"plateau": {"factor": 2.0}},
        {"plateau": {"since": -1}},
        {"patience": {"since": 124}},
        {"batch_sizes": [[0, 0]]},
        {"batch_sizes": [[0, 31]]},
        {"batch_sizes": [[1, 30]]},
        {"batch_sizes": [[0, 10], [0, 30]]},
        {"batch_sizes": [[0, 10], [124, 30]]},
        {"batch_sizes": [[0, 10]]},
        {"edits": {"off": [[1, 0]]}},
        {"edits": {"off": [[0, 4]]}},
        {"edits": {"off": [[-1, 0]]}},
        {"edits": {"off": [0, 1]}},
        {"edits": {"frozen": [[2, None, None]]}},
        {"edits": {"frozen": [[0, 4, None]]}},
        {"edits": {"frozen": [[0, 0, 3]]}},
        {"edits": {"frozen": [[0, None, 1]]}},
        {"edits": None},
        {"stopped": 5},
        {"stopped": "\x1b[2J"},
        {"began_with": {"rule": "other"}},
        {"commands": [{"step": 1, "command": "end"}]},
        {"commands": [{"step": 1, "command": "dance"}]},
        {"commands": [{"step": 1, "command": "alpha", "value": -1.0}]},
        {"commands": [{"step": 1, "command": "pause", "a\nb": 1}]},
        {"commands": [{"step": -1, "command": "pause"}]},
        {"divergence": {"step": 1, "layer": 1, "what": "x", "size": "huge", "alpha": 1.0}},
        {"libraries": {"numpy": 2}},
    ],
    ids=lambda changes: json.dumps(changes)[:60],
)
def test_given_a_document_that_cannot_be_when_decoded_then_it_is_said_to_be_damaged(
    changes: dict[str, Any],
) -> None:
    assert refusal(forged(changes)).startswith("it is damaged: ")


@pytest.mark.parametrize("count", [0, 2, 5])
def test_given_test_losses_that_end_elsewhere_than_the_run_when_decoded_then_it_is_said_to_be_damaged(
    count: int,
) -> None:
    """Given a run at step 123, whose test losses are those of steps 0, 50 and 100."""
    said = refusal(
        forged({"history_counts": [123, count]}, {"test_history.npy": npy(np.ones((3, count)))})
    )
    assert said == "it is damaged: a history does not end where the run does"


def test_given_a_document_that_is_not_text_when_decoded_then_it_is_refused() -> None:
    """Given a byte that no UTF-8 has, then it is foreign or damaged, wherever that byte is."""
    assert refusal(forged(raw=(b"moonwalk checkpoint", b"moonwalk\xff"))) == NOT_OURS
    said = refusal(forged(raw=(b'"libraries": {"', b'"libraries": {"\xff')))
    assert said.startswith("it is damaged")


def test_given_a_document_nested_without_end_when_decoded_then_it_is_refused() -> None:
    refusal(forged(raw=(b'{"format"', b'{"x": ' + b"[" * 100_000 + b', "format"')))


@pytest.mark.parametrize("name", [*checkpoint.ARRAYS, "checkpoint"])
def test_given_a_member_that_is_missing_when_decoded_then_it_is_refused(name: str) -> None:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved())) as source,
        zipfile.ZipFile(file, "w") as target,
    ):
        for member in source.namelist():
            if not member.startswith(f"{name}."):
                target.writestr(member, source.read(member))
    refusal(file.getvalue())


def test_given_a_compressed_checkpoint_when_decoded_then_it_is_refused_without_being_unpacked() -> (
    None
):
    """Given every member as it should be, or one that would take gigabytes."""
    file, huge = io.BytesIO(), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved())) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.namelist():
            target.writestr(member, source.read(member))
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("checkpoint.json", bytes(10_000_000))
    assert len(huge.getvalue()) < 20_000
    assert refusal(file.getvalue()) == refusal(huge.getvalue()) == "it is damaged"


@pytest.mark.parametrize("name", ["train_y", "test_y"])
def test_given_a_class_that_is_neither_of_the_two_when_decoded_then_it_is_said_to_be_damaged(
    name: str,
) -> None:
    with np.load(io.BytesIO(saved())) as arrays:
        array = arrays[name]
    array[-1] = 0.5
    said = refusal(forged(members={f"{name}.npy": npy(array)}))
    assert said == "it is damaged: the points are not points with classes"


@pytest.mark.parametrize("which", ["parameters", "best_parameters"])
@pytest.mark.parametrize("size", [1e308, 2_000.0])
def test_given_parameters_that_no_run_comes_to_when_loaded_then_refused(
    which: str, size: float
) -> None:
    held = checkpoint.decode(saved()).trainer.network.parameters
    said = refusal(forged(members={f"{which}.npy": npy(np.full(held.shape, size))}))

    assert said == "it is damaged: its parameters are beyond those of any run that goes on"


def test_given_points_that_none_are_drawn_at_when_loaded_then_refused() -> None:
    points = checkpoint.decode(saved()).trainer.dataset.train.x

    said = refusal(forged(members={"train_x.npy": npy(np.full(points.shape, 1e101))}))

    assert said == "it is damaged: there are points beyond 1e+100"


@pytest.mark.parametrize("scale", [[0.0, 1.0], [1.0, -2.0]])
def test_given_features_on_a_scale_that_none_is_fitted_to_when_decoded_then_refused(
    scale: list[float],
) -> None:
    members = {
        "feature_center.npy": npy(np.zeros((2, 1))),
        "feature_scale.npy": npy(np.array(scale).reshape(2, 1)),
    }
    said = refusal(forged(members=members))
    assert said == "it is damaged: the scale of its features is not of its features"
