"""The update rules, by hand and against an independent loop.

That both reproduce the recorded run is in test_neural_network.py, that the exact one gives the
derivatives in test_derivatives.py.
"""

from itertools import pairwise

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import ConfigError
from engine.network.cache import Cache
from engine.network.losses import BinaryCrossEntropy, SquaredError
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


# ---- `exact` by hand


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
    network.backward(cache, y, alpha=0.25, rule="article", loss=BinaryCrossEntropy())
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
    network.backward(cache, np.array([1.0]), alpha=0.25, rule="article", loss=BinaryCrossEntropy())
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
    network.backward(
        cache, np.array([label]), alpha=0.25, rule="article", loss=BinaryCrossEntropy()
    )
    assert cache.dw[0].tolist() == [[gradient]]
    assert cache.db[0].tolist() == [gradient]


@pytest.mark.parametrize(
    ("sizes", "output", "dropout"),
    [([3, 3], "softmax", False), ([3, 1], "none", False), ([3, 1], "sigmoid", True)],
)
def test_given_what_the_articles_rule_has_no_meaning_for_when_bound_then_it_is_refused(
    sizes: list[int], output: str, dropout: bool
) -> None:
    network = NeuralNetwork(2, sizes, ["relu", output], np.random.default_rng(0))
    cache = network.make_cache(4, dropout=dropout)
    with pytest.raises(ConfigError, match=r"^rule: article: "):
        network.backward(cache, np.zeros(4), alpha=0.25, rule="article")


def test_given_a_loss_that_is_not_of_the_last_activation_when_bound_then_both_are_named() -> None:
    network = NeuralNetwork(2, [1], ["sigmoid"], np.random.default_rng(0))
    cache = network.make_cache(4)
    with pytest.raises(ConfigError, match=r"squared_error needs .* none, not sigmoid"):
        network.backward(cache, np.zeros(4), alpha=0.25, loss=SquaredError())


def test_given_a_last_activation_without_a_loss_when_going_back_then_it_is_refused() -> None:
    network = NeuralNetwork(2, [1], ["relu"], np.random.default_rng(0))
    cache = network.make_cache(4)
    with pytest.raises(ConfigError, match=r"loss: none is known for 1 outputs with 'relu'"):
        network.backward(cache, np.zeros(4), alpha=0.25)
