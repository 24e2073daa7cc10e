"""What predictions come to."""

import math

import numpy as np
import pytest

from engine.network.metrics import accuracy, certainty, confusion_matrix, r2, rmse


def test_given_classes_when_the_accuracy_is_taken_then_it_is_the_share_that_is_right() -> None:
    classes = np.array([0, 2, 1, 0], dtype=np.uint8)
    assert accuracy(classes, np.array([0.0, 2.0, 1.0, 1.0])) == 0.75
    assert accuracy(classes, np.array([0.0, 2.0, 1.0, 0.0])) == 1.0
    assert accuracy(classes, np.array([1.0, 0.0, 0.0, 1.0])) == 0.0


def test_given_classes_when_counted_then_rows_are_real_and_columns_predicted() -> None:
    classes = np.array([0, 2, 1, 0, 2], dtype=np.uint8)
    y = np.array([0.0, 2.0, 1.0, 1.0, 0.0])
    counts = confusion_matrix(classes, y, 4)
    assert counts.tolist() == [[1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]


def test_given_many_classes_and_points_when_counted_then_none_is_counted_elsewhere() -> None:
    """Given class 9 of 10 a thousand times, then small integers do not run over."""
    classes = np.full(1000, 9, dtype=np.uint8)
    assert confusion_matrix(classes, np.full(1000, 9.0), 10)[9, 9] == 1000


def test_given_probabilities_when_asked_how_certain_then_it_is_the_lead_of_the_likeliest() -> None:
    probabilities = np.array([[0.5, 0.0, 0.25], [0.5, 1.0, 0.5], [0.0, 0.0, 0.25]])
    assert certainty(probabilities).tolist() == [0.0, 1.0, 0.25]
    assert certainty(np.array([[0.75, 0.5], [0.25, 0.5]])).tolist() == [0.5, 0.0]


def test_given_values_when_compared_then_rmse_and_r2_are_those_worked_out_by_hand() -> None:
    """Given errors 1, 1, 1, -1 and targets 0 to 3, then 4 of a sum of squares of 5 are left."""
    values, y = np.array([1.0, 2.0, 3.0, 2.0]), np.array([0.0, 1.0, 2.0, 3.0])
    assert rmse(values, y) == 1.0
    assert r2(values, y) == pytest.approx(0.2, abs=1e-15)
    assert [rmse(y, y), r2(y, y)] == [0.0, 1.0]
    assert r2(np.full(4, 1.5), y) == 0.0


@pytest.mark.parametrize("y", [[2.0], [0.1, 0.1, 0.1]])
def test_given_targets_of_one_value_when_compared_then_r2_is_no_number(y: list[float]) -> None:
    assert math.isnan(r2(np.zeros(len(y)), np.array(y)))


@pytest.mark.filterwarnings("error")
def test_given_values_whose_squares_are_0_when_r2_is_taken_then_it_is_none() -> None:
    assert math.isnan(r2(np.array([0.0, 1.0]), np.array([1e-300, 2e-300])))
