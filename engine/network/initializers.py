"""How a layer's first parameters are drawn."""

import math
from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.config.names import INITIALIZATIONS, Initialization
from engine.errors import ConfigError

Initializer = Callable[[np.random.Generator, Array, Array], None]
"""Writes into weights (nodes, inputs) and biases (nodes,), views of the layer's own."""


def he(rng: np.random.Generator, weights: Array, biases: Array) -> None:
    """Normal with variance 2 / inputs, biases 0 (He et al. 2015)."""
    weights[...] = rng.normal(0.0, np.sqrt(2.0 / weights.shape[1]), weights.shape)
    biases[...] = 0.0


def glorot(rng: np.random.Generator, weights: Array, biases: Array) -> None:
    """Uniform within sqrt(6 / (inputs + nodes)) of 0, biases 0 (Glorot and Bengio 2010)."""
    limit = math.sqrt(6.0 / sum(weights.shape))
    weights[...] = rng.uniform(-limit, limit, weights.shape)
    biases[...] = 0.0


def pytorch(rng: np.random.Generator, weights: Array, biases: Array) -> None:
    """Weights and biases uniform within 1 / sqrt(inputs) of 0: those of PyTorch's `Linear`.

    With biases of 0, the bends of all nodes of a first layer go through one point, and descent has to
    move them apart first.
    """
    limit = 1.0 / math.sqrt(weights.shape[1])
    weights[...] = rng.uniform(-limit, limit, weights.shape)
    biases[...] = rng.uniform(-limit, limit, biases.shape)


def article(rng: np.random.Generator, weights: Array, biases: Array) -> None:
    """Weights and biases normal with mean -1 and standard deviation 1."""
    weights[...] = rng.normal(-1.0, 1.0, weights.shape)
    biases[...] = rng.normal(-1.0, 1.0, biases.shape)


def uniform(rng: np.random.Generator, weights: Array, biases: Array) -> None:
    """Uniform from -0.5 to 0.5, biases 0.1: that of TensorFlow's playground."""
    weights[...] = rng.uniform(-0.5, 0.5, weights.shape)
    biases[...] = 0.1


def zeros(_rng: np.random.Generator, weights: Array, biases: Array) -> None:
    """All 0: the nodes of a hidden layer then stay alike for ever."""
    weights[...] = 0.0
    biases[...] = 0.0


_INITIALIZERS: dict[Initialization, Initializer] = {
    "he": he,
    "glorot": glorot,
    "pytorch": pytorch,
    "article": article,
    "uniform": uniform,
    "zeros": zeros,
}


def initializer_named(name: Initialization) -> Initializer:
    """The initializer called `name`; ConfigError names the ones there are."""
    try:
        return _INITIALIZERS[name]
    except KeyError:
        raise ConfigError(
            "initialization", f"{name!r} is not one of {', '.join(INITIALIZATIONS)}"
        ) from None
