"""When a run counts as diverged, and what to say of it."""

import math
from collections.abc import Iterable

import msgspec
import numpy as np

from engine.arrays import Array

PARAMETER_LIMIT = 1_000.0
"""Root mean square of the parameters at which a run counts as diverged. Trained weights here are
of order 1; at a thousand every sigmoid is a step and no gradient leads back."""


class Divergence(msgspec.Struct, frozen=True):
    """The update that was not made because it would have thrown the parameters away."""

    step: int
    """Updates made before it; the parameters are still those of this step."""
    layer: int
    """The layer that would have grown most, counted from 1."""
    what: str
    """`weights` or `biases`; or `outputs`, where these are no numbers."""
    size: float
    """The largest value there would have been; may be infinite or NaN."""
    alpha: float
    """The learning rate of that update, but for the schedule."""

    def __str__(self) -> str:
        what = f"with alpha {self.alpha:g}, {self.what} of layer {self.layer} would"
        if math.isnan(self.size):
            return f"{what} be no numbers at step {self.step + 1:,}"
        return f"{what} reach {self.size:.3g} at step {self.step + 1:,}"


def norm_limit(size: int) -> float:
    """The Euclidean norm of `size` parameters whose root mean square is PARAMETER_LIMIT."""
    return PARAMETER_LIMIT * math.sqrt(size)


def within_limit(parameters: Array) -> bool:
    """Whether a run can have come to these parameters: the update past the limit is never made."""
    rounding = 1.0 + 1e-9
    with np.errstate(over="ignore"):
        return bool(math.sqrt(parameters.dot(parameters)) <= norm_limit(parameters.size) * rounding)


def undefined_at(layers: int, step: int, alpha: float) -> Divergence:
    """The divergence of a network of so many layers whose outputs at `step` are no numbers."""
    return Divergence(step, layers, "outputs", math.nan, alpha)


def divergence_at(
    parameters: Array, shapes: Iterable[tuple[int, int]], step: int, alpha: float
) -> Divergence:
    """The divergence to `parameters`, flat, of layers of `shapes` (nodes, inputs + 1): names the
    largest of them.
    """
    magnitudes = np.abs(parameters)
    magnitudes[np.isnan(magnitudes)] = np.inf
    worst, start = int(np.argmax(magnitudes)), 0
    for number, (nodes, columns) in enumerate(shapes, start=1):
        if worst < start + nodes * columns:
            is_bias = (worst - start) % columns == columns - 1
            what = "biases" if is_bias else "weights"
            return Divergence(step, number, what, float(abs(parameters[worst])), alpha)
        start += nodes * columns
    raise AssertionError("the index lies in some layer")
