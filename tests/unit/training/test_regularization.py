"""Penalties: which parameters are charged, what soft thresholding leaves, when L2 makes weights grow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array, constant
from engine.config.l2_warning import greatest_shrinking
from engine.training.optimizers import optimizer_named
from engine.training.regularization import charges, l1_operations, with_l2

finite = st.floats(-1e6, 1e6)


def thresholded(parameters: Array, charge: Array, alpha: float) -> Array:
    result = parameters.copy()
    for operation in l1_operations(result, charge, constant(alpha), np.empty(result.size)):
        operation()
    return result


def test_given_layers_when_charged_then_every_weight_is_and_no_bias() -> None:
    values = charges([(2, 3), (1, 3)], 0.5)

    assert values.tolist() == [0.5, 0.5, 0.0, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0]


def test_given_l2_when_added_then_the_gradient_of_the_loss_is_kept_beside_it() -> None:
    gradient = np.array([1.0, -1.0, 0.5])
    penalized, operations = with_l2(np.array([2.0, 4.0, 8.0]), gradient, charges([(1, 3)], 0.25))
    for operation in operations:
        operation()

    assert penalized.tolist() == [1.5, 0.0, 0.5]
    assert gradient.tolist() == [1.0, -1.0, 0.5]


def test_given_no_l2_when_added_then_the_gradient_is_taken_as_it_is() -> None:
    gradient = np.ones(3)
    penalized, operations = with_l2(np.ones(3), gradient, None)

    assert penalized is gradient
    assert operations == []


def test_given_weights_when_thresholded_then_each_comes_nearer_to_zero_and_stops_there() -> None:
    weights = np.array([1.0, -1.0, 0.25, -0.25, 0.125, 0.0, 3.0])
    charge = np.array([0.5] * 6 + [0.0])

    assert thresholded(weights, charge, 0.5).tolist() == [0.75, -0.75, 0.0, 0.0, 0.0, 0.0, 3.0]


def test_given_a_weight_at_zero_when_its_gradient_is_above_l1_then_it_comes_back() -> None:
    """An update of -alpha g, then the threshold: 0 while |g| <= l1, alpha (|g| - l1) beyond."""
    after_update = np.array([0.0 - 0.1 * gradient for gradient in (0.5, -0.5, 2.0, -2.0)])
    found = thresholded(after_update, np.full(4, 1.0), 0.1)

    assert found.tolist() == pytest.approx([0.0, 0.0, -0.1, 0.1], abs=1e-15)
    assert found[:2].tolist() == [0.0, 0.0]


def test_given_alpha_changed_when_thresholded_again_then_the_new_one_holds() -> None:
    weights, alpha = np.array([1.0]), constant(0.5)
    operations = l1_operations(weights, np.array([0.5]), alpha, np.empty(1))
    for value in (0.5, 1.0):
        alpha[()] = value
        for operation in operations:
            operation()

    assert weights.tolist() == [0.25]


@settings(deadline=None)
@given(st.lists(finite, min_size=1, max_size=8), st.floats(0.0, 10.0), st.floats(1e-6, 10.0))
def test_given_any_weights_when_thresholded_then_the_formula_holds(
    values: list[float], l1: float, alpha: float
) -> None:
    weights = np.array(values)
    expected = np.sign(weights) * np.maximum(np.abs(weights) - alpha * l1, 0.0)

    assert thresholded(weights, np.full(weights.size, l1), alpha).tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("optimizer", "momentum", "nesterov"),
    [
        ("sgd", 0.0, False),
        ("sgd", 0.5, False),
        ("sgd", 0.9, False),
        ("sgd", 0.9, True),
        ("adamw", 0.0, False),
    ],
)
@pytest.mark.parametrize(("share", "grows"), [(0.99, False), (1.01, True)])
def test_given_alpha_and_l2_around_the_limit_when_followed_then_weights_shrink_below_it_alone(
    optimizer: str, momentum: float, nesterov: bool, share: float, grows: bool
) -> None:
    """Given no gradient but that of the penalty, over 3,000 updates."""
    alpha = 0.5
    l2 = share * greatest_shrinking(optimizer, momentum, nesterov) / alpha
    chosen = optimizer_named(
        optimizer, momentum=momentum, nesterov=nesterov, decay=np.array([l2, l2])
    )
    weights, change = np.ones(2), np.zeros(2)
    operations = chosen.operations(
        weights, np.zeros(2), change, np.zeros((chosen.slots, 2)), constant(0.0), constant(alpha)
    )
    for _ in range(3000):
        for operation in operations:
            operation()
        weights -= change

    assert (abs(weights[0]) > 1.0) == grows
