"""The network: forward through the layers, one set of parameters, their digest, the article's run."""

import functools
import hashlib
import json
import struct
from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.errors import ConfigError, ShapeError
from engine.network.losses import binary_cross_entropy
from engine.network.metrics import accuracy
from engine.network.neural_network import NeuralNetwork
from engine.training.trainer import Trainer
from helpers.data import DATA_FOLDER


@pytest.fixture
def counted() -> NeuralNetwork:
    """2 inputs, 2 relu nodes, 1 sigmoid node; parameters 1 to 9 in the digest's order."""
    network = NeuralNetwork(2, [2, 1], ["relu", "sigmoid"], np.random.default_rng(0))
    first, second = network.layers
    first.weights[...] = [[1.0, 2.0], [3.0, 4.0]]
    first.biases[...] = [5.0, 6.0]
    second.weights[...] = [[7.0, 8.0]]
    second.biases[...] = [9.0]
    return network


@pytest.fixture
def by_hand() -> NeuralNetwork:
    """The article's worked example, and one sigmoid node on top of it."""
    network = NeuralNetwork(2, [3, 1], ["relu", "sigmoid"], np.random.default_rng(0))
    first, second = network.layers
    first.weights[...] = [[0.5, 1.0], [0.1, -0.5], [-0.1, 0.1]]
    first.biases[...] = [1.0, -1.0, 0.0]
    second.weights[...] = [[0.2, 4.0, -2.0]]
    second.biases[...] = [-0.83]
    return network


def test_given_two_layers_when_predicting_then_the_input_goes_through_all(
    by_hand: NeuralNetwork,
) -> None:
    """Given x = [5, 2], then the second z is 1.1 - 0.3 + 0.03 - 0.83 = 0 and the prediction 1/2."""
    predictions, cache = by_hand.forward(np.array([[5.0], [2.0]]))
    assert predictions.shape == (1,)
    assert predictions[0] == pytest.approx(0.5, abs=1e-15)
    assert cache.z[1][0, 0] == pytest.approx(0.0, abs=1e-15)


def test_given_a_forward_pass_when_done_then_the_cache_holds_every_layer_and_the_input_at_minus_one(
    by_hand: NeuralNetwork,
) -> None:
    x = np.array([[5.0, 1.0], [2.0, -1.0]])
    predictions, cache = by_hand.forward(x)
    assert sorted(cache.a) == [-1, 0, 1]
    assert sorted(cache.z) == [0, 1]
    assert cache.a[-1].tolist() == x.tolist()
    assert cache.z[0][:, 0].tolist() == pytest.approx([5.5, -1.5, -0.3], abs=1e-15)
    assert cache.a[0][:, 0].tolist() == pytest.approx([5.5, -0.075, -0.015], abs=1e-15)
    assert cache.a[1].tolist() == [predictions.tolist()]


def test_given_a_cache_when_backward_has_run_then_gradients_are_there_and_not_before(
    by_hand: NeuralNetwork,
) -> None:
    """Given a cache, when backward has run, then it comes back with dw and db added."""
    _, cache = by_hand.forward(np.array([[5.0, 1.0], [2.0, -1.0]]))
    assert dict(cache.dw) == {}
    assert dict(cache.db) == {}
    returned = by_hand.backward(cache, np.array([1.0, 0.0]), alpha=0.25)
    assert returned is cache
    assert [cache.dw[i].shape for i in (0, 1)] == [(3, 2), (1, 3)]
    assert [cache.db[i].shape for i in (0, 1)] == [(3,), (1,)]


def test_given_one_sample_when_predicting_then_it_is_a_batch_of_one(by_hand: NeuralNetwork) -> None:
    """Given x of shape (2,), then the prediction is that of the column (2, 1)."""
    single, _ = by_hand.forward(np.array([5.0, 2.0]))
    assert single.tolist() == pytest.approx([0.5], abs=1e-15)


def test_given_a_batch_when_predicting_then_samples_do_not_influence_each_other(
    by_hand: NeuralNetwork,
) -> None:
    """Given a batch, then each prediction is what the sample alone would get."""
    x = np.array([[5.0, -3.0, 0.5], [2.0, 0.25, -1.0]])
    together, _ = by_hand.forward(x)
    alone = [by_hand.forward(x[:, n])[0][0] for n in range(3)]
    assert together.tolist() == pytest.approx(alone, abs=1e-15)


def test_given_predictions_when_another_pass_runs_then_they_stay(by_hand: NeuralNetwork) -> None:
    predictions, _ = by_hand.forward(np.array([5.0, 2.0]))
    by_hand.forward(np.array([500.0, 2.0]))
    assert predictions[0] == pytest.approx(0.5, abs=1e-15)


