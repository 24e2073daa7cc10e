"""The update rules, against derivatives and an independent loop.

That both reproduce the recorded run is in test_neural_network.py.
"""

from itertools import pairwise

import numpy as np
import pytest

from engine.arrays import Array
from engine.network.cache import Cache
from engine.network.losses import binary_cross_entropy
from engine.network.neural_network import NeuralNetwork

Layers = list[tuple[Array, Array]]
"""Weights (or their gradient) and biases of every layer."""


def flat(layers: Layers) -> Array:
    """All numbers in a row, so that they can be compared at once."""
    return np.concatenate([part.ravel() for layer in layers for part in layer])


def assign(network: NeuralNetwork, parameters: Layers) -> None:
    for layer, (weights, biases) in zip(network.layers, parameters, strict=True):
        layer.weights[...] = weights
        layer.biases[...] = biases


def parameters_of(network: NeuralNetwork) -> Array:
    return flat([(layer.weights, layer.biases) for layer in network.layers])


def gradients_of(cache: Cache) -> Array:
    return flat([(cache.dw[i], cache.db[i]) for i in range(len(cache.layers))])


def assert_close(found: Array, expected: Array, tolerance: float) -> None:
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=tolerance)


# ---- `exact` against derivatives


def network_with_probabilities(depth: int, hidden: str, output: str, x: Array) -> NeuralNetwork:
    """A network whose predictions for `x` lie within 0.4 and 0.6, whatever the activations."""
    sizes = [*[4, 3, 5][: depth - 1], 1]
    activations = [hidden] * (depth - 1) + [output]
    network = NeuralNetwork(2, sizes, activations, np.random.default_rng(depth))
    for layer in network.layers[:-1]:
        layer.biases[...] = np.linspace(-0.5, 0.5, layer.num_nodes)
    last = network.layers[-1]
    last.biases[...] = 0.0
    _, cache = network.forward(x)
    last.weights[...] *= 0.1 / np.abs(cache.z[depth - 1]).max()
    last.biases[...] = 0.5
    return network


def central_differences(network: NeuralNetwork, x: Array, y: Array) -> Layers:
    """dL/dp for every parameter p as (L(p + h) - L(p - h)) / 2h."""
    h = 1e-6

    def slope(parameters: Array) -> Array:
        result = np.empty(parameters.shape)
        for index in np.ndindex(parameters.shape):
            middle, losses = parameters[index], []
            for shifted in (middle + h, middle - h):
                parameters[index] = shifted
                losses.append(binary_cross_entropy(network.forward(x)[0], y))
            parameters[index] = middle
            result[index] = (losses[0] - losses[1]) / (2.0 * h)
        return result

    return [(slope(layer.weights), slope(layer.biases)) for layer in network.layers]


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("output", ["sigmoid", "relu", "none"])
@pytest.mark.parametrize("hidden", ["relu", "sigmoid", "none"])
def test_given_the_exact_rule_when_going_back_then_gradients_are_the_derivatives_of_the_loss(
    depth: int, hidden: str, output: str
) -> None:
    """Given any activations and 1 to 4 layers, then dw and db agree with central differences."""
    rng = np.random.default_rng(7)
    x = 0.3 * rng.normal(size=(2, 8))
    y = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0])
    network = network_with_probabilities(depth, hidden, output, x)
    expected = central_differences(network, x, y)
    for dw, _ in expected:
        assert 1e-4 < np.abs(dw).max() < 1.0  # clipping would hide a difference, and so would zeros
    before = parameters_of(network)
    _, cache = network.forward(x)
    found = gradients_of(network.backward(cache, y, alpha=0.5))
    assert_close(found, flat(expected), 1e-8)
    assert_close(parameters_of(network), before - 0.5 * found, 1e-15)


