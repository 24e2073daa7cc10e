"""How a layer's first parameters are drawn."""

import numpy as np
import pytest

from engine.config.names import INITIALIZATIONS
from engine.errors import ConfigError
from engine.network.initializers import initializer_named
from engine.network.layer import FullyConnected


def drawn(initialization: str, inputs: int, nodes: int, seed: int = 0) -> FullyConnected:
    rng = np.random.default_rng(seed)
    return FullyConnected(inputs, nodes, "tanh", rng, initialization)  # type: ignore[arg-type]  # a plain str


def test_given_glorot_when_drawn_then_weights_are_uniform_within_its_limit_and_biases_0() -> None:
    """Given 100 inputs and 50 nodes, then weights lie within sqrt(6 / 150) = 0.2 of 0, evenly."""
    layer = drawn("glorot", 100, 50)
    assert 0.199 < layer.weights.max() <= 0.2
    assert -0.2 <= layer.weights.min() < -0.199
    assert layer.weights.std() == pytest.approx(0.2 / 3.0**0.5, rel=0.02)
    assert layer.biases.tolist() == [0.0] * 50


def test_given_pytorch_when_drawn_then_weights_and_biases_are_uniform_within_its_limit() -> None:
    """Given 100 inputs, then both lie within 1 / sqrt(100) = 0.1 of 0, evenly."""
    layer = drawn("pytorch", 100, 1000)
    for values in (layer.weights, layer.biases):
        assert 0.099 < values.max() <= 0.1
        assert -0.1 <= values.min() < -0.099
        assert values.std() == pytest.approx(0.2 / 12.0**0.5, rel=0.05)


def test_given_uniform_when_drawn_then_weights_are_within_one_half_and_biases_a_tenth() -> None:
    layer = drawn("uniform", 100, 50)
    assert 0.499 < layer.weights.max() <= 0.5
    assert -0.5 <= layer.weights.min() < -0.499
    assert layer.weights.std() == pytest.approx(1.0 / 12.0**0.5, rel=0.02)
    assert layer.biases.tolist() == [0.1] * 50


def test_given_zeros_when_drawn_then_all_parameters_are_0() -> None:
    assert drawn("zeros", 3, 2).parameters.tolist() == [[0.0] * 4, [0.0] * 4]


@pytest.mark.parametrize(
    ("initialization", "first", "bias"),
    [("he", 0.12573022, 0.0), ("article", -0.87426978, -1.53566937)],
)
def test_given_a_seed_when_drawn_then_the_first_figures_are_those_of_every_version(
    initialization: str, first: float, bias: float
) -> None:
    """Given 2 inputs and seed 0, then weights come before biases, row by row."""
    layer = drawn(initialization, 2, 2)
    assert layer.weights[0, 0] == pytest.approx(first, abs=1e-8)
    assert layer.biases[0] == pytest.approx(bias, abs=1e-8)


@pytest.mark.parametrize("initialization", INITIALIZATIONS)
def test_given_one_seed_when_drawn_twice_then_the_parameters_are_the_same(
    initialization: str,
) -> None:
    one, same = drawn(initialization, 3, 4), drawn(initialization, 3, 4)
    assert one.parameters.tolist() == same.parameters.tolist()


def test_given_an_unknown_name_when_asked_for_then_the_known_ones_are_named() -> None:
    with pytest.raises(ConfigError, match=r"'ones'.*he, glorot, pytorch, article, uniform, zeros"):
        initializer_named("ones")  # type: ignore[arg-type]  # wrong on purpose
