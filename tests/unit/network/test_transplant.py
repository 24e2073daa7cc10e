"""Parameters carried over to a network with other layers."""

import numpy as np

from engine.arrays import Array
from engine.network.neural_network import NeuralNetwork
from engine.network.transplant import layer_shapes, transplant


def network_of(sizes: list[int], start: float) -> NeuralNetwork:
    """2 inputs, layers of these sizes; parameters count up from `start`."""
    activations = ["tanh"] * (len(sizes) - 1) + ["sigmoid"]
    network = NeuralNetwork(2, sizes, activations, np.random.default_rng(0))
    network.parameters[...] = start + np.arange(network.parameters.size)
    return network


def carried(old: NeuralNetwork, new: NeuralNetwork) -> list[Array]:
    """The parameters of `new`, layer by layer, after those of `old` were carried over."""
    transplant(old.parameters, layer_shapes(old), new.parameters, layer_shapes(new))
    return [layer.parameters for layer in new.layers]


def test_given_a_node_more_when_carried_over_then_the_others_are_as_they_were() -> None:
    """Given 2-2-1, then the third node of 2-3-1 is new, and the weight that comes from it."""
    first, last = carried(network_of([2, 1], 1.0), network_of([3, 1], 101.0))
    assert first.tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [107.0, 108.0, 109.0]]
    assert last.tolist() == [[7.0, 8.0, 112.0, 9.0]]


def test_given_a_node_less_when_carried_over_then_the_others_are_as_they_were() -> None:
    first, last = carried(network_of([3, 1], 1.0), network_of([2, 1], 101.0))
    assert first.tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert last.tolist() == [[10.0, 11.0, 13.0]]


def test_given_a_layer_more_when_carried_over_then_it_is_new_and_the_outputs_stay_outputs() -> None:
    first, second, last = carried(network_of([2, 1], 1.0), network_of([2, 2, 1], 101.0))
    assert first.tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert second.tolist() == [[107.0, 108.0, 109.0], [110.0, 111.0, 112.0]]
    assert last.tolist() == [[7.0, 8.0, 9.0]]


def test_given_no_hidden_layer_any_more_when_carried_over_then_the_outputs_keep_what_fits() -> None:
    (last,) = carried(network_of([3, 1], 1.0), network_of([1], 101.0))
    assert last.tolist() == [[10.0, 11.0, 13.0]]


def test_given_the_same_layers_when_carried_over_then_all_is_as_it_was() -> None:
    old, new = network_of([4, 3, 2], 1.0), network_of([4, 3, 2], 101.0)
    carried(old, new)
    assert new.parameters.tolist() == old.parameters.tolist()
