"""What a forward pass leaves behind for the backward pass, in arrays made once for a batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array, Operation, aligned_empty
from engine.network.layer import FullyConnected


@dataclass(frozen=True, slots=True)
class LayerCache:
    """The arrays of one layer for one batch."""

    a_extended: Array
    """(nodes + 1, batch): the activation, above a row of ones that carries the next biases."""
    a: Array
    """(nodes, batch): a view of `a_extended`."""
    z: Array
    """(nodes, batch): the pre-activation; the same memory as `a` where it is not kept."""
    slope: Array
    """(nodes, batch): what the activation keeps for its derivative."""
    dz: Array
    """(nodes, batch): dL/da, then dL/dz."""
    gradient: Array
    """(nodes, inputs + 1): dL/dW and, last, dL/db; a view of the cache's flat gradient."""


class Cache:
    """Every layer's a and z after a forward pass, and the gradients after a backward pass.

    `a[i]` and `z[i]` are layer i's, (nodes, batch); `a[-1]` is the input. `dw[i]` (nodes, inputs)
    and `db[i]` (nodes,) are there once a backward pass has run.
    """

    def __init__(self, layers: list[FullyConnected], batch: int, *, keep_z: bool = True) -> None:
        """Arrays for `batch` samples. Without `keep_z`, a overwrites z: a third less memory traffic."""
        self._of = layers
        self.batch = batch
        self.keeps_z = keep_z
        self.input_extended = _with_ones(layers[0].num_inputs, batch)
        self.gradient = aligned_empty(sum(layer.parameters.size for layer in layers))
        self.layers: list[LayerCache] = []
        start = 0
        for layer in layers:
            size = layer.parameters.size
            gradient = self.gradient[start : start + size].reshape(layer.parameters.shape)
            self.layers.append(_layer_cache(layer.num_nodes, batch, gradient, keep_z))
            start += size
        self._has_gradients = False
        self._forward_operations: list[Operation] | None = None

    @property
    def forward_operations(self) -> list[Operation]:
        """The calls that make a forward pass, in order, bound to these arrays and the layers'."""
        if self._forward_operations is None:  # not earlier: layers may still be put together
            self._forward_operations = self._bound_operations()
        return self._forward_operations

    def _bound_operations(self) -> list[Operation]:
        operations: list[Operation] = []
        for index, (layer, here) in enumerate(zip(self._of, self.layers, strict=True)):
            # z = [W | b] . [a_prev; 1]
            operations.append(partial(layer.parameters.dot, self.previous_extended(index), here.z))
            # a = f(z)
            operations += layer.activation.forward(here.z, here.slope, here.a)
        return operations

    @property
    def _arrays(self) -> list[Array]:
        """Everything that is no view of something else, in a fixed order."""
        arrays = [self.input_extended, self.gradient]
        for layer in self.layers:
            arrays += [layer.a_extended, layer.z, layer.slope, layer.dz]
        return arrays

    def __getstate__(self) -> dict[str, Any]:
        return {
            "of": self._of,
            "batch": self.batch,
            "keep_z": self.keeps_z,
            "has_gradients": self._has_gradients,
            "arrays": self._arrays,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        # copied views and bound calls belong to the original: they are made anew
        Cache.__init__(self, state["of"], state["batch"], keep_z=state["keep_z"])
        self._has_gradients = state["has_gradients"]
        for array, values in zip(self._arrays, state["arrays"], strict=True):
            np.copyto(array, values)

    @property
    def inputs(self) -> Array:
        """(inputs, batch), a view: write to it to change what the next forward pass sees."""
        return self.input_extended[:-1]

    @property
    def predictions(self) -> Array:
        """(batch,): the activation of the last layer's only node."""
        predictions: Array = self.layers[-1].a[0]
        return predictions

    def previous_extended(self, index: int) -> Array:
        """What layer `index` takes in, with the row of ones: (inputs + 1, batch)."""
        return self.layers[index - 1].a_extended if index else self.input_extended

    @property
    def a(self) -> Mapping[int, Array]:
        """Activations by layer, the input at -1."""
        return {-1: self.inputs} | {i: layer.a for i, layer in enumerate(self.layers)}

    @property
    def z(self) -> Mapping[int, Array]:
        """Pre-activations by layer."""
        if not self.keeps_z:
            raise KeyError("z was overwritten by a: make the cache with keep_z=True")
        return {i: layer.z for i, layer in enumerate(self.layers)}

    @property
    def dw(self) -> Mapping[int, Array]:
        """Gradients of the weights by layer; empty before a backward pass."""
        if not self._has_gradients:
            return {}
        return {i: layer.gradient[:, :-1] for i, layer in enumerate(self.layers)}

    @property
    def db(self) -> Mapping[int, Array]:
        """Gradients of the biases by layer; empty before a backward pass."""
        if not self._has_gradients:
            return {}
        return {i: layer.gradient[:, -1] for i, layer in enumerate(self.layers)}

    def mark_gradients(self) -> None:
        """Say that the gradients now hold a backward pass's result."""
        self._has_gradients = True


def _with_ones(rows: int, batch: int) -> Array:
    array = aligned_empty(rows + 1, batch)
    array[-1] = 1.0
    return array


def _layer_cache(nodes: int, batch: int, gradient: Array, keep_z: bool) -> LayerCache:
    a_extended = _with_ones(nodes, batch)
    a = a_extended[:-1]
    return LayerCache(
        a_extended=a_extended,
        a=a,
        z=aligned_empty(nodes, batch) if keep_z else a,
        slope=aligned_empty(nodes, batch),
        dz=aligned_empty(nodes, batch),
        gradient=gradient,
    )
