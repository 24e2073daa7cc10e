"""One fully connected layer: its parameters and what it computes."""

from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array, Operation, aligned_copy, aligned_empty
from engine.config.names import Initialization
from engine.errors import ConfigError, ShapeError
from engine.network.activations import activation_named
from engine.network.initializers import initializer_named


class FullyConnected:
    """`num_nodes` nodes, each connected to all of `num_inputs` inputs: a = f(W x + b).

    The parameters lie in one array, (nodes, inputs + 1), biases last: with a row of ones under x,
    one matrix product gives W x + b. `weights` and `biases` are views of it, so writing to them
    changes the layer.
    """

    def __init__(
        self,
        num_inputs: int,
        num_nodes: int,
        activation: str,
        rng: np.random.Generator,
        initialization: Initialization = "he",
        storage: Array | None = None,
    ) -> None:
        """Draw the initial parameters from `rng`, into `storage` (nodes, inputs + 1) if given."""
        if num_inputs < 1 or num_nodes < 1:
            raise ConfigError("layers", "a layer needs at least one input and one node")
        self.num_inputs = num_inputs
        self.num_nodes = num_nodes
        self.activation = activation_named(activation)
        self.off: tuple[int, ...] = ()
        """Nodes that put out 0, whatever they are given."""
        self.parameters = aligned_empty(num_nodes, num_inputs + 1) if storage is None else storage
        self.initialize(rng, initialization)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, parameters=aligned_copy(state["parameters"]))

    @property
    def weights(self) -> Array:
        """W, shape (nodes, inputs), a view."""
        return self.parameters[:, :-1]

    @weights.setter
    def weights(self, values: Array) -> None:
        self.parameters[:, :-1] = values

    @property
    def biases(self) -> Array:
        """b, shape (nodes,), a view."""
        return self.parameters[:, -1]

    @biases.setter
    def biases(self, values: Array) -> None:
        self.parameters[:, -1] = values

    def initialize(self, rng: np.random.Generator, initialization: Initialization) -> None:
        """Draw new parameters."""
        initializer_named(initialization)(rng, self.weights, self.biases)

    def silence(self, rows: Array) -> list[Operation]:
        """The calls that make the rows of nodes that are switched off 0 in `rows`, (nodes, ...)."""
        return [partial(rows[node].fill, 0.0) for node in self.off]

    def forward(self, inputs: Array) -> tuple[Array, Array]:
        """`inputs` of shape (inputs, batch), or (inputs,) for one sample, to (a, z) of shape
        (nodes, batch) or (nodes,): z = W x + b, a = f(z). New arrays each time.
        """
        inputs = np.asarray(inputs, dtype=np.float64)
        self.check_inputs(inputs)
        columns = inputs[:, np.newaxis] if inputs.ndim == 1 else inputs
        z = self.weights @ columns + self.biases[:, np.newaxis]
        a, slope = np.empty_like(z), np.empty_like(z)
        with np.errstate(over="ignore", invalid="ignore"):
            for operation in [*self.activation.forward(z, slope, a), *self.silence(a)]:
                operation()
        return (a[:, 0], z[:, 0]) if inputs.ndim == 1 else (a, z)

    def check_inputs(self, inputs: Array) -> None:
        """ShapeError unless `inputs` is (inputs,) or (inputs, batch) for this layer."""
        if inputs.ndim not in (1, 2) or inputs.shape[0] != self.num_inputs:
            raise ShapeError(
                f"inputs of shape {inputs.shape} do not fit a layer of {self.num_inputs} inputs,"
                f" weights of shape {self.weights.shape}"
            )
