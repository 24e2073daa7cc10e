"""Losses: value and derivative from the pre-activation of the last layer, and the decision."""

from engine.errors import ConfigError
from engine.network.losses.binary import BinaryCrossEntropy, binary_cross_entropy
from engine.network.losses.categorical import CrossEntropy
from engine.network.losses.loss import Loss, mean_loss
from engine.network.losses.squared import SquaredError

__all__ = [
    "BinaryCrossEntropy",
    "CrossEntropy",
    "Loss",
    "SquaredError",
    "binary_cross_entropy",
    "loss_for",
    "loss_of_output",
    "mean_loss",
]

_SQUARED = ("squared_error", "half_squared_error")


def loss_for(name: str, outputs: int, *, regression: bool) -> Loss:
    """The loss called `name` for a network of so many `outputs`: one where values or two classes are
    learnt, else one for each class. `auto` is squared error for values and cross-entropy for
    classes. ConfigError where the name does not fit what is learnt.
    """
    if regression:
        if name not in ("auto", *_SQUARED):
            raise ConfigError("loss", f"{name!r}: a regression takes one of {', '.join(_SQUARED)}")
        return SquaredError(half=name == "half_squared_error")
    if name in _SQUARED:
        if outputs > 1:
            raise ConfigError("loss", f"{name!r}: more than two classes take cross_entropy")
        return SquaredError(half=name == "half_squared_error", classes=2)
    if name == "binary_cross_entropy" and outputs > 1:
        raise ConfigError("loss", f"{name!r}: more than two classes take cross_entropy")
    if name not in ("auto", "cross_entropy", "binary_cross_entropy"):
        allowed = ", ".join(("cross_entropy", *_SQUARED))
        raise ConfigError("loss", f"{name!r} is not one of {allowed}")
    return BinaryCrossEntropy() if outputs == 1 else CrossEntropy(outputs)


def loss_of_output(activation: str, outputs: int) -> Loss:
    """The loss that goes with a last layer of this activation: cross-entropy with sigmoid and
    softmax, squared error with none and, for two classes, with tanh.

    ConfigError for another activation, or several outputs where the loss is of one.
    """
    if activation == "softmax":
        return CrossEntropy(outputs)
    losses: dict[str, Loss] = {
        "sigmoid": BinaryCrossEntropy(),
        "none": SquaredError(),
        "tanh": SquaredError(classes=2),
    }
    if activation not in losses or outputs != 1:
        raise ConfigError("loss", f"none is known for {outputs} outputs with {activation!r}")
    return losses[activation]
