"""What a forward pass leaves behind for the backward pass, in arrays made once for a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Array, Operation, aligned_empty
from engine.network.layer import FullyConnected


@dataclass(frozen=True, slots=True)
class LayerCache:
    """The arrays of one layer for one batch."""

    a_extended: Array
    """(nodes + 1, batch): what the next layer takes in, the activation above a row of ones that
    carries the next biases. No layer follows the last: there it is `a`."""
    a: Array
    """(nodes, batch): a view of `a_extended`."""
    activated: Array
    """(nodes, batch): f(z) before dropout; the same memory as `a` where there is none."""
    mask: Array | None
    """(nodes, batch): what dropout multiplies `activated` by to get `a`; None without."""
    z: Array
    """(nodes, batch): the pre-activation; the same memory as `activated` where it is not kept. The
    last layer's is always kept; where it has no activation, `a` is that memory."""
    slope: Array
    """(nodes, batch): what the activation keeps for its derivative."""
    dz_extended: Array
    """(nodes + 1, batch): `dz` above a row for what a product gives for the ones, which nobody asks
    for. In the last layer, to which no product leads, it is `dz`."""
    dz: Array
    """(nodes, batch): dL/da, then dL/dz; a view of `dz_extended`."""
    gradient: Array
    """(nodes, inputs + 1): dL/dW and, last, dL/db; a view of the cache's flat gradient."""


class Outputs(NamedTuple):
    """What the last layer computes in several steps."""

    z: Array
    """(steps, outputs, batch)."""
    a: Array
    """The same shape; the same memory where the layer has no activation."""


class Cache:
    """Every layer's a and z after a forward pass, and the gradients after a backward pass.

    `a[i]` and `z[i]` are layer i's, (nodes, batch); `a[-1]` is the input. `dw[i]` (nodes, inputs)
    and `db[i]` (nodes,) are there once a backward pass has run.
    """

    def __init__(
        self,
        layers: list[FullyConnected],
        batch: int,
        *,
        keep_z: bool = True,
        dropout: bool = False,
    ) -> None:
        """Arrays for `batch` samples. Without `keep_z`, a overwrites z in the hidden layers: a third
        less memory traffic. With `dropout`, every hidden layer has a mask, all ones at first.
        """
        self.of = layers
        self.batch = batch
        self.keeps_z = keep_z
        self.has_dropout = dropout
        self.input_extended = _with_ones(layers[0].num_inputs, batch)
        self.gradient = aligned_empty(sum(layer.parameters.size for layer in layers))
        self.layers: list[LayerCache] = []
        start = 0
        for index, layer in enumerate(layers):
            size = layer.parameters.size
            gradient = self.gradient[start : start + size].reshape(layer.parameters.shape)
            if index < len(layers) - 1:
                here = _hidden_cache(layer.num_nodes, batch, gradient, keep_z, dropout)
            else:
                here = _output_cache(layer, batch, gradient)
            self.layers.append(here)
            start += size
        self._has_gradients = False
        self._forward_operations: list[Operation] = []
        self._bound_off: list[tuple[int, ...]] | None = None

    @property
    def forward_operations(self) -> list[Operation]:
        """The calls that make a forward pass, in order, bound to these arrays and the layers'."""
        off = [layer.off for layer in self.of]
        if off != self._bound_off:  # not earlier: layers may still be put together
            self._bound_off = off
            last = len(self.layers) - 1
            self._forward_operations = [
                *self.hidden_operations,
                *self.layer_operations(last, self.layers[last]),
            ]
        return self._forward_operations

    @property
    def hidden_operations(self) -> list[Operation]:
        """Those of all layers but the last."""
        operations: list[Operation] = []
        for index, here in enumerate(self.layers[:-1]):
            operations += self.layer_operations(index, here)
        return operations

    def layer_operations(self, index: int, here: LayerCache) -> list[Operation]:
        """Those of layer `index` alone, into the arrays of `here`."""
        layer = self.of[index]
        operations: list[Operation] = [
            # z = [W | b] . [a_prev; 1]
            partial(layer.parameters.dot, self.previous_extended(index), here.z),
            # f(z)
            *layer.activation.forward(here.z, here.slope, here.activated),
        ]
        if here.mask is not None:
            # a = mask * f(z)
            operations.append(partial(np.multiply, here.activated, here.mask, here.a))
        # a = 0 where a node is switched off
        return operations + layer.silence(here.a)

    def outputs_of(self, steps: int) -> Outputs:
        """Room for z and a of the last layer in so many steps."""
        z = aligned_empty(steps, *self.output_z.shape)
        shared = self.output_a is self.output_z
        return Outputs(z, z if shared else aligned_empty(*z.shape))

    def output_at(self, z: Array, a: Array) -> LayerCache:
        """The last layer's arrays, with these two for its z and a, (outputs, batch) in C order."""
        return replace(self.layers[-1], a_extended=a, a=a, activated=a, z=z)

    @property
    def _arrays(self) -> list[Array]:
        """Everything that is no view of something else, in a fixed order."""
        arrays = [self.input_extended, self.gradient]
        for layer in self.layers:
            arrays += [layer.a_extended, layer.activated, layer.z, layer.slope, layer.dz]
            if layer.mask is not None:
                arrays.append(layer.mask)
        return arrays

    def __getstate__(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "batch": self.batch,
            "keep_z": self.keeps_z,
            "dropout": self.has_dropout,
            "has_gradients": self._has_gradients,
            "arrays": self._arrays,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        # copied views and bound calls belong to the original: they are made anew
        Cache.__init__(
            self, state["of"], state["batch"], keep_z=state["keep_z"], dropout=state["dropout"]
        )
        self._has_gradients = state["has_gradients"]
        for array, values in zip(self._arrays, state["arrays"], strict=True):
            np.copyto(array, values)

    @property
    def inputs(self) -> Array:
        """(inputs, batch), a view: write to it to change what the next forward pass sees."""
        return self.input_extended[:-1]

    @property
    def output_z(self) -> Array:
        """(outputs, batch): z of the last layer, which stays beside `output_a`."""
        return self.layers[-1].z

    @property
    def output_a(self) -> Array:
        """(outputs, batch): the activation of the last layer."""
        return self.layers[-1].a

    @property
    def predictions(self) -> Array:
        """The activation of the last layer: (batch,) where it has one node, else (outputs, batch)."""
        a = self.output_a
        return a[0] if len(a) == 1 else a

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


def _hidden_cache(
    nodes: int, batch: int, gradient: Array, keep_z: bool, dropout: bool
) -> LayerCache:
    a_extended = _with_ones(nodes, batch)
    a = a_extended[:-1]
    activated = aligned_empty(nodes, batch) if dropout else a
    dz_extended = aligned_empty(nodes + 1, batch)
    return LayerCache(
        a_extended=a_extended,
        a=a,
        activated=activated,
        mask=np.ones((nodes, batch)) if dropout else None,
        z=aligned_empty(nodes, batch) if keep_z else activated,
        slope=aligned_empty(nodes, batch),
        dz_extended=dz_extended,
        dz=dz_extended[:-1],
        gradient=gradient,
    )


def _output_cache(layer: FullyConnected, batch: int, gradient: Array) -> LayerCache:
    shape = layer.num_nodes, batch
    z = aligned_empty(*shape)
    a = z if layer.activation.name == "none" else aligned_empty(*shape)
    dz = aligned_empty(*shape)
    return LayerCache(a, a, a, None, z, aligned_empty(*shape), dz, dz, gradient)
