"""From a point's inputs to what the network takes in: features, on one scale."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Array
from engine.config.names import FeatureName, Scaling
from engine.errors import ConfigError

_FORMULAS: dict[FeatureName, Callable[[Array, Array], Array]] = {
    "x": lambda x, _: x,
    "y": lambda _, y: y,
    "x2": lambda x, _: x * x,
    "y2": lambda _, y: y * y,
    "xy": lambda x, y: x * y,
    "sinx": lambda x, _: np.sin(x),
    "siny": lambda _, y: np.sin(y),
}


class Transform(NamedTuple):
    """feature = (formula(inputs) - center) / scale."""

    features: tuple[FeatureName, ...] = ()
    """Made of two inputs; none for the inputs themselves."""
    center: Array | None = None
    """(features, 1); None where nothing is scaled."""
    scale: Array | None = None

    def __call__(self, x: Array) -> Array:
        """(inputs, points) to (features, points); `x` itself where nothing is to be done."""
        made = self._formulas(x)
        if self.center is None or self.scale is None:
            return made
        scaled: Array = (made - self.center) / self.scale
        return scaled

    def _formulas(self, x: Array) -> Array:
        if not self.features:
            return x
        return np.stack([_FORMULAS[name](x[0], x[1]) for name in self.features])


AS_THEY_ARE = Transform()
"""The inputs as they are."""


def fitted(features: tuple[FeatureName, ...], scaling: Scaling, x: Array) -> Transform:
    """The transform that brings training inputs `x` (inputs, points) to one scale.

    standard: mean 0 and standard deviation 1; minmax: from 0 to 1. A feature that is always the same
    becomes 0. ConfigError for features that are too large for that.
    """
    plain = Transform(features)
    if scaling == "none":
        return plain
    made = plain(x)
    with np.errstate(over="ignore", invalid="ignore"):
        if scaling == "standard":
            center = _of_rows(np.mean, made)
            scale = _of_rows(np.std, made)
        else:
            center = made.min(axis=1, keepdims=True)
            scale = made.max(axis=1, keepdims=True) - center
    if not (np.isfinite(center).all() and np.isfinite(scale).all()):
        raise ConfigError("features", f"of inputs up to {np.abs(x).max():.0e}, they are too large")
    scale[scale == 0.0] = 1.0
    return Transform(features, center, scale)


def _of_rows(figure: Callable[[Array], Any], rows: Array) -> Array:
    """(rows, 1): a figure of each row, one after the other: at once, it would take a copy of all."""
    return np.array([[figure(row)] for row in rows])
