"""A pen is one integer that says how a character is drawn, so that NumPy can compare and combine
whole pictures of them. Pens add up: a foreground, a background and attributes.

Bits 0 to 24 hold the foreground and 25 to 49 the background, each 0 for the terminal's own colour
or 1 + red, green and blue; attributes follow.
"""

from functools import lru_cache

from rich.color import Color
from rich.style import Style

PLAIN = 0
BOLD = 1 << 50
DIM = 1 << 51
REVERSE = 1 << 52
UNDERLINE = 1 << 53

_BACKGROUND_SHIFT = 25
_COLOR_MASK = (1 << 25) - 1

PAPER_MASK = _COLOR_MASK << _BACKGROUND_SHIFT
"""The bits of a pen that say its background."""

RGB = tuple[int, int, int]


def ink(color: RGB | None) -> int:
    """A pen of that foreground; None is the terminal's own."""
    if color is None:
        return 0
    red, green, blue = color
    return 1 + (red << 16 | green << 8 | blue)


def paper(color: RGB | None) -> int:
    """A pen of that background; None is the terminal's own."""
    return ink(color) << _BACKGROUND_SHIFT


def parse_rgb(text: str) -> RGB:
    """The colour written `#rrggbb`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def blend(below: RGB, above: RGB, share: float) -> RGB:
    """`share` (0 to 1) of `above` over `below`."""
    red, green, blue = (round(b + (a - b) * share) for b, a in zip(below, above, strict=True))
    return red, green, blue


@lru_cache(maxsize=4096)
def style_of(pen: int) -> Style:
    """The rich style that draws as `pen` says."""
    return Style(
        color=_color(pen & _COLOR_MASK),
        bgcolor=_color(pen >> _BACKGROUND_SHIFT & _COLOR_MASK),
        bold=bool(pen & BOLD) or None,
        dim=bool(pen & DIM) or None,
        reverse=bool(pen & REVERSE) or None,
        underline=bool(pen & UNDERLINE) or None,
    )


def _color(code: int) -> Color | None:
    if code == 0:
        return None
    rgb = code - 1
    return Color.from_rgb(rgb >> 16, rgb >> 8 & 255, rgb & 255)
