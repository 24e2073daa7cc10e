"""Between the values of a regression and what a network is to put out for them."""

from typing import NamedTuple

from engine.arrays import Array


class TargetScale(NamedTuple):
    """output = (value - center) / scale."""

    center: float = 0.0
    scale: float = 1.0

    def outputs(self, values: Array) -> Array:
        """(points,): what is to be put out for `values`; they themselves where nothing is scaled."""
        return values if self == AS_VALUES else (values - self.center) / self.scale

    def values(self, outputs: Array) -> Array:
        """(points,): what the network's `outputs` say, in the unit of the data."""
        return outputs if self == AS_VALUES else outputs * self.scale + self.center


AS_VALUES = TargetScale()
"""The outputs are the values."""
