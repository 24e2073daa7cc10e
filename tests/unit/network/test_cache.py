"""Caches: outputs, dropout's masks, calls whose outputs lie in rows."""

import copy
import pickle

import numpy as np
import pytest

from engine.network.cache import Cache
from engine.network.gradients import gradient_operations, rule_named, step_operations
from engine.network.losses import loss_for, loss_of_output
from engine.network.neural_network import NeuralNetwork


def made_network(outputs: int, output: str, hidden: str = "tanh") -> NeuralNetwork:
    return NeuralNetwork(2, [3, outputs], [hidden, output], np.random.default_rng(0))


def run_forward(cache: Cache) -> None:
    for operation in cache.forward_operations:
        operation()


@pytest.mark.parametrize("keep_z", [True, False])
@pytest.mark.parametrize(
    ("outputs", "output"), [(1, "sigmoid"), (3, "softmax"), (1, "none"), (1, "tanh")]
)
def test_given_any_last_layer_when_going_forward_then_its_z_is_kept_beside_its_a(
    outputs: int, output: str, keep_z: bool
) -> None:
    network = made_network(outputs, output)
    cache = network.make_cache(5, keep_z=keep_z)
    cache.inputs[...] = np.random.default_rng(1).normal(size=(2, 5))
    run_forward(cache)
    hidden, _ = network.layers[0].forward(cache.inputs)
    a, z = network.layers[1].forward(hidden)
    assert cache.output_z.shape == cache.output_a.shape == (outputs, 5)
    np.testing.assert_allclose(cache.output_z, z, rtol=1e-14)
    np.testing.assert_allclose(cache.output_a, a, rtol=1e-14)


def test_given_one_output_when_predicting_then_predictions_are_flat_and_else_they_have_rows() -> (
    None
):
    assert made_network(1, "sigmoid").forward(np.zeros((2, 4)))[0].shape == (4,)
    assert made_network(3, "softmax").forward(np.zeros((2, 4)))[0].shape == (3, 4)


def test_given_softmax_when_predicting_then_each_column_sums_to_1() -> None:
    network = made_network(3, "softmax")
    network.layers[1].parameters[...] = [[800.0] * 4, [0.0] * 4, [-800.0] * 4]
    predictions, _ = network.forward(np.array([[1.0, -2.0], [3.0, 0.5]]))
    assert predictions.sum(axis=0).tolist() == pytest.approx([1.0, 1.0], abs=1e-15)


def test_given_no_dropout_when_bound_then_there_is_no_call_for_it() -> None:
    network = made_network(1, "sigmoid")
    plain, masked = network.make_cache(4), network.make_cache(4, dropout=True)
    assert [layer.mask for layer in plain.layers] == [None, None]
    assert masked.layers[-1].mask is None
    # one product forward, and one back
    assert len(masked.forward_operations) == len(plain.forward_operations) + 1
    loss = loss_of_output("sigmoid", 1)
    calls = [
        len(gradient_operations(rule_named("exact"), cache, np.zeros((1, 4)), loss))
        for cache in (plain, masked)
    ]
    assert calls[1] == calls[0] + 1


def test_given_masks_as_they_are_made_when_going_forward_then_outputs_are_those_without() -> None:
    network = made_network(1, "sigmoid")
    plain, masked = network.make_cache(4), network.make_cache(4, dropout=True)
    for cache in (plain, masked):
        cache.inputs[...] = np.random.default_rng(1).normal(size=(2, 4))
        run_forward(cache)
    assert masked.output_a.tolist() == plain.output_a.tolist()


def test_given_a_mask_when_going_forward_then_it_multiplies_what_the_next_layer_takes_in() -> None:
    network = made_network(1, "none", hidden="none")
    network.layers[0].parameters[...] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 0.0]]
    network.layers[1].parameters[...] = [[1.0, 10.0, 100.0, 0.5]]
    cache = network.make_cache(1, dropout=True)
    cache.inputs[...] = [[2.0], [3.0]]
    mask = cache.layers[0].mask
    assert mask is not None
    mask[...] = [[2.0], [0.0], [1.0]]
    run_forward(cache)
    assert cache.layers[0].activated.tolist() == [[2.0], [3.0], [5.0]]
    assert cache.layers[0].a.tolist() == [[4.0], [0.0], [5.0]]
    assert cache.output_z.tolist() == [[504.5]]  # 4 + 0 + 500 + the bias


@pytest.mark.parametrize(("outputs", "output"), [(1, "sigmoid"), (3, "softmax"), (1, "none")])
def test_given_rows_for_outputs_when_steps_are_made_then_they_are_as_without(
    outputs: int, output: str
) -> None:
    """Given rows for three steps, then z, a and gradient are those of the cache's own calls."""
    network = made_network(outputs, output)
    x = np.random.default_rng(2).normal(size=(2, 6))
    cache, plain = network.make_cache(6, keep_z=False), network.make_cache(6, keep_z=False)
    cache.inputs[...] = plain.inputs[...] = x
    loss, rule = loss_of_output(output, outputs), rule_named("exact")
    targets = loss.targets(np.array([0.0, 1.0, 0.0, 1.0, 1.0, 0.0]))
    rows = cache.outputs_of(3)
    steps = step_operations(rule, cache, targets, loss, rows)
    assert len(steps) == 3
    for index, operations in enumerate(steps):
        for operation in operations:
            operation()
        run_forward(plain)
        for operation in gradient_operations(rule, plain, targets, loss):
            operation()
        assert rows.z[index].tolist() == plain.output_z.tolist()
        assert rows.a[index].tolist() == plain.output_a.tolist()
        assert cache.gradient.tolist() == plain.gradient.tolist()
        network.parameters -= 0.5 * cache.gradient
    assert rows.z[0].tolist() != rows.z[2].tolist()


@pytest.mark.parametrize("dropout", [True, False])
@pytest.mark.parametrize(("outputs", "output"), [(3, "softmax"), (1, "none")])
def test_given_a_copied_network_and_cache_when_going_on_then_the_copy_stands_alone(
    outputs: int, output: str, dropout: bool
) -> None:
    network = made_network(outputs, output, hidden="gelu")
    cache = network.make_cache(2, dropout=dropout)
    cache.inputs[...] = [[1.0, 2.0], [3.0, 4.0]]
    if cache.layers[0].mask is not None:
        cache.layers[0].mask[...] = [[0.0, 2.0], [2.0, 0.0], [2.0, 2.0]]
    run_forward(cache)
    known = cache.output_z.tolist()
    for other in (copy.deepcopy(cache), pickle.loads(pickle.dumps(cache))):
        assert other.output_z.tolist() == known
        other.output_z[...] = 7.0
        run_forward(other)
        assert other.output_z.tolist() == known
    assert loss_for("auto", outputs, regression=outputs == 1).activation == output
