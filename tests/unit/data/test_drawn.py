"""Data sets that are drawn: seeds, shares of classes, the moons as they always were."""

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

from engine.config.data_sets import DATA_SETS
from engine.data.load import load_dataset, raw_data
from engine.errors import ConfigError
from helpers.data_sets import config_of

DRAWN = [name for name, data_set in DATA_SETS.items() if not data_set.is_real] + ["spiral:5"]


@pytest.mark.parametrize("name", DRAWN)
def test_given_a_seed_when_drawn_again_then_the_points_are_the_same_and_another_seeds_are_not(
    name: str,
) -> None:
    first, again, other = (raw_data(config_of(name, noise=0.1, seed=seed)) for seed in (3, 3, 4))
    assert first.inputs.tolist() == again.inputs.tolist()
    assert first.y.tolist() == again.y.tolist()
    assert first.inputs.tolist() != other.inputs.tolist()


@pytest.mark.parametrize("name", DRAWN)
def test_given_a_seed_of_data_when_drawn_then_it_decides_and_the_seed_does_not(name: str) -> None:
    plain = raw_data(config_of(name, noise=0.1, seed=3))
    apart = raw_data(config_of(name, noise=0.1, seed=8, data_seed=3))
    assert plain.inputs.tolist() == apart.inputs.tolist()


@pytest.mark.parametrize("name", DRAWN)
def test_given_no_noise_when_loaded_then_it_is_allowed(name: str) -> None:
    dataset = load_dataset(config_of(name, noise=0.0))
    assert dataset.train.y.size == 3 * dataset.test.y.size


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("moons", [100, 100]),
        ("circles", [250, 250]),
        ("gauss", [250, 250]),
        ("spiral", [250, 250]),
        ("spiral:3", [167, 167, 166]),
        ("spiral:4", [125, 125, 125, 125]),
        ("spiral:5", [100, 100, 100, 100, 100]),
        ("plane", []),
        ("gaussian", []),
        ("sine", []),
    ],
)
def test_given_a_data_set_when_drawn_then_its_classes_have_so_many_points(
    name: str, counts: list[int]
) -> None:
    raw = raw_data(config_of(name, noise=0.0))
    assert raw.class_counts == counts
    assert raw.classes == tuple(str(number) for number in range(len(counts)))


@pytest.mark.parametrize("name", ["moons", "circles", "xor", "gauss", "spiral"])
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_given_a_balance_when_drawn_then_the_first_class_has_exactly_this_share(
    name: str, noise: float
) -> None:
    """Given noise that changes labels, then the share is that of the labels that are learned."""
    raw = raw_data(config_of(name, samples=400, balance=0.1, noise=noise))
    assert raw.class_counts == [40, 360]


def test_given_a_balance_of_more_classes_when_drawn_then_the_others_share_the_rest() -> None:
    raw = raw_data(config_of("spiral:4", samples=400, balance=0.1))
    assert raw.class_counts == [40, 120, 120, 120]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("moons", {"balance": 0.001}, "balance: 0.001 of 200 points would leave 0 to a class"),
        ("xor", {"balance": 0.999}, "balance: 0.999 of 500 points would leave 0 to a class"),
        ("spiral:5", {"samples": 9}, "samples: of 9 points would leave 1 to a class"),
    ],
)
def test_given_a_class_without_two_points_when_drawn_then_it_is_refused(
    name: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        raw_data(config_of(name, **values))
    assert str(caught.value) == f"{message}; each needs at least 2"


@pytest.mark.parametrize("seed", [0, 7])
def test_given_moons_when_loaded_then_they_are_scikit_learns_to_the_last_bit(seed: int) -> None:
    inputs, labels = make_moons(n_samples=200, noise=0.2, shuffle=False, random_state=seed)
    expected = train_test_split(inputs, labels, test_size=0.25, random_state=seed)
    dataset = load_dataset(config_of("moons", seed=seed))
    assert dataset.train.x.tolist() == expected[0].T.tolist()
    assert dataset.test.x.tolist() == expected[1].T.tolist()
    assert dataset.train.y.tolist() == expected[2].tolist()
    assert dataset.test.y.tolist() == expected[3].tolist()


def test_given_unequal_moons_when_loaded_then_they_are_scikit_learns() -> None:
    raw = raw_data(config_of("moons", balance=0.25, seed=1))
    inputs, labels = make_moons((50, 150), noise=0.2, shuffle=False, random_state=1)
    np.testing.assert_array_equal(raw.inputs, inputs.T)
    np.testing.assert_array_equal(raw.y, labels)
