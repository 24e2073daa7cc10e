"""What stands in the place of a dashboard that there is no room for."""

from textual.geometry import Size

LEAST = Size(60, 18)
"""Below this size, only a notice is shown."""


def is_too_small(size: Size) -> bool:
    """Whether there is no room for the dashboard."""
    return size.width < LEAST.width or size.height < LEAST.height


def too_small_notice(size: Size, keys: str) -> str:
    """Three lines: what is needed, what there is, and which `keys` act."""
    return (
        f"moonwalk needs {LEAST.width}x{LEAST.height}\nthis is {size.width}x{size.height}\n{keys}"
    )
