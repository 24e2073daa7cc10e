"""The colours and characters of all drawings, chosen once for a terminal and a theme."""

from typing import NamedTuple

from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette


class Look(NamedTuple):
    """A palette and a set of characters."""

    palette: Palette
    glyphs: Glyphs
