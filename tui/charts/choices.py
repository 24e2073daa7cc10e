"""A list of choices, a line each, of which one is selected."""

from dataclasses import dataclass

from tui.drawing.palette import Palette
from tui.drawing.pens import BOLD, REVERSE
from tui.drawing.picture import Picture
from tui.drawing.scrolling import first_shown

GAP = 2
"""Columns between the parts of a line."""

ROOM_FOR_TEXT = 24
"""The least columns that a text is shown in."""

CUT = " .."
"""Behind a text of which there is more."""

MARK = ">"
"""Before the line that is selected, so that it is seen without colour, too."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, and all that it is found by."""

    name: str
    """In a word or two."""
    text: str = ""
    """What it is, in a line."""
    keys: tuple[str, ...] = ()
    """The keys that do the same, as they are shown."""
    words: tuple[str, ...] = ()
    """Further words, in lower case."""


def draw_choices(
    choices: list[Choice], selected: int, rows: int, columns: int, palette: Palette
) -> Picture:
    """The lines around the one `selected`: keys, name and text. Where there is not room for all
    three, the text is left out.
    """
    picture = Picture.blank(rows, columns, palette.base)
    if not choices:
        picture.write(0, len(MARK) + 1, "nothing is called that", palette.faint)
        return picture
    keys_width = max(len(" ".join(choice.keys)) for choice in choices)
    name_at = len(MARK) + 1 + (keys_width + GAP if keys_width else 0)
    text_at = name_at + max(len(choice.name) for choice in choices) + GAP
    top = first_shown(selected, rows, len(choices))
    for row, choice in enumerate(choices[top : top + rows]):
        keys = " ".join(choice.keys)
        picture.write_right(row, name_at - GAP, keys, palette.key)
        picture.write(row, name_at, choice.name, palette.strong)
        if columns - text_at >= ROOM_FOR_TEXT:
            picture.write(row, text_at, shortened(choice.text, columns - text_at - 1), palette.text)
        if top + row == selected:
            picture.write(row, 0, MARK, palette.key)
            picture.pens[row] = palette.text | BOLD | REVERSE
    return picture


def shortened(text: str, width: int) -> str:
    """`text`, or as many of its whole words as fit with dots behind."""
    if len(text) <= width:
        return text
    return text[: max(width - 2, 0)].rpartition(" ")[0].rstrip(",;:") + CUT
