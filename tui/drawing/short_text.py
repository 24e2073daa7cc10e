"""Texts made short for the room that there is."""

import textwrap
import unicodedata
from collections.abc import Iterable

from rich.cells import cell_len

LEFT_OUT = " .. "


def fitting(forms: Iterable[str], room: int) -> str:
    """The first of `forms`, which begin with the longest, of at most `room` characters; empty if none is."""
    return next((form for form in forms if len(form) <= room), "")


def in_two_lines(text: str, width: int) -> str:
    """`text` in at most two lines of `width`; what does not fit is left out of its middle, as the
    end says why or where.
    """
    width = max(width, 1)
    kept = len(text)
    shown = text
    while len(lines := textwrap.wrap(shown, width)) > 2 and kept > 2:
        kept -= 1
        head = (kept + 1) // 2
        shown = text[:head].rstrip() + LEFT_OUT + text[len(text) - kept // 2 :].lstrip()
    return "\n".join(lines[:2])


def in_cells(name: str, *, ascii_only: bool = False) -> str:
    """A name from a person's data with one cell for each character, as pictures need it: accents go where
    there is but ASCII, and what has no place in a cell is a question mark.
    """
    if ascii_only:
        name = unicodedata.normalize("NFKD", name)
        name = "".join(char for char in name if not unicodedata.combining(char))
    fits = (
        char.isprintable() and cell_len(char) == 1 and (char.isascii() or not ascii_only)
        for char in name
    )
    return "".join(char if fit else "?" for char, fit in zip(name, fits, strict=True))


def cut(text: str, width: int) -> str:
    """`text`, or its beginning with two dots behind."""
    return text if len(text) <= width else f"{text[: max(width - 2, 0)]}.."[: max(width, 0)]


def cut_front(text: str, width: int) -> str:
    """`text`, or its end with two dots before."""
    return (
        text
        if len(text) <= width
        else f"..{text[len(text) - max(width - 2, 0) :]}"[: max(width, 0)]
    )