@pytest.mark.parametrize("shape", [(3,), (3, 4), (1, 2), (2, 2, 2)])
def test_given_a_wrong_number_of_inputs_when_predicting_then_the_error_names_both_shapes(
    by_hand: NeuralNetwork, shape: tuple[int, ...]
) -> None:
    with pytest.raises(ShapeError) as caught:
        by_hand.forward(np.zeros(shape))
    assert str(shape) in str(caught.value)
    assert "(3, 2)" in str(caught.value)


@pytest.mark.parametrize("labels", [np.zeros(2), np.zeros(4), np.zeros((1, 3)), np.zeros(())])
def test_given_labels_of_another_shape_when_going_back_then_it_is_refused_and_nothing_is_updated(
    by_hand: NeuralNetwork, labels: np.ndarray
) -> None:
    """Given 3 samples and labels of another shape, then it is an error and nothing is updated."""
    _, cache = by_hand.forward(np.zeros((2, 3)))
    before = by_hand.sha256()
    with pytest.raises(ShapeError, match="batch of 3"):
        by_hand.backward(cache, labels, alpha=0.25)
    assert by_hand.sha256() == before


def test_given_an_unknown_rule_when_asked_for_then_it_is_refused_with_the_known_names(
    by_hand: NeuralNetwork,
) -> None:
    _, cache = by_hand.forward(np.zeros((2, 3)))
    with pytest.raises(ConfigError, match=r"'adam'.*exact, article"):
        by_hand.backward(cache, np.zeros(3), alpha=0.25, rule="adam")


@pytest.mark.parametrize(
    ("sizes", "activations", "problem"),
    [
        ([], [], "at least one layer"),
        ([3, 2], ["softmax", "sigmoid"], "'softmax' is for the last layer only"),
        ([3, 1], ["relu"], "2 layer sizes need as many activations, not 1"),
        ([0, 1], ["relu", "sigmoid"], "at least one input and one node"),
        ([3, 1], ["relu", "swish"], "relu, relu:SLOPE, tanh"),
    ],
)
def test_given_an_impossible_network_when_made_then_it_is_refused(
    sizes: list[int], activations: list[str], problem: str
) -> None:
    with pytest.raises(ConfigError, match=problem):
        NeuralNetwork(2, sizes, activations, np.random.default_rng(0))


def test_given_a_network_when_weights_are_assigned_in_place_then_the_next_forward_uses_them(
    counted: NeuralNetwork,
) -> None:
    counted.layers[0].weights[...] = 0.0
    counted.layers[0].biases[...] = 0.0
    counted.layers[1].biases[...] = 0.0
    assert counted.forward(np.array([3.0, 4.0]))[0].tolist() == [0.5]
    counted.layers[1].biases[0] = 1.0986122886681098  # ln 3
    assert counted.forward(np.array([3.0, 4.0]))[0][0] == pytest.approx(0.75, abs=1e-15)


def test_given_alpha_when_backward_runs_then_the_layers_show_the_update(
    counted: NeuralNetwork,
) -> None:
    """Given alpha, when backward runs, then the layers' own arrays went down by alpha * gradient."""
    counted.layers[1].weights[...] = 0.0
    counted.layers[1].biases[...] = 0.0
    _, cache = counted.forward(np.array([[1.0], [-2.0]]))  # z = (2, 1), a = (2, 1), then 1/2
    counted.backward(cache, np.array([1.0]), alpha=0.5)
    # dL/dz = 1/2 - 1 = -1/2, so dW = (-1, -1/2), db = -1/2; nothing flows through zero weights
    assert counted.layers[1].weights.tolist() == [[0.5, 0.25]]
    assert counted.layers[1].biases.tolist() == [0.25]
    assert counted.layers[0].weights.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_given_known_parameters_when_digested_then_it_is_weights_then_biases_layer_by_layer(
    counted: NeuralNetwork,
) -> None:
    """Given parameters 1 to 9, then the digest is SHA-256 of those as little-endian doubles."""
    in_order = struct.pack("<9d", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)
    assert counted.sha256() == hashlib.sha256(in_order).hexdigest()
    assert counted.sha256() == "6cf91a6516fb9202004c5ff854ddd4a37aa22e792b817b03cfbc763a4a1a3de1"


@pytest.mark.parametrize("index", range(9))
def test_given_a_network_when_any_one_parameter_changes_then_the_digest_is_another(
    counted: NeuralNetwork, index: int
) -> None:
    """Given any parameter changed by its last bit, then the digest is another."""
    before = counted.sha256()
    counted.parameters[index] = np.nextafter(counted.parameters[index], np.inf)
    assert counted.sha256() != before


# ---- the article's run, step by step and to its end


@functools.cache
def trajectory() -> dict[str, Any]:
    """The run to check against; see `about` in the file."""
    recorded = DATA_FOLDER / "trajectory.json"
    return json.loads(recorded.read_text(encoding="utf-8"))  # type: ignore[no-any-return]  # json gives Any


