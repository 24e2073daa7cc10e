"""Activations and their derivatives, as operations on preallocated arrays."""

from engine.config.activation_names import activation_parts
from engine.network.activations.activation import Activation
from engine.network.activations.piecewise import Identity, Relu
from engine.network.activations.saturating import Sigmoid, Softmax, Tanh
from engine.network.activations.smooth import Elu, Gelu, Silu, Sine, Softplus

_ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Relu(),
        Tanh(),
        Sigmoid(),
        Elu(),
        Gelu(),
        Silu(),
        Softplus(),
        Sine(),
        Identity(),
        Softmax(),
    )
}


def activation_named(name: str) -> Activation:
    """The activation called `name`: `tanh`, `relu:0.1`, or `softmax`, for a last layer.

    ConfigError names the ones there are.
    """
    if name in _ACTIVATIONS:
        return _ACTIVATIONS[name]
    _, slope = activation_parts("activation", name)
    return Relu(slope)
