"""The exact rule against central differences: every activation, loss and depth."""

import numpy as np
import pytest

from engine.arrays import Array
from engine.network.cache import Cache
from engine.network.gradients import gradient_operations, rule_named
from engine.network.losses import Loss, loss_for, mean_loss
from engine.network.neural_network import NeuralNetwork

HIDDEN = ["relu", "relu:0", "relu:0.3", "tanh", "sigmoid", "elu", "gelu", "silu", "softplus"]
HIDDEN += ["sine", "none"]
LOSSES = {
    "binary_cross_entropy": loss_for("binary_cross_entropy", 1, regression=False),
    "cross_entropy": loss_for("cross_entropy", 4, regression=False),
    "squared_error": loss_for("squared_error", 1, regression=True),
    "half_squared_error": loss_for("half_squared_error", 1, regression=True),
    "squared_error of classes": loss_for("squared_error", 1, regression=False),
    "half_squared_error of classes": loss_for("half_squared_error", 1, regression=False),
}


def made_network(depth: int, hidden: str, loss: Loss) -> NeuralNetwork:
    """A network with `depth` hidden layers."""
    outputs = loss.classes if loss.classes > 2 else 1
    sizes = [*[4, 3, 5, 4][:depth], outputs]
    activations = [*[hidden] * depth, loss.activation]
    network = NeuralNetwork(2, sizes, activations, np.random.default_rng(depth))
    for layer in network.layers:
        layer.biases[...] = np.linspace(-0.5, 0.6, layer.num_nodes)  # none 0, where relu has a kink
    return network


def labels_for(loss: Loss, samples: int) -> Array:
    if loss.classes:
        return np.arange(samples, dtype=np.float64) % loss.classes
    return np.random.default_rng(3).normal(size=samples)


def loss_of(cache: Cache, targets: Array, loss: Loss) -> float:
    for operation in cache.forward_operations:
        operation()
    return mean_loss(loss, cache.output_z, cache.output_a, targets)


def central_differences(network: NeuralNetwork, cache: Cache, targets: Array, loss: Loss) -> Array:
    """dL/dp for every parameter p as (L(p + h) - L(p - h)) / 2h."""
    h, slopes = 1e-6, np.empty(network.parameters.size)
    for index, middle in enumerate(network.parameters.tolist()):
        network.parameters[index] = middle + h
        above = loss_of(cache, targets, loss)
        network.parameters[index] = middle - h
        below = loss_of(cache, targets, loss)
        network.parameters[index] = middle
        slopes[index] = (above - below) / (2.0 * h)
    return slopes


def gradient_of(cache: Cache, targets: Array, loss: Loss) -> Array:
    loss_of(cache, targets, loss)
    for operation in gradient_operations(rule_named("exact"), cache, targets, loss):
        operation()
    return cache.gradient


def assert_derivatives(network: NeuralNetwork, cache: Cache, loss: Loss) -> None:
    targets = loss.targets(labels_for(loss, cache.batch))
    expected = central_differences(network, cache, targets, loss)
    assert np.abs(expected).max() > 1e-3
    np.testing.assert_allclose(gradient_of(cache, targets, loss), expected, rtol=0.0, atol=2e-8)


@pytest.mark.parametrize("keep_z", [True, False])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_given_any_activation_and_depth_when_going_back_then_gradients_are_the_derivatives(
    hidden: str, depth: int, keep_z: bool
) -> None:
    loss = LOSSES["binary_cross_entropy"]
    network = made_network(depth, hidden, loss)
    cache = network.make_cache(8, keep_z=keep_z)
    cache.inputs[...] = np.random.default_rng(7).normal(size=(2, 8))
    assert_derivatives(network, cache, loss)


@pytest.mark.parametrize("samples", [1, 2, 9])
@pytest.mark.parametrize("depth", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("name", LOSSES)
def test_given_any_loss_depth_and_batch_when_going_back_then_gradients_are_the_derivatives(
    name: str, depth: int, samples: int
) -> None:
    loss = LOSSES[name]
    network = made_network(depth, "tanh", loss)
    cache = network.make_cache(samples)
    cache.inputs[...] = np.random.default_rng(samples).normal(size=(2, samples))
    assert_derivatives(network, cache, loss)


@pytest.mark.parametrize("keep_z", [True, False])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_given_dropout_when_going_back_then_gradients_are_those_with_these_masks(
    hidden: str, keep_z: bool
) -> None:
    """Given masks of 0 and 2, then every activation's derivative is taken of what it gave."""
    loss = LOSSES["cross_entropy"]
    network = made_network(2, hidden, loss)
    cache = network.make_cache(9, keep_z=keep_z, dropout=True)
    rng = np.random.default_rng(11)
    cache.inputs[...] = rng.normal(size=(2, 9))
    for layer in cache.layers[:-1]:
        assert layer.mask is not None
        layer.mask[...] = 2.0 * (rng.random(layer.mask.shape) < 0.6)
    assert_derivatives(network, cache, loss)


@pytest.mark.parametrize("output", ["softmax", "tanh", "sigmoid"])
def test_given_any_derivative_of_a_when_going_through_a_last_activation_then_it_is_that_of_z(
    output: str,
) -> None:
    """Given L = sum of c * a with any c, then dL/dz agrees with central differences."""
    network = NeuralNetwork(2, [3], [output], np.random.default_rng(0))
    layer, (a, slope) = network.layers[0], (np.empty((3, 4)), np.empty((3, 4)))
    z, c = np.random.default_rng(1).normal(size=(2, 3, 4))

    def value() -> float:
        for operation in layer.activation.forward(z, slope, a):
            operation()
        return float(np.sum(c * a))

    expected = np.empty_like(z)
    for index in np.ndindex(z.shape):
        middle, values = z[index], []
        for shifted in (middle + 1e-6, middle - 1e-6):
            z[index] = shifted
            values.append(value())
        z[index] = middle
        expected[index] = (values[0] - values[1]) / 2e-6
    value()
    found = c.copy()
    for operation in layer.activation.backward(a, slope, found):
        operation()
    np.testing.assert_allclose(found, expected, rtol=0.0, atol=1e-9)
