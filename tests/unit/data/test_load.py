"""The two moons, their split, and what is refused."""

import json

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.errors import ConfigError
from helpers.data import DATA_FOLDER


def test_given_the_defaults_when_loaded_then_the_training_points_are_those_of_the_recorded_run() -> (
    None
):
    recorded = json.loads((DATA_FOLDER / "trajectory.json").read_text("utf-8"))
    train = load_dataset(TrainingConfig()).train
    np.testing.assert_allclose(train.x.T, recorded["X_train"], rtol=0.0, atol=1e-12)
    assert train.y.tolist() == recorded["y_train"]


def test_given_a_share_to_test_when_loaded_then_points_are_columns_and_labels_are_zero_or_one() -> (
    None
):
    """Given 200 samples and a quarter to test, then 150 and 50 columns with labels 0.0 and 1.0."""
    train, test = load_dataset(TrainingConfig())[:2]
    assert (train.x.shape, train.y.shape) == ((2, 150), (150,))
    assert (test.x.shape, test.y.shape) == ((2, 50), (50,))
    for points in (train, test):
        assert points.x.dtype == points.y.dtype == np.float64
        assert set(points.y.tolist()) == {0.0, 1.0}


def test_given_a_split_when_made_then_it_keeps_every_point_once() -> None:
    """Given the split, then both sides together are 200 different points, 100 of each class."""
    train, test = load_dataset(TrainingConfig())[:2]
    together = np.concatenate([train.x, test.x], axis=1)
    assert len({tuple(point) for point in together.T}) == 200
    assert train.y.sum() + test.y.sum() == 100.0


@pytest.mark.parametrize(
    ("test_size", "tested"), [(0.25, 25), (0.1, 10), (0.5, 50), (0.333, 34), (0.9, 90)]
)
def test_given_a_share_to_test_when_split_then_it_is_rounded_up(
    test_size: float, tested: int
) -> None:
    train, test = load_dataset(TrainingConfig(samples=100, test_size=test_size, seed=1))[:2]
    assert (train.y.size, test.y.size) == (100 - tested, tested)


def test_given_a_seed_when_loaded_again_then_the_data_are_the_same_and_another_seeds_are_not() -> (
    None
):
    """Given another seed, then the points themselves are others, and so is how they are split."""
    first, again, other = (load_dataset(TrainingConfig(seed=seed)) for seed in (7, 7, 8))
    for side, side_again in zip(first[:2], again[:2], strict=True):
        assert side.x.tolist() == side_again.x.tolist()
        assert side.y.tolist() == side_again.y.tolist()
    points, others = (
        {tuple(point) for side in data[:2] for point in side.x.T} for data in (first, other)
    )
    assert points.isdisjoint(others)
    assert first.train.y.tolist() != other.train.y.tolist()


def test_given_noise_when_loaded_then_the_points_lie_away_from_the_moons() -> None:
    """Given next to no noise, then class 0 lies on the unit circle; given more, it does not."""

    def farthest(noise: float) -> float:
        train = load_dataset(TrainingConfig(noise=noise)).train
        return float(np.abs(np.hypot(*train.x[:, train.y == 0.0]) - 1.0).max())

    assert farthest(1e-9) < 1e-7
    assert farthest(0.2) > 0.1


def test_given_loaded_data_when_written_to_then_they_refuse() -> None:
    train, test = load_dataset(TrainingConfig())[:2]
    for array in (train.x, train.y, test.x, test.y):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


@pytest.mark.parametrize(
    ("samples", "test_size", "seed", "missing"),
    [
        (4, 0.5, 0, "no point of class 1 on the training side"),
        (5, 0.25, 2, "no point of class 0 on the test side"),
        (8, 0.25, 10, "no point of class 1 on the test side"),
    ],
)
def test_given_a_split_that_leaves_a_class_out_when_loaded_then_it_is_refused(
    samples: int, test_size: float, seed: int, missing: str
) -> None:
    """Given few samples and an unlucky seed, then the message says what is missing and what to do."""
    with pytest.raises(ConfigError, match=missing) as caught:
        load_dataset(TrainingConfig(samples=samples, test_size=test_size, seed=seed))
    assert caught.value.setting == "test-size"
    assert "take more samples or another share or seed" in str(caught.value)


def test_given_the_smallest_split_with_both_classes_when_loaded_then_it_is_accepted() -> None:
    """Given 4 samples, half to test, and a seed that parts each class, then it is not refused."""
    train, test = load_dataset(TrainingConfig(samples=4, test_size=0.5, seed=3))[:2]
    assert sorted(train.y.tolist()) == sorted(test.y.tolist()) == [0.0, 1.0]
