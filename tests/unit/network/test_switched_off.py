"""Nodes that are switched off put out 0, and nothing goes back through them."""

import copy
import pickle
from collections.abc import Callable

import numpy as np
import pytest

from engine.arrays import Array
from engine.config.activation_names import ACTIVATIONS
from engine.network.cache import Cache
from engine.network.gradients import gradient_operations, rule_named
from engine.network.losses import loss_of_output
from engine.network.neural_network import NeuralNetwork

X = np.random.default_rng(1).normal(size=(2, 6))
Y = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 1.0])
OFF = ((0, 1), (1, 0), (1, 2))


def made_network(hidden: str = "tanh") -> NeuralNetwork:
    """2-4-3-1."""
    return NeuralNetwork(2, [4, 3, 1], [hidden, hidden, "sigmoid"], np.random.default_rng(0))


def forward(cache: Cache) -> Array:
    cache.inputs[...] = X
    with np.errstate(all="ignore"):
        for operation in cache.forward_operations:
            operation()
    return cache.output_a.copy()


def backward(network: NeuralNetwork, cache: Cache, rule: str) -> list[Array]:
    """The gradient of every layer, (nodes, inputs + 1), before it is clipped."""
    loss = loss_of_output("sigmoid", 1)
    for operation in gradient_operations(rule_named(rule), cache, loss.targets(Y), loss):
        operation()
    return [layer.gradient for layer in cache.layers]


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize("keep_z", [True, False])
@pytest.mark.parametrize("dropout", [True, False])
def test_given_nodes_switched_off_when_going_forward_then_just_they_put_out_0(
    hidden: str, keep_z: bool, dropout: bool
) -> None:
    network = made_network(hidden)
    network.switch_off(OFF)
    cache = network.make_cache(6, keep_z=keep_z, dropout=dropout)

    forward(cache)

    for index, (off, on) in enumerate([((1,), (0, 2, 3)), ((0, 2), (1,))]):
        assert [cache.a[index][node].tolist() for node in off] == [[0.0] * 6] * len(off)
        assert all(cache.a[index][node].any() for node in on)
        assert cache.layers[index].a_extended[-1].tolist() == [1.0] * 6


def test_given_a_node_whose_output_is_no_number_when_switched_off_then_it_is_0() -> None:
    network = made_network("none")
    network.layers[0].weights[1] = np.inf
    network.switch_off([(0, 1)])

    output = forward(network.make_cache(6))

    assert np.isfinite(output).all()


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_nodes_switched_off_when_going_backward_then_nothing_leads_to_or_from_them(
    rule: str,
) -> None:
    network = made_network("relu")
    network.switch_off(OFF)
    cache = network.make_cache(6)
    forward(cache)

    first, second, last = backward(network, cache, rule)

    assert [first[1].any(), second[0].any(), second[2].any()] == [False] * 3
    assert [second[:, 1].any(), last[:, 0].any(), last[:, 2].any()] == [False] * 3
    assert [first[0].any(), second[1, 0].any(), last[0, 1].any(), last[0, 3].any()] == [True] * 4


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_all_nodes_of_a_layer_off_when_going_backward_then_only_the_biases_after_it_learn(
    rule: str,
) -> None:
    network = made_network("relu")
    network.switch_off([(1, 0), (1, 1), (1, 2)])
    cache = network.make_cache(6)
    output = forward(cache)

    first, second, last = backward(network, cache, rule)

    assert len(set(output[0].tolist())) == 1
    assert (first.any(), second.any(), last[0, :-1].any()) == (False, False, False)
    assert last[0, -1] != 0.0


# ---- it is known wherever the network is


def through_pickle(network: NeuralNetwork) -> NeuralNetwork:
    copied: NeuralNetwork = pickle.loads(pickle.dumps(network))
    return copied


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, through_pickle])
def test_given_nodes_switched_off_when_copied_then_they_are_off_in_the_copy_alone(
    way: Callable[[NeuralNetwork], NeuralNetwork],
) -> None:
    network = made_network()
    network.switch_off(OFF)

    other = way(network)
    network.switch_off(())

    assert [layer.off for layer in other.layers] == [(1,), (0, 2), ()]
    assert other.forward(X)[0].tolist() != network.forward(X)[0].tolist()


def test_given_a_cache_that_was_used_before_when_nodes_are_switched_then_it_follows() -> None:
    """Given a picture of the plane whose arrays are kept."""
    network = made_network()
    cache = network.make_cache(6, keep_z=False)
    on = forward(cache)

    network.switch_off(OFF)
    off = forward(cache)
    network.switch_off(())

    assert off.tolist() != on.tolist()
    assert forward(cache).tolist() == on.tolist()


def test_given_nodes_switched_off_when_layers_go_forward_one_by_one_then_the_same_comes_out() -> (
    None
):
    network = made_network()
    network.switch_off(OFF)
    predictions, cache = network.forward(X)

    hidden, z = network.layers[0].forward(X)
    of_one, _ = network.layers[0].forward(X[:, 0])

    assert hidden[1].tolist() == [0.0] * 6
    assert z[1].all()
    np.testing.assert_allclose(hidden, cache.a[0], rtol=1e-14)
    np.testing.assert_allclose(of_one, hidden[:, 0], rtol=1e-14)
    after, _ = network.layers[1].forward(hidden)
    np.testing.assert_allclose(network.layers[2].forward(after)[0][0], predictions, rtol=1e-14)


def test_given_a_node_off_when_bound_then_one_call_more_is_made_either_way_and_none_without() -> (
    None
):
    network, loss = made_network(), loss_of_output("sigmoid", 1)

    def calls() -> tuple[int, int]:
        cache, rule = network.make_cache(6), rule_named("exact")
        back = gradient_operations(rule, cache, loss.targets(Y), loss)
        return len(cache.forward_operations), len(back)

    forth, back = calls()
    network.switch_off([(0, 1)])
    with_one_off = calls()
    network.switch_off(())

    assert with_one_off == (forth + 1, back + 1)
    assert calls() == (forth, back)