def flat(layers: list[dict[str, Any]]) -> Array:
    """Recorded numbers in the order of `numbers_of`."""
    parts = [layer[name] for layer in layers for name in ("weights", "biases")]
    return np.concatenate([np.ravel(part) for part in parts])


def numbers_of(network: NeuralNetwork) -> Array:
    parts = [part for layer in network.layers for part in (layer.weights, layer.biases)]
    return np.concatenate([part.ravel() for part in parts])


@pytest.fixture
def moons() -> tuple[Array, Array]:
    return np.array(trajectory()["X_train"]).T, np.array(trajectory()["y_train"], dtype=np.float64)


@pytest.fixture
def started() -> NeuralNetwork:
    """The article's network with the initial parameters of the recorded run."""
    activations = ["relu", "relu", "sigmoid"]
    network = NeuralNetwork(2, [16, 16, 1], activations, np.random.default_rng(0))
    for layer, recorded in zip(network.layers, trajectory()["initial"], strict=True):
        layer.weights[...] = recorded["weights"]
        layer.biases[...] = recorded["biases"]
    return network


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_the_recorded_start_when_updated_then_each_rule_reproduces_the_recorded_run(
    started: NeuralNetwork, moons: tuple[Array, Array], rule: str
) -> None:
    """Given the recorded start, after 200 updates, then losses and parameters agree to 1e-9."""
    x, y = moons
    losses: list[float] = []
    parameters = [numbers_of(started)]
    for _ in range(200):
        predictions, cache = started.forward(x)
        losses.append(binary_cross_entropy(predictions, y))
        started.backward(cache, y, alpha=0.25, rule=rule)
        parameters.append(numbers_of(started))
    recorded = trajectory()[rule]
    for update in (0, 1, 2, 5, 10, 50, 100, 199):
        assert losses[update] == pytest.approx(recorded["loss"][str(update)], rel=0.0, abs=1e-9)
    for update in (1, 200):
        expected = flat(recorded["parameters_after"][str(update)])
        np.testing.assert_allclose(parameters[update], expected, rtol=0.0, atol=1e-9)


def test_given_the_recorded_start_when_going_back_then_the_gradient_is_the_recorded_one_clipped(
    started: NeuralNetwork, moons: tuple[Array, Array]
) -> None:
    """Given the recorded start, then the gradient is automatic differentiation's, cut to [-1, 1]."""
    x, y = moons
    unclipped = flat(trajectory()["exact"]["first_gradient_before_clipping"])
    assert np.abs(unclipped).max() > 1.0
    _, cache = started.forward(x)
    started.backward(cache, y, alpha=0.25)
    found = np.concatenate([part.ravel() for i in range(3) for part in (cache.dw[i], cache.db[i])])
    np.testing.assert_allclose(found, np.clip(unclipped, -1.0, 1.0), rtol=0.0, atol=1e-9)


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_the_recorded_start_when_a_trainer_advances_then_it_reproduces_the_recorded_run(
    rule: Any,
) -> None:
    """Given the recorded parameters in place of its own, then its losses and results are those."""
    config = TrainingConfig(rule=rule)
    recorded, trainer = trajectory()[rule], Trainer(config, load_dataset(config))
    for layer, initial in zip(trainer.network.layers, trajectory()["initial"], strict=True):
        layer.weights[...] = initial["weights"]
        layer.biases[...] = initial["biases"]
    for steps in (1, 200):
        trainer.advance(steps - trainer.step)
        expected = flat(recorded["parameters_after"][str(steps)])
        np.testing.assert_allclose(numbers_of(trainer.network), expected, rtol=0.0, atol=1e-9)
    losses = trainer.losses.train.reduced(200).mean
    for step in (0, 1, 2, 5, 10, 50, 100, 199):
        assert losses[step] == pytest.approx(recorded["loss"][str(step)], rel=0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("rule", "initialization", "least", "most"),
    [("exact", "he", 0.0, 0.01), ("article", "article", 0.03, 0.3)],
)
def test_given_the_defaults_when_run_then_it_ends_where_the_article_says(
    rule: Any, initialization: Any, least: float, most: float
) -> None:
    """Given 20,000 updates, then training loss and test accuracy lie in the measured bands."""
    config = TrainingConfig(rule=rule, initialization=initialization)
    trainer = Trainer(config, load_dataset(config))
    assert trainer.advance(20_000) == 20_000
    train, test = trainer.dataset.train, trainer.dataset.test
    assert least < binary_cross_entropy(trainer.network.forward(train.x)[0], train.y) < most
    classes = trainer.loss.predictions(trainer.network.forward(test.x)[1].output_a)
    assert accuracy(classes, test.y) >= 0.9
