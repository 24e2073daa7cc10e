"""A window of one layer's parameters and gradients, and figures about all of the layer."""

import numpy as np

from engine.messages.snapshot import LayerView, Window
from engine.network.cache import LayerCache
from engine.network.layer import FullyConnected
from engine.training.trainer import Trainer


def layer_view(trainer: Trainer, asked: Window) -> LayerView:
    """The asked-for window of a layer, as far as it exists. Its gradients are those of the
    trainer's last evaluation.
    """
    layers = trainer.network.layers
    index = min(max(asked.layer, 0), len(layers) - 1)
    layer, cache = layers[index], trainer.cache.layers[index]
    window = _within(asked, index, layer)
    rows = slice(window.node, window.node + window.nodes)
    columns = slice(window.input, window.input + window.inputs)
    weights = layer.weights
    return LayerView(
        window=window,
        num_nodes=layer.num_nodes,
        num_inputs=layer.num_inputs,
        activation=layer.activation.name,
        parameters=layer.parameters[rows, columns].copy(),
        gradient=cache.gradient[rows, columns].copy(),
        largest=float(np.abs(layer.parameters).max()),
        mean=float(weights.mean()),
        std=float(weights.std()),
        least=float(weights.min()),
        greatest=float(weights.max()),
        gradient_norm=float(np.linalg.norm(cache.gradient)),
        idle_nodes=idle_nodes(layer, cache),
        idle_word={"relu": "dead", "sigmoid": "saturated"}.get(layer.activation.name, ""),
    )


def _within(asked: Window, index: int, layer: FullyConnected) -> Window:
    nodes = min(asked.nodes, layer.num_nodes)
    inputs = min(asked.inputs, layer.num_inputs + 1)
    return Window(
        layer=index,
        node=min(max(asked.node, 0), layer.num_nodes - nodes),
        nodes=nodes,
        input=min(max(asked.input, 0), layer.num_inputs + 1 - inputs),
        inputs=inputs,
    )


def idle_nodes(layer: FullyConnected, cache: LayerCache) -> int:
    """Nodes that are idle, dead or saturated, on every sample of the batch."""
    idle = layer.activation.idle(cache.activated, cache.slope)
    return int(np.count_nonzero(idle.all(axis=1)))
