"""The limits of what a run can be asked for, and the checks that hold them."""

import math
from collections.abc import Iterable
from typing import Any

from engine.errors import ConfigError

MAX_ALPHA = 1e300
MAX_STEPS = 10**12
MAX_SAMPLES = 1_000_000
MAX_NODES = 4096
MAX_LAYERS = 16
MAX_INPUTS = 64
MAX_SEED = 2**32 - 1
"""The largest seed that scikit-learn takes."""
MAX_NOISE = 1e6
MAX_COORDINATE = 1e100
"""Of a point, or of a value."""
MAX_WEIGHT = 1000.0
"""That a person can type."""

FULL_SPEED = 0
"""The pace that is no number of steps a frame, but as many as there is time for."""
MAX_PACE = 1_000_000
"""Steps a frame."""
MAX_STEPS_AT_ONCE = 100
"""Steps that one command can make, between which no message is read."""


def check_whole(setting: str, value: int, least: int, most: int) -> None:
    """ConfigError unless `least` <= `value` <= `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ConfigError(setting, f"{shown(value)} is not a whole number from {least} to {most}")


def check_positive(setting: str, value: float, most: float) -> None:
    """ConfigError unless `value` is a finite number above zero, up to `most`."""
    if not (isinstance(value, int | float) and math.isfinite(value) and 0.0 < value <= most):
        raise ConfigError(setting, f"{shown(value)} is not a number above 0, up to {most:g}")


def check_share(setting: str, value: float) -> None:
    """ConfigError unless `value` lies between 0 and 1, ends excluded."""
    if not (isinstance(value, int | float) and 0.0 < value < 1.0):
        raise ConfigError(setting, f"{shown(value)} is not a number between 0 and 1")


def check_name(setting: str, value: str, allowed: tuple[str, ...]) -> None:
    """ConfigError unless `value` is one of `allowed`."""
    if value not in allowed:
        raise ConfigError(setting, f"{shown(value)} is not one of {', '.join(allowed)}")


def check_range(setting: str, value: float, least: float, most: float) -> None:
    """ConfigError unless `value` is a number from `least` to `most`, both included."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits:
        raise ConfigError(setting, f"{shown(value)} is not a number from {least:g} to {most:g}")


def check_alpha(alpha: float) -> None:
    """ConfigError unless `alpha` can be a learning rate."""
    check_positive("alpha", alpha, MAX_ALPHA)


def check_pace(pace: int) -> None:
    """ConfigError unless `pace` is a number of steps a frame, or FULL_SPEED."""
    check_whole("pace", pace, 0, MAX_PACE)


def check_split(samples: int, test_size: float) -> None:
    """ConfigError unless both sides of the split can hold two classes."""
    tested = math.ceil(test_size * samples)
    trained = samples - tested
    if min(tested, trained) < 2:
        raise ConfigError(
            "test-size",
            f"{test_size:g} of {samples} samples leaves {trained} to train on and {tested} to test;"
            " each side needs at least 2",
        )


def shown(value: Any) -> str:
    """`value` as a one-line message can hold it: text in quotes, at most 40 characters."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def listed(names: Iterable[str]) -> str:
    """`names` as a one-line message can hold them: at most 200 characters."""
    text = ", ".join(names)
    return text if len(text) <= 200 else text[:197] + "..."
