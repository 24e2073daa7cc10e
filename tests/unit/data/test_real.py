"""Data that scikit-learn ships: what they hold, and what can be chosen of them."""

from typing import Any

import numpy as np
import pytest

from engine.config.data_sets import DATA_SETS
from engine.data.load import load_dataset, raw_data
from engine.errors import ConfigError
from helpers.data_sets import config_of

REAL = {name: data_set for name, data_set in DATA_SETS.items() if data_set.is_real}


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("iris", [50, 50, 50]),
        ("wine", [59, 71, 48]),
        ("cancer", [212, 357]),
        ("digits", [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
        ("diabetes", []),
    ],
)
def test_given_a_real_data_set_when_loaded_then_it_is_what_the_table_says(
    name: str, counts: list[int]
) -> None:
    raw, said = raw_data(config_of(name)), REAL[name]
    assert raw.class_counts == counts
    assert raw.inputs.shape == (said.inputs, said.samples)
    assert (raw.problem, len(raw.classes)) == (said.problem, said.classes)
    assert len(raw.input_names) == said.inputs


def test_given_iris_when_loaded_then_inputs_and_classes_have_their_names() -> None:
    task = load_dataset(config_of("iris")).task
    assert task.inputs == ("sepal length", "sepal width", "petal length", "petal width")
    assert task.features == task.inputs
    assert task.classes == ("setosa", "versicolor", "virginica")


def test_given_two_classes_when_chosen_then_they_are_numbered_as_they_were_named() -> None:
    digits = raw_data(config_of("digits", keep_classes=("8", "3")))
    assert digits.classes == ("8", "3")
    assert digits.class_counts == [174, 183]


def test_given_columns_when_chosen_then_names_and_numbers_find_them_in_that_order() -> None:
    every = raw_data(config_of("iris"))
    chosen = raw_data(config_of("iris", columns=("petal width", "1")))
    assert chosen.input_names == ("petal width", "sepal length")
    np.testing.assert_array_equal(chosen.inputs, every.inputs[[3, 0]])


def test_given_samples_when_drawn_then_classes_keep_their_shares_and_seeds_decide() -> None:
    first, again, other = (
        raw_data(config_of("wine", samples=100, seed=seed)) for seed in (1, 1, 2)
    )
    assert first.class_counts == [33, 40, 27]
    assert first.inputs.tolist() == again.inputs.tolist()
    assert first.inputs.tolist() != other.inputs.tolist()
    every = {tuple(point) for point in raw_data(config_of("wine")).inputs.T}
    assert {tuple(point) for point in first.inputs.T} < every


def test_given_samples_of_values_when_drawn_then_there_are_so_many_different_rows() -> None:
    raw = raw_data(config_of("diabetes", samples=100))
    assert len({tuple(point) for point in raw.inputs.T}) == 100


def test_given_a_balance_when_chosen_then_as_many_rows_are_left_as_have_it() -> None:
    """Given 59 of 178 rows of the first class and a share of one half, then 59 of the others stay."""
    raw = raw_data(config_of("wine", balance=0.5))
    assert raw.class_counts == [59, 35, 24]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("iris", {"samples": 151}, "samples: 151 are more than the 150 rows that there are"),
        (
            "iris",
            {"samples": 120, "balance": 0.5},
            "balance: 0.5 of 120 rows would take 60 of a class that has 50; take fewer --samples",
        ),
        (
            "iris",
            {"keep_classes": ("setosa", "rosa")},
            "classes: there is no class 'rosa' among setosa, versicolor, virginica",
        ),
        (
            "iris",
            {"columns": ("petal",)},
            "columns: there is no column 'petal' among sepal length, sepal width, petal length,"
            " petal width",
        ),
        ("iris", {"columns": ("1", "sepal length")}, "columns: one is there twice"),
    ],
)
def test_given_what_is_not_there_when_chosen_then_it_is_refused(
    name: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        raw_data(config_of(name, **values))
    assert str(caught.value) == message


@pytest.mark.parametrize("scaling", ["standard", "none"])
def test_given_values_in_the_hundreds_when_loaded_then_the_network_learns_them_scaled(
    scaling: str,
) -> None:
    dataset = load_dataset(config_of("diabetes", scaling=scaling))
    scaled = dataset.target.scaled(dataset.train.y)
    assert dataset.train.y.max() > 300.0
    assert scaled.mean() == pytest.approx(0.0, abs=1e-12)
    assert scaled.std() == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(dataset.target.unscaled(scaled), dataset.train.y, rtol=1e-12)


def test_given_a_drawn_set_when_loaded_then_values_are_learned_as_they_are() -> None:
    dataset = load_dataset(config_of("plane"))
    assert dataset.target.scaled(dataset.train.y) is dataset.train.y
    assert dataset.target.unscaled(dataset.train.y) is dataset.train.y


def test_given_real_data_when_loaded_then_the_training_side_alone_decides_the_scale() -> None:
    dataset = load_dataset(config_of("wine"))
    scaled = dataset.transform(dataset.train.x)
    np.testing.assert_allclose(scaled.mean(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=1), 1.0, atol=1e-12)
    assert np.abs(dataset.transform(dataset.test.x).mean(axis=1)).max() > 0.01
