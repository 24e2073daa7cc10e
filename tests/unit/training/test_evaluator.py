"""Losses and predictions of all points of a side, or of the first of them."""

import warnings

import numpy as np
import pytest

from engine.network.losses import CrossEntropy, SquaredError
from engine.network.neural_network import NeuralNetwork
from engine.training.evaluator import MOST_AT_ONCE, Evaluator


def test_given_a_class_of_probability_0_when_measured_then_its_loss_is_known_without_a_warning() -> (
    None
):
    """Given z of (0, 2000, 0) for a point of class 0, and of class 1."""
    network = NeuralNetwork(1, [3], ["softmax"], np.random.default_rng(0))
    network.layers[0].parameters[...] = [[0.0, 0.0], [2000.0, 0.0], [0.0, 0.0]]
    evaluator = Evaluator(network, CrossEntropy(3), np.ones((1, 2)), np.array([0.0, 1.0]))

    with warnings.catch_warnings(action="error"):
        loss, predictions = evaluator.measure()

    assert (loss, predictions.tolist()) == (1000.0, [1, 1])
    assert evaluator.loss() == 1000.0


POINTS = 2 * MOST_AT_ONCE + 10


@pytest.fixture
def many() -> Evaluator:
    """Of a network that puts out its input; the targets are all 0."""
    network = NeuralNetwork(1, [1], ["none"], np.random.default_rng(0))
    network.layers[0].parameters[...] = [[1.0, 0.0]]
    inputs = np.arange(POINTS, dtype=np.float64).reshape(1, -1)
    return Evaluator(network, SquaredError(), inputs, np.zeros(POINTS))


def test_given_more_points_than_are_taken_at_once_when_measured_then_every_one_counts_once(
    many: Evaluator,
) -> None:
    loss, predictions = many.measure()
    assert predictions.tolist() == list(range(POINTS))
    assert loss == pytest.approx(sum(k * k for k in range(POINTS)) / POINTS, rel=1e-13)
    assert many.loss() == loss
    assert many.cache.batch == MOST_AT_ONCE


@pytest.mark.parametrize("most", [1, 7, MOST_AT_ONCE, MOST_AT_ONCE + 1, POINTS, POINTS + 5])
def test_given_the_first_points_only_when_measured_then_the_others_do_not_count(
    many: Evaluator, most: int
) -> None:
    """Given a look at all of them before, too."""
    many.loss()
    count = min(most, POINTS)
    loss, predictions = many.measure(most)
    assert predictions.tolist() == list(range(count))
    assert loss == pytest.approx(sum(k * k for k in range(count)) / count, rel=1e-13)
