"""A window of one layer's parameters and gradients, and figures about all of the layer."""

import numpy as np

from engine.messages.layer_view import LayerView
from engine.messages.view import Window
from engine.network.cache import Cache, LayerCache
from engine.network.layer import FullyConnected
from engine.network.transplant import layer_shapes, layer_views
from engine.probes.update import update_view
from engine.training.trainer import Trainer


def layer_view(
    trainer: Trainer, asked: Window, gradients: Cache, cursor: tuple[int, int] | None = None
) -> LayerView:
    """The asked-for window of a layer, as far as it exists, with its gradients in `gradients`, and the next
    update of the parameter at the `cursor`. Which nodes are idle, the trainer's last evaluation tells.
    """
    layers = trainer.network.layers
    index = min(max(asked.layer, 0), len(layers) - 1)
    layer, gradient = layers[index], gradients.layers[index].gradient
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
        gradient=gradient[rows, columns].copy(),
        largest=float(np.abs(layer.parameters).max()),
        mean=float(weights.mean()),
        std=float(weights.std()),
        least=float(weights.min()),
        greatest=float(weights.max()),
        gradient_norm=float(np.linalg.norm(gradient)),
        idle_nodes=idle_nodes(layer, trainer.train_side.cache.layers[index]),
        idle_word=layer.activation.idle_word,
        frozen=_frozen(trainer, index, rows, columns),
        off=list(layer.off),
        last_change=trainer.updates.last_change(index, rows, columns),
        update=None if cursor is None else update_view(trainer, index, cursor, gradients),
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
    """Nodes whose activation is idle on every sample of the batch, but for those that are switched off."""
    idle = np.asarray(layer.activation.idle(cache.a, cache.slope).all(axis=1))
    if layer.off:
        idle[list(layer.off)] = False
    return int(np.count_nonzero(idle))


def _frozen(trainer: Trainer, index: int, rows: slice, columns: slice) -> list[list[bool]] | None:
    """Which parameters of a window of layer `index` are frozen; None if none is in all of the layer."""
    resting = trainer.updates.resting
    if resting is None:
        return None
    frozen = layer_views(resting.frozen, layer_shapes(trainer.network))[index]
    return frozen[rows, columns].tolist() if frozen.any() else None
