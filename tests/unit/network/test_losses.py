"""The losses: values by hand, exact at any z; derivatives are in test_derivatives.py."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.errors import ConfigError
from engine.network.losses import (
    BinaryCrossEntropy,
    CrossEntropy,
    Loss,
    SquaredError,
    loss_for,
    loss_of_output,
    mean_loss,
)
from engine.network.neural_network import NeuralNetwork

LOSSES: list[Loss] = [
    BinaryCrossEntropy(),
    CrossEntropy(4),
    SquaredError(),
    SquaredError(half=True),
    SquaredError(classes=2),
    SquaredError(half=True, classes=2),
]


def activated(loss: Loss, z: Array) -> Array:
    """The last layer's a of z (..., outputs, batch)."""
    outputs = z.shape[-2]
    layer = NeuralNetwork(1, [outputs], [loss.activation], np.random.default_rng(0)).layers[0]
    a, slope = np.empty_like(z), np.empty(z.shape[-2:])
    with np.errstate(all="ignore"):
        for one_z, one_a in zip(
            z.reshape(-1, *z.shape[-2:]), a.reshape(-1, *z.shape[-2:]), strict=True
        ):
            for operation in layer.activation.forward(one_z, slope, one_a):
                operation()
    return a


def loss_at(loss: Loss, z: Any, y: Any) -> float:
    """The mean loss of a batch with z (outputs, batch) and labels or values y (batch,)."""
    z = np.array(z, dtype=np.float64)
    with np.errstate(all="ignore"):
        return mean_loss(loss, z, activated(loss, z), loss.targets(np.array(y, dtype=np.float64)))


# ---- binary cross-entropy


@pytest.mark.parametrize(
    ("z", "y", "cost"),
    [
        (0.0, 0.0, 0.6931471805599453),
        (1.0986122886681098, 1.0, 0.28768207245178085),  # ln 4/3
        (1.0986122886681098, 0.0, 1.3862943611198906),  # ln 4
        (9.0, 0.0, 9.000123402189723),
        (9.8, 0.0, 9.800055450062053),
        (20.0, 0.0, 20.000000002061153),
        (-20.0, 1.0, 20.000000002061153),
        (40.6, 0.0, 40.6),
        (-40.6, 1.0, 40.6),
        (800.0, 0.0, 800.0),
        (-800.0, 1.0, 800.0),
        (-1e300, 1.0, 1e300),
        (1e300, 0.0, 1e300),
        (40.6, 1.0, 0.0),
        (-1e300, 0.0, 0.0),
    ],
)
def test_given_z_when_the_cost_of_a_sample_is_taken_then_it_is_exact_however_wrong(
    z: float, y: float, cost: float
) -> None:
    assert loss_at(BinaryCrossEntropy(), [[z]], [y]) == pytest.approx(cost, rel=1e-12, abs=1e-15)


@given(st.lists(st.tuples(st.floats(-60.0, 60.0), st.sampled_from([0.0, 1.0])), min_size=1))
@settings(deadline=None)
def test_given_any_batch_when_the_loss_is_taken_then_it_is_the_mean_of_log_1_plus_exp(
    batch: list[tuple[float, float]],
) -> None:
    z, y = np.array(batch).T
    expected = np.logaddexp(0.0, np.where(y == 1.0, -z, z)).mean()
    assert loss_at(BinaryCrossEntropy(), [z], y) == pytest.approx(expected, rel=1e-12, abs=1e-15)


# ---- cross-entropy of several classes


@pytest.mark.parametrize(
    ("z", "y", "cost"),
    [
        ([0.0, 0.0, 0.0, 0.0], 2.0, 1.3862943611198906),  # ln 4
        ([0.6931471805599453, 0.0, 0.0, 0.0], 0.0, 0.9162907318741551),  # ln 5/2
        ([0.6931471805599453, 0.0, 0.0, 0.0], 3.0, 1.6094379124341003),  # ln 5
        ([40.6, 0.0, -1.0, 0.0], 1.0, 40.6),
        ([1000.0, 0.0, 0.0, 0.0], 1.0, 1000.0),
        ([1000.0, 0.0, 0.0, 0.0], 0.0, 0.0),
        ([-1e300, 1e300, 0.0, 0.0], 2.0, 1e300),
        ([-1e300, 1e300, 0.0, 0.0], 0.0, 2e300),
    ],
)
def test_given_z_of_classes_when_the_cost_of_a_sample_is_taken_then_it_is_exact(
    z: list[float], y: float, cost: float
) -> None:
    column = [[value] for value in z]
    assert loss_at(CrossEntropy(4), column, [y]) == pytest.approx(cost, rel=1e-12, abs=1e-15)


