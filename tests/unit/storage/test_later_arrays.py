"""What files hold from format 3 on: moments, the scale of features, classes and values; and forgeries
of these.
"""

import functools
import hashlib
import io
import json
import zipfile
from typing import Any

import msgspec
import numpy as np
import pytest

from engine.run.run import Run
from engine.storage import checkpoint
from helpers.runs import SMALL, refusal
from helpers.trainings import data_of

ADAM = msgspec.structs.replace(
    SMALL,
    optimizer="adam",
    alpha=0.02,
    batch_size=7,
    scaling="standard",
    features=("x", "y2", "xy"),
    patience=200,
    schedule="plateau:0.5:3",
)


@functools.cache
def saved(classes: int) -> bytes:
    """A run with all of it at step 123; of a regression with 0 `classes`."""
    dataset = data_of(classes, 2, 40, ADAM.features, ADAM.scaling)
    run = Run(ADAM, pace=0, dataset=dataset)
    run.advance(123)
    return checkpoint.encode(run)


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def forged(document: dict[str, Any], arrays: dict[str, Any], classes: int = 0) -> bytes:
    """The saved run with other entries and arrays, and with digests that fit."""
    with zipfile.ZipFile(io.BytesIO(saved(classes))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    entries = json.loads(held.pop("checkpoint.json")) | document
    held |= {f"{name}.npy": npy(array) for name, array in arrays.items()}
    entries["sha256"] = {
        name.removesuffix(".npy"): hashlib.sha256(data).hexdigest() for name, data in held.items()
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("checkpoint.json", json.dumps(entries).encode())
        for name, data in held.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("classes", [0, 2, 5])
def test_given_moments_scales_and_classes_when_loaded_then_all_of_it_is_there(classes: int) -> None:
    run = checkpoint.decode(saved(classes))
    original = data_of(classes, 2, 40, ADAM.features, ADAM.scaling)
    dataset = run.trainer.dataset

    assert checkpoint.encode(run) == checkpoint.encode(checkpoint.decode(forged({}, {}, classes)))
    assert (dataset.task, dataset.target) == (original.task, original.target)
    assert (dataset.target.scale == 1.0) == bool(classes)
    center, scale = dataset.transform.center, dataset.transform.scale
    assert center is not None
    assert scale is not None
    assert center.tobytes() == np.asarray(original.transform.center).tobytes()
    assert scale.tobytes() == np.asarray(original.transform.scale).tobytes()
    learned = run.trainer.state().learned
    assert (learned.moments.shape, learned.count) == ((2, learned.parameters.size), 123.0)
    assert np.abs(learned.moments).min(axis=1).max() > 0.0


@pytest.mark.parametrize("name", checkpoint.LATER_ARRAYS)
@pytest.mark.parametrize(
    "array",
    [
        np.float64(1.0),
        np.zeros((2, 5)),
        np.zeros(3),
        np.zeros((1, 3)),
        np.zeros((3, 21)),
        np.full((2, 21), np.nan),
        np.full((3, 1), np.inf),
        np.zeros((3, 1), dtype="<f4"),
        np.array(["moon"]),
    ],
    ids=lambda array: f"{array.dtype.str}{array.shape}",
)
def test_given_an_array_that_does_not_fit_when_decoded_then_it_is_said_to_be_damaged(
    name: str, array: Any
) -> None:
    assert refusal(forged({}, {name: array})).startswith("it is damaged: ")


def test_given_a_scale_of_zero_when_decoded_then_it_is_said_to_be_damaged() -> None:
    scale = np.array([[1.0], [0.0], [1.0]])
    assert refusal(forged({}, {"feature_scale": scale})) == (
        "it is damaged: the scale of its features is not of its features"
    )


@pytest.mark.parametrize(
    "document",
    [
        {"task": {"problem": "regression", "inputs": ["x"], "features": ["x"]}},
        {"task": {"problem": "classification", "inputs": ["x", "y"], "features": ["x", "y"]}},
        {"task": {"problem": "dance", "inputs": ["x", "y"], "features": ["x", "y2", "xy"]}},
        {"target_scale": [0.0]},
        {"target_scale": ["a", 1.0]},
        {"moments_counts": [1.0]},
        {"moments_counts": [None, 0.0]},
        {"intervals": {"usual": 0}},
        {"intervals": {"usual": 123}},
        {"intervals": {"usual": 150}},
        {"since_interval": [0.5]},
        {"plateau": {"least": "low"}},
        {"plateau": None},
        {"patience": {"since": 0.5}},
        {"stopped": None},
        {"goes_past": "yes"},
        {"kept": {}},
    ],
    ids=lambda document: json.dumps(document)[:60],
)
def test_given_a_document_that_cannot_be_when_decoded_then_it_is_said_to_be_damaged(
    document: dict[str, Any],
) -> None:
    assert refusal(forged(document, {})).startswith("it is damaged: ")


@pytest.mark.parametrize(
    "document",
    [
        {"target_scale": [0.0, 0.0]},
        {"target_scale": [1e308, 1.0]},
        {"moments_counts": [-5.0, 0.0]},
        {"moments_counts": [0.5, 0.0]},
        {"moments_counts": [1e300, 0.0]},
        {"moments_counts": [123.0, -1.0]},
        {"plateau": {"least": 0.5, "since": -3, "factor": 1.0}},
        {"plateau": {"least": 0.5, "since": 0, "factor": -1.0}},
        {"plateau": {"least": 0.5, "since": 0, "factor": 1e300}},
        {"since_interval": [0.5, -40]},
        {"since_interval": [0.5, 10**30]},
        {"patience": {"least": 0.5, "since": 10**30}},
    ],
    ids=lambda document: json.dumps(document)[:60],
)
def test_given_a_value_that_no_run_has_when_decoded_then_it_is_said_to_be_damaged(
    document: dict[str, Any],
) -> None:
    assert refusal(forged(document, {})).startswith("it is damaged: ")
