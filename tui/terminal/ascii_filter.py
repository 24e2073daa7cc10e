"""For terminals without Unicode: all that widgets draw is written as ASCII."""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

NEAREST = {
    "│": "|", "┃": "|", "║": "|", "─": "-", "━": "-", "═": "=", "╸": "-", "╺": "-", "┊": ":", "▔": "-", "█": "#", "▀": "#",
    "▁": " ", "▂": " ", "▃": " ", "▄": " ", "▅": " ", "▆": " ", "▇": " ",
    "▌": "|", "▐": "|", "▎": "|", "▊": "|", "•": "*", "●": "*", "▶": ">", "▼": "v", "…": ".",
    "×": "x", "–": "-", "—": "-", "’": "'", "↑": "^", "↓": "v", "←": "<", "→": ">", "▪": "*",
}  # fmt: skip
"""ASCII that says the same in one cell."""


class AsciiFilter(LineFilter):
    """Replaces every character outside ASCII, cell for cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Called by Textual for each line that it is about to write."""
        return [
            segment
            if segment.text.isascii()
            else Segment(to_ascii(segment.text), segment.style, None)
            for segment in segments
        ]


@lru_cache(maxsize=4096)
def to_ascii(text: str) -> str:
    """`text` in ASCII, as wide as before."""
    if text.isascii():
        return text
    width = cell_len(text)
    # joined characters can be narrower than each for itself
    return "".join(_nearest(char) for char in text)[:width].ljust(width)


def _nearest(char: str) -> str:
    if char.isascii():
        return char
    width = cell_len(char)
    if width == 0:
        return ""
    found = NEAREST.get(char)
    if found is None and unicodedata.name(char, "").startswith("BOX DRAWINGS"):
        found = "+"  # straight ones are among the nearest
    if found is None:
        plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        found = plain[:1] or "?"
    return found * width
