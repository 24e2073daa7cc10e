"""The activations and their derivatives, against values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Array
from engine.config.activation_names import ACTIVATIONS
from engine.errors import ConfigError
from engine.network.activations import activation_named


def value_and_derivative(name: str, z: list[float]) -> tuple[Array, Array]:
    """f(z), and dL/dz where dL/da is 1 everywhere."""
    pre_activation = np.array([z])
    slope, a, da = (np.empty_like(pre_activation) for _ in range(3))
    da[...] = 1.0
    activation = activation_named(name)
    with np.errstate(over="ignore"):
        for operation in activation.forward(pre_activation, slope, a):
            operation()
        for operation in activation.backward(a, slope, da):
            operation()
    return a[0], da[0]


def test_given_z_on_both_sides_of_zero_when_relu_is_applied_then_a_twentieth_leaks_below() -> None:
    a, _ = value_and_derivative("relu", [-40.0, -2.0, 0.0, 2.0, 40.0])
    assert a.tolist() == [-2.0, -0.1, 0.0, 2.0, 40.0]


def test_given_z_up_to_zero_when_relu_is_derived_then_the_slope_is_the_leak() -> None:
    """Given z = 0, when going back, then its slope is 0.05 and not 1."""
    _, derivative = value_and_derivative("relu", [-2.0, -0.0, 0.0, 2.0])
    assert derivative.tolist() == [0.05, 0.05, 0.05, 1.0]


@pytest.mark.parametrize("size", [1e-300, 1e-9, 1e9, 1e300])
def test_given_any_magnitude_when_relu_is_applied_then_it_is_exact(size: float) -> None:
    """Given z very small or very large, then relu has still only two slopes."""
    a, derivative = value_and_derivative("relu", [-size, size])
    assert a.tolist() == pytest.approx([-0.05 * size, size], rel=1e-15, abs=0.0)
    assert derivative.tolist() == [0.05, 1.0]


def test_given_known_z_when_sigmoid_is_applied_then_it_has_its_known_values() -> None:
    """Given z = 0, ln 3 and -ln 3, then sigmoid is 1/2, 3/4 and 1/4, its slopes 1/4, 3/16, 3/16."""
    a, derivative = value_and_derivative("sigmoid", [0.0, 1.0986122886681098, -1.0986122886681098])
    assert a.tolist() == pytest.approx([0.5, 0.75, 0.25], abs=1e-15)
    assert derivative.tolist() == pytest.approx([0.25, 0.1875, 0.1875], abs=1e-15)


def test_given_z_far_out_when_sigmoid_is_applied_then_it_saturates_without_nan() -> None:
    """Given z far out, then sigmoid is exactly 0 or 1 and flat."""
    a, derivative = value_and_derivative("sigmoid", [-1000.0, 1000.0])
    assert a.tolist() == [0.0, 1.0]
    assert derivative.tolist() == [0.0, 0.0]


def test_given_any_z_when_no_activation_is_applied_then_it_comes_back() -> None:
    """Given any z, when no activation is asked for, then a = z with slope 1."""
    a, derivative = value_and_derivative("none", [-3.5, 0.0, 7.25])
    assert a.tolist() == [-3.5, 0.0, 7.25]
    assert derivative.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("name", [*ACTIVATIONS, "relu:0", "softmax"])
def test_given_one_array_for_z_and_a_when_applied_then_value_and_derivative_are_the_same(
    name: str,
) -> None:
    """Given one array for z and a, as the trainer has it, then value and derivative are the same."""
    z = [-2.5, -0.3, 0.0, 0.7, 3.0]
    apart, derivative_apart = value_and_derivative(name, z)
    shared, slope, da = np.array([z]), np.empty((1, 5)), np.ones((1, 5))
    activation = activation_named(name)
    for operation in activation.forward(shared, slope, shared):
        operation()
    for operation in activation.backward(shared, slope, da):
        operation()
    assert shared[0].tolist() == apart.tolist()
    assert da[0].tolist() == derivative_apart.tolist()


def test_given_an_unknown_activation_when_asked_for_then_it_is_refused_with_the_known_names() -> (
    None
):
    with pytest.raises(ConfigError, match=r"'swish'.*relu, relu:SLOPE, tanh"):
        activation_named("swish")


@pytest.mark.parametrize("name", [*ACTIVATIONS, "relu:0", "relu:0.7", "softmax"])
def test_given_a_name_when_asked_for_then_the_activation_has_it(name: str) -> None:
    assert activation_named(name).name == name


def test_given_another_way_to_write_it_when_asked_for_then_it_is_the_default_relu() -> None:
    assert activation_named("relu:0.05").name == "relu"


def test_given_relu_when_bound_then_it_takes_three_calls_forward_and_one_back() -> None:
    arrays = [np.zeros((2, 3)) for _ in range(3)]
    relu = activation_named("relu")
    assert [len(relu.forward(*arrays)), len(relu.backward(*arrays))] == [3, 1]


@given(st.sampled_from([*ACTIVATIONS, "relu:0"]), st.lists(st.floats(-1e300, 1e300), min_size=1))
def test_given_any_z_when_an_activation_is_applied_then_value_and_derivative_are_numbers(
    name: str, z: list[float]
) -> None:
    with np.errstate(all="ignore"):
        a, derivative = value_and_derivative(name, z)
    assert np.isfinite(a).all()
    assert np.isfinite(derivative).all()


@pytest.mark.parametrize(
    ("name", "word", "z", "idle"),
    [
        ("relu", "dead", [-3.0, -0.001, 0.0, 0.001], [True, True, True, False]),
        ("relu:0", "dead", [-3.0, -0.001, 0.0, 0.001], [True, True, True, False]),
        # sigmoid(4.595) = 0.99, tanh(2.647) = 0.99
        ("sigmoid", "saturated", [-4.6, -4.5, 0.0, 4.5, 4.6], [True, False, False, False, True]),
        ("tanh", "saturated", [-2.7, -2.6, 0.0, 2.6, 2.7], [True, False, False, False, True]),
        ("elu", "saturated", [-4.7, -4.5, 0.0, 9.0], [True, False, False, False]),
        ("softplus", "dead", [-4.7, -4.5, 0.0, 9.0], [True, False, False, False]),
        # flat around their least value, too, where they are not near 0
        ("gelu", "dead", [-5.0, -3.2, -2.0, -0.75, 0.0, 3.0], [True, True, *[False] * 4]),
        ("silu", "dead", [-9.0, -6.9, -4.0, -1.28, 0.0, 3.0], [True, True, *[False] * 4]),
        ("sine", "", [-9.0, 0.0, np.pi / 2.0], [False] * 3),
        ("none", "", [-9.0, 0.0, 9.0], [False] * 3),
    ],
)
def test_given_z_when_asked_whether_a_node_is_idle_then_it_is_where_no_gradient_passes(
    name: str, word: str, z: list[float], idle: list[bool]
) -> None:
    activation = activation_named(name)
    a = np.array([z])
    slope = np.empty_like(a)
    for operation in activation.forward(a, slope, a):
        operation()
    assert activation.idle(a, slope).tolist() == [idle]
    assert activation.idle_word == word
