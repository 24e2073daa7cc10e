"""What the file of a checkpoint is: its arrays, its document, its size."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.errors import FileError
from engine.run.run import Run
from engine.storage import checkpoint
from helpers.runs import moons, new_run, state_of


def through_a_file(run: Run) -> Run:
    return checkpoint.decode(checkpoint.encode(run))


def test_given_a_saved_run_when_opened_with_numpy_then_its_arrays_are_there_without_pickle(
    tmp_path: Path,
) -> None:
    run = new_run()
    run.advance(120)
    checkpoint.save(run, tmp_path / "run.npz")

    with np.load(tmp_path / "run.npz", allow_pickle=False) as arrays:
        assert sorted(name for name in arrays.files if name != "checkpoint.json") == [
            *("best_moments", "best_parameters", "feature_center", "feature_scale", "moments"),
            *("parameters", "test_history", "test_x", "test_y"),
            *("train_history", "train_x", "train_y"),
        ]
        assert arrays["parameters"].tolist() == run.trainer.network.parameters.tolist()
        assert arrays["train_x"].tolist() == moons().train.x.tolist()
        assert arrays["train_history"].shape == (3, 120)


def test_given_a_saved_run_when_unpacked_then_its_document_names_format_and_digests() -> None:
    with zipfile.ZipFile(io.BytesIO(checkpoint.encode(new_run()))) as archive:
        document = json.loads(archive.read("checkpoint.json"))
        parameters = archive.read("parameters.npy")

    assert (document["format"], document["version"]) == ("moonwalk checkpoint", 3)
    assert document["sha256"]["parameters"] == hashlib.sha256(parameters).hexdigest()
    assert document["config"]["layers"] == [4]


def test_given_the_same_run_twice_when_saved_then_the_files_are_the_same(tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        run = new_run()
        run.advance(77)
        checkpoint.save(run, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_given_a_run_of_any_length_when_saved_then_its_file_stays_small() -> None:
    config = TrainingConfig(samples=40, layers=(4,), steps=9_000)
    run = new_run(config)
    run.advance(9_000)
    assert run.trainer.losses.train.stride == 4
    loaded = through_a_file(run)
    assert loaded.trainer.losses.train.buckets.shape == (3, 2250)
    assert state_of(loaded.trainer) == state_of(run.trainer)
    assert len(checkpoint.encode(run)) < 80_000


def test_given_a_folder_that_is_not_there_when_saved_then_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "run.npz"
    with pytest.raises(FileError) as caught:
        checkpoint.save(new_run(), path)
    assert str(caught.value) == f"{path}: No such file or directory"