def test_given_two_classes_when_softmax_is_taken_then_it_costs_what_a_sigmoid_of_the_difference_does() -> (
    None
):
    z = np.array([[3.0, -2.0, 0.5], [1.0, 4.0, 0.5]])
    y = [1.0, 0.0, 1.0]
    expected = loss_at(BinaryCrossEntropy(), z[1:] - z[:1], y)
    assert loss_at(CrossEntropy(2), z, y) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("y", [[0.0, 4.0], [-1.0, 0.0], [0.5, 1.0], [np.nan, 1.0]])
def test_given_a_class_that_does_not_exist_when_made_a_target_then_it_is_refused(
    y: list[float],
) -> None:
    with pytest.raises(ValueError, match="from 0 to 3"):
        CrossEntropy(4).targets(np.array(y))


# ---- squared errors


@pytest.mark.parametrize(
    ("half", "classes", "z", "y", "cost"),
    [
        (False, 0, [1.0, -2.0], [3.0, -2.5], 2.125),
        (True, 0, [1.0, -2.0], [3.0, -2.5], 1.0625),
        (False, 2, [0.0, 0.5493061443340549], [1.0, 0.0], 1.625),  # tanh 0 and 1/2, targets 1, -1
        (True, 2, [0.0, 0.5493061443340549], [1.0, 0.0], 0.8125),
        (True, 2, [1e300, -1e300], [1.0, 1.0], 1.0),
    ],
)
def test_given_outputs_when_the_squared_error_is_taken_then_it_is_that_worked_out_by_hand(
    half: bool, classes: int, z: list[float], y: list[float], cost: float
) -> None:
    loss = SquaredError(half=half, classes=classes)
    assert loss_at(loss, [z], y) == pytest.approx(cost, rel=1e-14)


# ---- every loss


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.name}-{loss.classes}")
@pytest.mark.parametrize("size", [1.0, 30.0, 1e3, 1e200, 1e300, 1.7e308])
def test_given_finite_z_when_the_loss_is_taken_then_it_is_a_number(loss: Loss, size: float) -> None:
    outputs = 4 if loss.classes == 4 else 1
    z = np.array([[-size], [size], [-size], [size]])[:outputs] * np.array([[1.0, -1.0, 1.0]])
    assert np.isfinite(loss_at(loss, z, [0.0, 1.0, 1.0]))


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.name}-{loss.classes}")
def test_given_z_that_is_no_number_when_the_loss_is_taken_then_it_is_none_either(
    loss: Loss,
) -> None:
    z = np.zeros((4 if loss.classes == 4 else 1, 3))
    z[0, 1] = np.nan
    assert np.isnan(loss_at(loss, z, [0.0, 1.0, 1.0]))


@pytest.mark.parametrize("samples", [1, 2, 7, 150])
@pytest.mark.parametrize("spread", [1.0, 20.0, 600.0])
@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.name}-{loss.classes}")
def test_given_several_batches_when_losses_are_taken_then_each_has_the_bits_it_has_alone(
    loss: Loss, spread: float, samples: int
) -> None:
    """Given 50 batches with one set of targets, or each with its own, then the bits are those."""
    rng = np.random.default_rng(4)
    z = spread * rng.normal(size=(50, 4 if loss.classes == 4 else 1, samples))
    a = activated(loss, z)
    labels = rng.integers(0, 2, size=(50, samples)).astype(np.float64)
    each = np.stack([loss.targets(y) for y in labels])
    with np.errstate(all="ignore"):
        shared = loss.of_batches(z, a.copy(), each[0])
        own = loss.of_batches(z, a.copy(), each)
        assert shared.tolist() == [mean_loss(loss, z[i], a[i], each[0]) for i in range(50)]
        assert own.tolist() == [mean_loss(loss, z[i], a[i], each[i]) for i in range(50)]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: f"{loss.name}-{loss.classes}")
def test_given_no_batch_when_losses_are_taken_then_there_are_none(loss: Loss) -> None:
    z = np.empty((0, 4 if loss.classes == 4 else 1, 3))
    targets = loss.targets(np.array([0.0, 1.0, 0.0]))
    assert loss.of_batches(z, z.copy(), targets).tolist() == []


