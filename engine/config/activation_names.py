"""The names of activations as a person writes them: `tanh`, `relu`, `relu:0.1`."""

import math
from typing import Any

from engine.config.checks import shown
from engine.errors import ConfigError

ACTIVATIONS: tuple[str, ...] = (
    "relu",
    "tanh",
    "sigmoid",
    "elu",
    "gelu",
    "silu",
    "softplus",
    "sine",
    "none",
)
"""Those that a hidden layer can have."""

LEAK = 0.05
"""Slope of `relu` where z <= 0: the article's. `relu:0` is the textbook's."""


def check_activation(setting: str, text: Any) -> None:
    """ConfigError unless `text` names an activation."""
    activation_parts(setting, text)


def activation_parts(setting: str, text: Any) -> tuple[str, float]:
    """The name in `text`, and the slope where z <= 0, which means something for relu only.

    ConfigError if there is no such activation, or none with this slope.
    """
    name, colon, slope = text.partition(":") if isinstance(text, str) else ("", "", "")
    if name not in ACTIVATIONS:
        allowed = ", ".join(["relu", "relu:SLOPE", *ACTIVATIONS[1:]])
        raise ConfigError(setting, f"{shown(text)} is not one of {allowed}")
    if not colon:
        return name, LEAK
    if name != "relu":
        raise ConfigError(setting, f"{shown(text)}: only relu takes a slope, as in relu:0.1")
    return name, _slope(setting, text, slope)


def canonical_activation(setting: str, text: str) -> str:
    """The one way to write what `text` names: `relu:0.05` and `relu:.050` are `relu`."""
    name, slope = activation_parts(setting, text)
    return relu_name(slope) if name == "relu" else name


def relu_name(slope: float) -> str:
    """How the relu with this slope where z <= 0 is written."""
    if slope == LEAK:
        return "relu"
    short = f"{slope:g}"
    return f"relu:{short if float(short) == slope else repr(slope)}"


def _slope(setting: str, text: str, written: str) -> float:
    try:
        slope = float(written)
    except ValueError:
        slope = math.nan
    if not 0.0 <= slope < 1.0:
        raise ConfigError(
            setting, f"{shown(text)}: the slope of a relu is a number from 0, below 1"
        )
    return abs(slope)  # -0 is 0
