"""The style of a cell in the terminal, and the shortest sequence from one style to another.

Textual starts every run of characters from nothing and resets after it, some 50 bytes in true
colour. Most neighbours differ in one thing only, so what is sent here is the difference.
"""

from functools import lru_cache
from typing import NamedTuple

ATTRIBUTES = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 8: 28, 9: 29, 21: 24, 53: 55}
"""The codes that switch an attribute on, with those that switch it off."""


class CellStyle(NamedTuple):
    """Foreground and background as the codes that set them, `` for the terminal's own, and the
    attribute codes that are on, in order.
    """

    foreground: str = ""
    background: str = ""
    attributes: tuple[int, ...] = ()


PLAIN = CellStyle()


@lru_cache(maxsize=8192)
def parse_style(codes: str) -> CellStyle:
    """The style that `ESC [ codes m` sets, starting from plain."""
    foreground, background = "", ""
    attributes: set[int] = set()
    parts = codes.split(";")
    position = 0
    while position < len(parts):
        code = int(parts[position] or 0)
        length = 1
        if code in (38, 48):
            length = 5 if parts[position + 1 : position + 2] == ["2"] else 3
            color = ";".join(parts[position : position + length])
            foreground, background = (color, background) if code == 38 else (foreground, color)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            foreground = str(code)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            background = str(code)
        elif code == 39:
            foreground = ""
        elif code == 49:
            background = ""
        elif code == 0:
            foreground, background = "", ""
            attributes.clear()
        elif code in ATTRIBUTES:
            attributes.add(code)
        position += length
    return CellStyle(foreground, background, tuple(sorted(attributes)))


@lru_cache(maxsize=8192)
def look_alike(one: CellStyle, other: CellStyle) -> bool:
    """Whether a blank looks the same in both: it shows no foreground."""
    return one.background == other.background and not (one.attributes or other.attributes)


@lru_cache(maxsize=65536)
def transition(old: CellStyle, new: CellStyle) -> str:
    """The shortest sequence that turns `old` into `new`; empty if they are the same."""
    if old == new:
        return ""
    afresh = ["0", *map(str, new.attributes), new.foreground, new.background]
    if new == PLAIN:
        return "\x1b[m"
    change: list[str] = []
    gone = [code for code in old.attributes if code not in new.attributes]
    off = sorted({ATTRIBUTES[code] for code in gone})
    change += map(str, off)
    # bold and dim, or both underlines, go off together, so that one of them may have to come back
    kept = [c for c in new.attributes if c not in old.attributes or ATTRIBUTES[c] in off]
    change += map(str, kept)
    if old.foreground != new.foreground:
        change.append(new.foreground or "39")
    if old.background != new.background:
        change.append(new.background or "49")
    options = (";".join(code for code in codes if code) for codes in (change, afresh))
    return f"\x1b[{min(options, key=len)}m"