@pytest.mark.parametrize("seed", range(5))
def test_given_the_exact_rule_and_one_layer_when_going_back_then_gradients_have_their_closed_form(
    seed: int,
) -> None:
    """Given one sigmoid layer, then dL/dW = (1/N) (a - y) X^T and dL/db = (1/N) sum of (a - y)."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(3, 20)), (rng.random(20) < 0.5).astype(np.float64)
    network = NeuralNetwork(3, [1], ["sigmoid"], rng)
    predictions, cache = network.forward(x)
    network.backward(cache, y, alpha=0.25)
    error = (predictions - y)[np.newaxis, :]
    assert_close(gradients_of(cache), flat([(error @ x.T / 20.0, error.sum(axis=1) / 20.0)]), 1e-15)


@pytest.mark.parametrize("large", [100.0, 2.5])
def test_given_the_exact_rule_when_gradients_are_large_then_they_are_clipped_to_one(
    large: float,
) -> None:
    """Given dL/dW = (50, -50, 0.25) or (1.25, -1.25, 0.25), then only the first two are cut."""
    network = NeuralNetwork(3, [1], ["sigmoid"], np.random.default_rng(0))
    assign(network, [(np.zeros((1, 3)), np.zeros(1))])
    _, cache = network.forward(np.array([large, -large, 0.5]))  # a = 1/2
    network.backward(cache, np.array([0.0]), alpha=0.125)
    assert cache.dw[0].tolist() == [[1.0, -1.0, 0.25]]
    assert cache.db[0].tolist() == [0.5]
    assert network.layers[0].weights.tolist() == [[-0.125, 0.125, -0.03125]]
    assert network.layers[0].biases.tolist() == [-0.0625]


def test_given_the_exact_rule_when_a_gradient_is_nan_then_it_becomes_zero() -> None:
    """Given one input at infinity where a - y = 0, then its weight alone is left where it was."""
    network = NeuralNetwork(2, [1], ["sigmoid"], np.random.default_rng(0))
    assign(network, [(np.array([[0.0, 1.0]]), np.zeros(1))])
    x = np.array([[1.0, 2.0], [np.inf, 0.0]])
    predictions, cache = network.forward(x)
    assert predictions.tolist() == [1.0, 0.5]
    network.backward(cache, np.array([1.0, 0.0]), alpha=1.0)
    # dz = (0, 1/4): dW = (0 * 1 + 1/4 * 2, 0 * inf + 1/4 * 0), db = 1/4
    assert cache.dw[0].tolist() == [[0.5, 0.0]]
    assert cache.db[0].tolist() == [0.25]
    assert network.layers[0].weights.tolist() == [[-0.5, 1.0]]


# ---- `article` against its description, element by element


def per_sample(value: float) -> float:
    """NaN to 0, then clipped to [-1, 1]."""
    return 0.0 if np.isnan(value) else float(min(max(value, -1.0), 1.0))


def slope_of(name: str, z: float, a: float) -> float:
    """f'(z)."""
    if name == "relu":
        return 0.05 if z <= 0.0 else 1.0
    return a * (1.0 - a) if name == "sigmoid" else 1.0


def article_gradients(network: NeuralNetwork, x: Array, y: Array) -> Array:
    """What the article's code computes, by loops; every bias of a layer gets one number."""
    _, cache = network.forward(x)
    samples = x.shape[1]
    a_out = cache.a[len(network.layers) - 1]
    da: list[list[float]] = [
        [-y[n] / a_out[0, n] + (1.0 - y[n]) / (1.0 - a_out[0, n]) for n in range(samples)]
    ]
    result: Layers = []
    for index in reversed(range(len(network.layers))):
        layer, below = network.layers[index], cache.a[index - 1]
        name = layer.activation.name
        dw, db = np.zeros((layer.num_nodes, layer.num_inputs)), 0.0
        da_below = [[0.0] * samples for _ in range(layer.num_inputs)]
        for n in range(samples):
            for j in range(layer.num_nodes):
                dz = slope_of(name, cache.z[index][j, n], cache.a[index][j, n]) * da[j][n]
                db += per_sample(dz / samples)
                for i in range(layer.num_inputs):
                    element = per_sample(below[i, n] * dz / samples)
                    dw[j, i] += element
                    da_below[i][n] += element
        result.insert(0, (dw, np.full(layer.num_nodes, db)))
        da = da_below
    return flat(result)


@pytest.mark.parametrize("output", ["sigmoid", "none"])
@pytest.mark.parametrize("hidden", ["relu", "sigmoid", "none"])
@pytest.mark.parametrize("spread", [1.0, 60.0], ids=["small inputs", "large inputs"])
def test_given_the_articles_rule_when_going_back_then_it_does_what_the_loops_do(
    hidden: str, output: str, spread: float
) -> None:
    """Given inputs too small or large enough for clipping, then gradients and update agree."""
    rng = np.random.default_rng(5)
    x, y = spread * rng.normal(size=(2, 6)), np.array([0.0, 1.0, 1.0, 0.0, 1.0, 0.0])
    network = NeuralNetwork(2, [4, 3, 1], [hidden, hidden, output], rng, "article")
    before = parameters_of(network)
    with np.errstate(all="ignore"):
        expected = article_gradients(network, x, y)
    _, cache = network.forward(x)
    network.backward(cache, y, alpha=0.25, rule="article")
    assert_close(gradients_of(cache), expected, 1e-13)
    assert_close(parameters_of(network), before - 0.25 * expected, 1e-13)


