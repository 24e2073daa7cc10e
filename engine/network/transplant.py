"""Carries parameters over to a network with other layers."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.network.neural_network import NeuralNetwork

Shape = tuple[int, int]
"""Of a layer's parameters: (nodes, inputs + 1), biases last."""

Value = TypeVar("Value", bound=np.generic)
"""Of an array that has one for each parameter."""


def layer_shapes(network: NeuralNetwork) -> list[Shape]:
    """The shape of every layer's parameters, first to last."""
    return [(layer.num_nodes, layer.num_inputs + 1) for layer in network.layers]


def transplant(
    old: Array, old_shapes: Sequence[Shape], new: Array, new_shapes: Sequence[Shape]
) -> None:
    """Copy into `new` what of `old` still has a place there; the rest of `new` stays as it is.

    Both are flat, as parameters and whatever an optimizer keeps for each of them are. The last layer
    goes to the last, a hidden layer to the one that is as far from the input; and of a layer the
    biases and the weights whose node and input both have.
    """
    sources, targets = layer_views(old, old_shapes), layer_views(new, new_shapes)
    pairs = [*zip(sources[:-1], targets[:-1], strict=False), (sources[-1], targets[-1])]
    for source, target in pairs:
        nodes = min(source.shape[0], target.shape[0])
        inputs = min(source.shape[1], target.shape[1]) - 1
        target[:nodes, :inputs] = source[:nodes, :inputs]
        target[:nodes, -1] = source[:nodes, -1]


def layer_views(flat: npt.NDArray[Value], shapes: Sequence[Shape]) -> list[npt.NDArray[Value]]:
    """`flat`, which has a value for each parameter, layer by layer: views of it."""
    views, start = [], 0
    for nodes, columns in shapes:
        views.append(flat[start : start + nodes * columns].reshape(nodes, columns))
        start += nodes * columns
    return views
