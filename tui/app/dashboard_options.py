"""How a run is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DashboardOptions:
    """How a run is shown."""

    pace: int
    """Updates a frame; 0 for as many as there is time for."""
    fps: float
    """Frames a second."""
    ascii_only: bool
    mouse: bool
    theme: str
    """`dark` or `light`."""
    stats: bool = False
    """Whether to show what the picture costs."""
    watches: bool = False
    """Whether the run is only watched, and not steered."""
    warnings: tuple[str, ...] = ()
    """Lines about the set-up that are to be read at the start."""
