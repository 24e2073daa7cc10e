"""Both sides of the split hold every class in its share, each point once."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from engine.data.raw_data import RawData
from engine.data.split import split_rows
from engine.errors import ConfigError
from helpers.data_sets import config_of


def raw_of(*counts: int) -> RawData:
    y = np.repeat(np.arange(len(counts), dtype=np.float64), counts)
    names = tuple("abcdefghij"[: len(counts)])
    return RawData(
        np.arange(y.size, dtype=np.float64)[np.newaxis], y, "classification", ("x",), names
    )


@given(
    st.lists(st.integers(2, 60), min_size=2, max_size=10),
    st.floats(0.2, 0.8),
    st.integers(0, 2**32 - 1),
)
def test_given_classes_of_two_points_or_more_when_stratified_then_both_sides_hold_each_in_its_share(
    counts: list[int], test_size: float, seed: int
) -> None:
    raw, points = raw_of(*counts), sum(counts)
    tested = math.ceil(test_size * points)
    if min(tested, points - tested) < max(len(counts), 2):
        return
    train, test = split_rows(
        raw, config_of("moons", test_size=test_size, seed=seed), stratified=True
    )
    assert sorted([*train, *test]) == list(range(points))
    assert test.size == tested
    for number, count in enumerate(counts):
        share = int((raw.y[test] == number).sum())
        assert 1 <= share < count
        # a class of few points takes more than its share, and others then less
        assert abs(share - test_size * count) <= 2.0 + len(counts) / 2


def test_given_shares_that_come_out_even_when_stratified_then_they_are_exact() -> None:
    raw = raw_of(80, 40, 400)
    _, test = split_rows(raw, config_of("moons"), stratified=True)
    assert [int((raw.y[test] == number).sum()) for number in range(3)] == [20, 10, 100]


def test_given_values_when_split_then_it_is_as_train_test_split_does_it() -> None:
    y = np.arange(101, dtype=np.float64)
    raw = RawData(y[np.newaxis], y, "regression", ("x",))
    train, test = split_rows(raw, config_of("moons", test_size=0.3, seed=5), stratified=True)
    expected = train_test_split(np.arange(101), test_size=0.3, random_state=5)
    assert [train.tolist(), test.tolist()] == [side.tolist() for side in expected]


def test_given_a_class_of_one_point_when_split_then_it_is_named() -> None:
    with pytest.raises(ConfigError) as caught:
        split_rows(raw_of(9, 1), config_of("moons"), stratified=True)
    assert str(caught.value) == (
        "classes: 'b' has 1 of 10 points; each needs at least 2, one on each side; --classes"
        " leaves it out"
    )


def test_given_a_test_side_smaller_than_the_classes_are_many_when_split_then_it_is_refused() -> (
    None
):
    with pytest.raises(
        ConfigError, match=r"test-size: 0\.1 of 25 samples leaves no point of class"
    ):
        split_rows(raw_of(5, 5, 5, 5, 5), config_of("moons", test_size=0.1), stratified=True)
