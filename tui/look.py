"""How everything is drawn: colours and characters, decided once for a terminal and a theme."""

from typing import NamedTuple

from tui.glyphs import Glyphs
from tui.palette import Palette


class Look(NamedTuple):
    """A palette and a set of characters."""

    palette: Palette
    glyphs: Glyphs