def test_given_the_articles_rule_when_clipping_then_it_clips_every_sample_and_not_their_sum() -> (
    None
):
    """Given products of 2, 2 and -1/4 before the sum, then the gradient is 1 + 1 - 1/4."""
    network = NeuralNetwork(1, [1], ["sigmoid"], np.random.default_rng(0))
    assign(network, [(np.zeros((1, 1)), np.zeros(1))])
    _, cache = network.forward(np.array([[16.0, 16.0, -2.0, 0.0]]))  # a = 1/2, dz = 1/2
    network.backward(cache, np.zeros(4), alpha=1.0, rule="article")
    assert cache.dw[0].tolist() == [[1.75]]
    assert network.layers[0].weights.tolist() == [[-1.75]]
    assert cache.db[0].tolist() == [0.5]  # 4 times 1/8


def test_given_the_articles_rule_when_only_the_bias_gradient_is_large_then_it_alone_is_clipped() -> (
    None
):
    """Given dz = -128 and an input of 1/256, then dW is -1/2 as it is and db is cut to -1."""
    network = NeuralNetwork(1, [1], ["none"], np.random.default_rng(0))
    assign(network, [(np.zeros((1, 1)), np.array([1.0 / 128.0]))])
    _, cache = network.forward(np.array([1.0 / 256.0]))  # a = 1/128, da = -1/a
    network.backward(cache, np.array([1.0]), alpha=0.25, rule="article")
    assert cache.dw[0].tolist() == [[-0.5]]
    assert cache.db[0].tolist() == [-1.0]


def test_given_the_articles_rule_when_products_are_clipped_then_those_are_handed_down() -> None:
    """Given an upper layer whose products are clipped, then da below is 1 and not 100."""
    network = NeuralNetwork(1, [1, 1], ["none", "sigmoid"], np.random.default_rng(0))
    assign(network, [(np.array([[200.0]]), np.zeros(1)), (np.zeros((1, 1)), np.zeros(1))])
    _, cache = network.forward(np.array([1.0 / 4.0]))  # a = 50, then 1/2; product 50 * 1/2 = 25
    network.backward(cache, np.array([0.0]), alpha=1.0, rule="article")
    assert cache.dw[1].tolist() == [[1.0]]
    assert cache.dw[0].tolist() == [[0.25]]
    assert cache.db[0].tolist() == [1.0]


def test_given_the_articles_rule_when_updated_then_all_biases_of_a_layer_move_by_one_number() -> (
    None
):
    network = NeuralNetwork(2, [4, 3, 1], ["relu", "relu", "sigmoid"], np.random.default_rng(1))
    for layer in network.layers:
        layer.biases[...] = np.arange(layer.num_nodes)
    _, cache = network.forward(np.array([[0.5, -1.0], [0.25, 2.0]]))
    network.backward(cache, np.array([1.0, 0.0]), alpha=0.25, rule="article")
    for layer in network.layers:
        steps = [after - before for before, after in pairwise(layer.biases.tolist())]
        assert steps == pytest.approx([1.0] * (layer.num_nodes - 1), abs=1e-14)
        assert layer.biases[0] != 0.0


def test_given_the_articles_rule_when_a_gradient_is_nan_then_it_is_taken_for_zero() -> None:
    """Given a prediction of exactly 1 with y = 1, then that sample, 0/0, moves nothing."""
    network = NeuralNetwork(1, [1], ["sigmoid"], np.random.default_rng(0))
    assign(network, [(np.ones((1, 1)), np.zeros(1))])
    x, y = np.array([[1000.0, 0.0]]), np.array([1.0, 0.0])
    predictions, cache = network.forward(x)
    assert predictions.tolist() == [1.0, 0.5]
    network.backward(cache, y, alpha=1.0, rule="article")
    assert cache.dw[0].tolist() == [[0.0]]
    assert cache.db[0].tolist() == [0.25]  # (1/2) (1/2) of the other sample


@pytest.mark.parametrize(
    ("prediction", "label", "gradient"),
    [
        (0.0, 1.0, -1.0),
        pytest.param(
            1.0,
            0.0,
            1.0,
        ),
    ],
)
def test_given_the_articles_rule_when_a_prediction_is_certain_and_wrong_then_it_is_turned_round(
    prediction: float, label: float, gradient: float
) -> None:
    """Given no sigmoid and exactly 0 or 1 on the wrong side, then da is infinite the right way."""
    network = NeuralNetwork(1, [1], ["none"], np.random.default_rng(0))
    assign(network, [(np.zeros((1, 1)), np.array([prediction]))])
    _, cache = network.forward(np.array([3.0]))
    network.backward(cache, np.array([label]), alpha=0.25, rule="article")
    assert cache.dw[0].tolist() == [[gradient]]
    assert cache.db[0].tolist() == [gradient]
