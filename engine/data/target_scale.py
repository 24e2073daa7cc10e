"""From the unit of a value that is learnt to the one in which the network learns it."""

from typing import NamedTuple

from engine.arrays import Array


class TargetScale(NamedTuple):
    """scaled = (y - center) / scale. With values in the hundreds, squared errors have gradients in the
    ten thousands: no usual alpha would do.
    """

    center: float = 0.0
    scale: float = 1.0

    def scaled(self, y: Array) -> Array:
        """Values (points,) as the network learns them; `y` itself where nothing is to be done."""
        return y if self == AS_IT_IS else (y - self.center) / self.scale

    def unscaled(self, outputs: Array) -> Array:
        """What a network gives, in the unit of the data; `outputs` itself where they are that."""
        return outputs if self == AS_IT_IS else outputs * self.scale + self.center


AS_IT_IS = TargetScale()
"""The value as it is."""


def fitted_target(y: Array) -> TargetScale:
    """Brings training values `y` (points,) to mean 0 and standard deviation 1."""
    spread = float(y.std())
    return TargetScale(float(y.mean()), spread if spread > 0.0 else 1.0)
