"""A network of fully connected layers: forward, backward and one update in place."""

import copy
import hashlib
from collections.abc import Collection, Sequence
from typing import Any, Self

import numpy as np

from engine.arrays import Array, aligned_empty
from engine.config.names import Initialization
from engine.errors import ConfigError, ShapeError
from engine.network.activations import activation_named
from engine.network.cache import Cache
from engine.network.gradients import gradient_operations, rule_named
from engine.network.gradients.clip import repair_gradient
from engine.network.layer import FullyConnected
from engine.network.losses import Loss, loss_of_output


class NeuralNetwork:
    """Layers in a row; the activations of the last are the predictions.

    All parameters lie in one flat array, `parameters`, of which the layers' weights and biases
    are views: there is one set of parameters and no copy of it.
    """

    def __init__(
        self,
        num_inputs: int,
        layer_sizes: Sequence[int],
        layer_activations: Sequence[str],
        rng: np.random.Generator,
        initialization: Initialization = "he",
    ) -> None:
        """Draw the initial parameters from `rng`, layer by layer, weights before biases."""
        if not layer_sizes:
            raise ConfigError("layers", "a network needs at least one layer, that of its outputs")
        if len(layer_sizes) != len(layer_activations):
            raise ConfigError(
                "layers",
                f"{len(layer_sizes)} layer sizes need as many activations,"
                f" not {len(layer_activations)}",
            )
        for name in layer_activations:
            activation_named(name)
        if "softmax" in layer_activations[:-1]:
            raise ConfigError("activation", "'softmax' is for the last layer only")
        widths = [num_inputs, *layer_sizes]
        sizes = [nodes * (inputs + 1) for inputs, nodes in zip(widths, layer_sizes, strict=False)]
        if min(widths) < 1:
            raise ConfigError("layers", "a layer needs at least one input and one node")
        self.num_inputs = num_inputs
        self.parameters = aligned_empty(sum(sizes))
        self.layers: list[FullyConnected] = []
        start = 0
        for inputs, nodes, size, name in zip(
            widths, layer_sizes, sizes, layer_activations, strict=False
        ):
            storage = self.parameters[start : start + size].reshape(nodes, inputs + 1)
            self.layers.append(
                FullyConnected(inputs, nodes, name, rng, initialization, storage=storage)
            )
            start += size

    def __getstate__(self) -> dict[str, Any]:
        return {"num_inputs": self.num_inputs, "layers": self.layers}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # a copied view is an array of its own: the layers have to be views of the copy again
        self.num_inputs = state["num_inputs"]
        self.layers = state["layers"]
        self.parameters = aligned_empty(sum(layer.parameters.size for layer in self.layers))
        start = 0
        for layer in self.layers:
            values = layer.parameters
            view = self.parameters[start : start + values.size].reshape(values.shape)
            np.copyto(view, values)
            layer.parameters = view
            start += values.size

    def __copy__(self) -> Self:
        # layers that two networks share could be views of one of them only
        return copy.deepcopy(self)

    @property
    def num_outputs(self) -> int:
        """Nodes of the last layer."""
        return self.layers[-1].num_nodes

    def switch_off(self, nodes: Collection[tuple[int, int]]) -> None:
        """Have these nodes, of (layer, node) each, put out 0, and all others what they compute. Calls that
        were bound before do not know it; a cache binds its forward pass anew.
        """
        for index, layer in enumerate(self.layers):
            layer.off = tuple(sorted(node for at, node in nodes if at == index))

    def part(self, layer: int) -> slice:
        """Where the parameters of that layer, counted from 0, lie in `parameters`."""
        start = sum(one.parameters.size for one in self.layers[:layer])
        return slice(start, start + self.layers[layer].parameters.size)

    def make_cache(self, batch: int, *, keep_z: bool = True, dropout: bool = False) -> Cache:
        """Arrays for forward and backward passes of `batch` samples, with the calls bound to them.
        See `Cache`.
        """
        return Cache(self.layers, batch, keep_z=keep_z, dropout=dropout)

    def forward(self, inputs: Array) -> tuple[Array, Cache]:
        """Predictions for `inputs` (inputs, batch), and the cache that `backward` takes.

        Predictions are (batch,) where there is one output, else (outputs, batch). Both are new at
        each call. One sample of shape (inputs,) counts as a batch of one.
        """
        inputs = np.asarray(inputs, dtype=np.float64)
        self.layers[0].check_inputs(inputs)
        columns = inputs[:, np.newaxis] if inputs.ndim == 1 else inputs
        cache = self.make_cache(columns.shape[1])
        cache.inputs[...] = columns
        with np.errstate(over="ignore", invalid="ignore"):
            for operation in cache.forward_operations:
                operation()
        return cache.predictions.copy(), cache

    def backward(
        self, cache: Cache, y: Array, alpha: float, rule: str = "exact", loss: Loss | None = None
    ) -> Cache:
        """One update in place: W -= alpha dL/dW, b -= alpha dL/db, every gradient taken with the
        weights from before it. `y` (batch,) are class numbers or values. Gives `cache` back with
        `dw` and `db`.

        Without a `loss`, it is that which goes with the last layer's activation; ConfigError where
        there is none, or where loss, rule and network do not fit each other.
        """
        y = np.asarray(y, dtype=np.float64)
        if y.shape != (cache.batch,):
            raise ShapeError(f"labels of shape {y.shape} do not fit a batch of {cache.batch}")
        chosen = rule_named(rule)
        if loss is None:
            loss = loss_of_output(self.layers[-1].activation.name, self.num_outputs)
        operations = gradient_operations(chosen, cache, loss.targets(y), loss)
        with np.errstate(all="ignore"):
            for operation in operations:
                operation()
            repair_gradient(cache.gradient, clips=chosen.clips_sums)
            self.parameters -= alpha * cache.gradient
        cache.mark_gradients()
        return cache

    def sha256(self) -> str:
        """Digest of the parameters' bytes (float64, little endian), layer by layer, weights then
        biases.
        """
        digest = hashlib.sha256()
        for layer in self.layers:
            digest.update(layer.weights.astype("<f8").tobytes())
            digest.update(layer.biases.astype("<f8").tobytes())
        return digest.hexdigest()