def test_given_one_batch_when_its_loss_is_taken_then_its_arrays_stay_as_they_are() -> None:
    z = np.array([[0.0, 12.0]])
    a, targets = activated(BinaryCrossEntropy(), z), np.array([[1.0, 0.0]])
    before = a.tolist()
    mean_loss(BinaryCrossEntropy(), z, a, targets)
    assert [z.tolist(), a.tolist(), targets.tolist()] == [[[0.0, 12.0]], before, [[1.0, 0.0]]]


# ---- decisions


def test_given_outputs_when_decided_then_classes_and_values_are_as_each_loss_says() -> None:
    probability, signed = np.array([[0.2, 0.5, 0.9]]), np.array([[-0.5, 0.0, 0.75]])
    binary, values, signs = BinaryCrossEntropy(), SquaredError(), SquaredError(classes=2)
    assert binary.predictions(probability).tolist() == [0, 1, 1]
    assert signs.predictions(signed).tolist() == [0, 1, 1]
    assert signs.predictions(signed).dtype == np.uint8
    assert values.predictions(signed).tolist() == [-0.5, 0.0, 0.75]
    assert CrossEntropy(2).predictions(np.array([[0.3, 0.6], [0.7, 0.4]])).tolist() == [1, 0]


def test_given_outputs_when_asked_for_probabilities_then_there_is_a_row_for_each_class() -> None:
    binary, signs = BinaryCrossEntropy(), SquaredError(classes=2)
    assert binary.probabilities(np.array([[0.25, 1.0]])).tolist() == [[0.75, 0.0], [0.25, 1.0]]
    assert signs.probabilities(np.array([[-0.5, 1.0]])).tolist() == [[0.75, 0.0], [0.25, 1.0]]
    several = np.array([[0.3], [0.6], [0.1]])
    assert CrossEntropy(3).probabilities(several).tolist() == several.tolist()
    assert SquaredError().probabilities(np.zeros((1, 5))).shape == (0, 5)


# ---- which loss


@pytest.mark.parametrize(
    ("name", "outputs", "regression", "found", "activation", "classes"),
    [
        ("auto", 1, False, "binary_cross_entropy", "sigmoid", 2),
        ("cross_entropy", 1, False, "binary_cross_entropy", "sigmoid", 2),
        ("auto", 3, False, "cross_entropy", "softmax", 3),
        ("squared_error", 1, False, "squared_error", "tanh", 2),
        ("half_squared_error", 1, False, "half_squared_error", "tanh", 2),
        ("auto", 1, True, "squared_error", "none", 0),
        ("half_squared_error", 1, True, "half_squared_error", "none", 0),
    ],
)
def test_given_what_is_learnt_when_asked_for_a_loss_then_it_fits(
    name: str, outputs: int, regression: bool, found: str, activation: str, classes: int
) -> None:
    loss = loss_for(name, outputs, regression=regression)
    assert (loss.name, loss.activation, loss.classes) == (found, activation, classes)


@pytest.mark.parametrize(
    ("name", "outputs", "regression", "problem"),
    [
        ("cross_entropy", 1, True, "a regression takes one of squared_error, half_squared_error"),
        ("squared_error", 3, False, "more than two classes take cross_entropy"),
        ("half_squared_error", 3, False, "more than two classes take cross_entropy"),
        ("binary_cross_entropy", 3, False, "more than two classes take cross_entropy"),
        ("hinge", 1, False, "is not one of cross_entropy, squared_error, half_squared_error"),
    ],
)
def test_given_what_is_learnt_when_a_loss_does_not_fit_then_it_is_refused(
    name: str, outputs: int, regression: bool, problem: str
) -> None:
    with pytest.raises(ConfigError, match=problem):
        loss_for(name, outputs, regression=regression)


def test_given_a_last_activation_when_asked_for_its_loss_then_there_is_one_for_each() -> None:
    names = [loss_of_output(name, 1).name for name in ("sigmoid", "none", "tanh")]
    assert names == ["binary_cross_entropy", "squared_error", "squared_error"]
    assert loss_of_output("softmax", 5).classes == 5
    with pytest.raises(ConfigError, match="3 outputs with 'sigmoid'"):
        loss_of_output("sigmoid", 3)
