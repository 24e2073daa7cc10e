"""The names of activations; relu may have its slope behind a colon."""

from engine.config.checks import check_range, shown
from engine.errors import ConfigError

LEAK = 0.05
"""Slope of relu where z <= 0, as the article has it."""

ACTIVATION_NAMES = ("relu", "tanh", "sigmoid", "elu", "gelu", "silu", "softplus", "sine", "none")


def check_activation(setting: str, text: str) -> None:
    """ConfigError unless `text` names an activation."""
    canonical_activation(text, setting)


def canonical_activation(text: str, setting: str = "activation") -> str:
    """The shortest way to write it: relu:0.05 is relu."""
    name, colon, number = text.partition(":")
    if name not in ACTIVATION_NAMES or (colon and name != "relu"):
        names = ", ".join(ACTIVATION_NAMES)
        raise ConfigError(setting, f"{shown(text)} is not one of {names}, relu:SLOPE")
    if not colon:
        return name
    try:
        slope = float(number)
    except ValueError:
        raise ConfigError(setting, f"{shown(text)} has no slope from 0 to 1 behind it") from None
    check_range(setting, slope, 0.0, 1.0)
    return "relu" if slope == LEAK else f"relu:{slope:g}"
