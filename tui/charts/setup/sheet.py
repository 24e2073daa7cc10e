"""The set-up as a sheet: sections, the settings of one of them, and what the chosen one means."""

import textwrap
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from tui.charts.choices import CUT, MARK, shortened
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.pens import BOLD, REVERSE, UNDERLINE
from tui.drawing.picture import Picture
from tui.drawing.scrolling import first_shown
from tui.drawing.short_text import cut, cut_front

NAME_AT, CONTROL_AT, VALUE_AT = 2, 17, 19
"""Columns where a row's name, what turns its value back, and the value begin."""

MARK_COLUMNS = 6
"""On the right, for what a change does."""

LEAST_ROWS, LEAST_COLUMNS = 2, VALUE_AT + 5

LOW = 12
"""Rows below which less is explained."""

AIRY = 16
"""Rows from which on there is an empty one below the sections and a line above the explanation."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet."""

    name: str
    value: str = ""
    beside: str = ""
    """What stands behind the value."""
    mark: str = ""
    """What a change does: `live` or `anew`."""
    turns: bool = False
    """Whether keys turn through its values."""
    is_usual: bool = True
    """Whether its value is the one that comes by itself."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that is being typed."""

    text: str
    cursor: int
    selected: bool = False
    """Whether all of it is, to be replaced."""


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """All that is drawn of the set-up."""

    sections: tuple[tuple[str, str], ...]
    """Name and short name of each."""
    section: int
    rows: tuple[SheetRow, ...]
    selected: int
    help: str = ""
    """What the selected row means."""
    effect: str = ""
    """What a change would do, or does."""
    problem: bool = False
    """Whether `effect` says what is wrong, or is a question."""
    typed: Typed | None = None
    """What is being typed in the selected row."""


class Part(Enum):
    """What of a line a place belongs to."""

    ROW = 0
    BEFORE = 1
    """What turns the value back."""
    AFTER = 2
    """What turns it on."""
    VALUE = 3
    BESIDE = 4


class Hit(NamedTuple):
    """What a click has met: a section, or a part of a row."""

    section: int | None = None
    row: int | None = None
    part: Part = Part.ROW


class Layout(NamedTuple):
    """Where the parts of the sheet stand, in rows."""

    list_top: int
    list_rows: int
    extra_top: int
    """Where there is room for a further picture, which ends where the explanation begins."""
    foot_top: int


def layout(sheet: SheetPicture, rows: int, extra: int = 0) -> Layout:
    """Where everything stands in so many rows, with up to `extra` for a further picture below the list."""
    airy = rows >= AIRY
    list_top = 2 if airy else 1
    foot_top = max(rows - _foot_rows(rows), list_top + 1)
    room = max(foot_top - list_top - airy, 1)
    list_rows = min(len(sheet.rows), room) if extra else room
    end = list_top + list_rows
    has_gap = foot_top - airy - end > extra
    return Layout(list_top, list_rows, end + has_gap, foot_top)


def help_rows(rows: int) -> int:
    """The lines that explain the selected row."""
    return 2 if rows < LOW else 3 if rows < AIRY else 4


def _foot_rows(rows: int) -> int:
    return help_rows(rows) + (1 if rows < AIRY else 2)


def draw_sheet(
    sheet: SheetPicture,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
    extra: Picture | None = None,
) -> Picture:
    """The sheet, with the `extra` picture below its list; blank where nothing could be read of it."""
    picture = Picture.blank(rows, columns, palette.base)
    if rows < LEAST_ROWS or columns < LEAST_COLUMNS:
        return picture
    places = layout(sheet, rows, 0 if extra is None else extra.rows)
    _draw_sections(picture, sheet, palette)
    top = first_shown(sheet.selected, places.list_rows, len(sheet.rows))
    for row, one in enumerate(sheet.rows[top : top + places.list_rows]):
        _draw_row(picture, places.list_top + row, one, palette)
        if top + row == sheet.selected:
            _draw_selected(picture, places.list_top + row, sheet, palette, glyphs)
    if extra is not None:
        picture.paste(
            places.extra_top, 0, extra.part(0, places.foot_top - places.extra_top, 0, columns)
        )
    _draw_foot(picture, places.foot_top, sheet, palette, glyphs)
    return picture


def hit(sheet: SheetPicture, rows: int, columns: int, row: int, column: int, extra: int = 0) -> Hit:
    """What stands in that place of the picture."""
    places = layout(sheet, rows, extra)
    if row == 0:
        for number, (begin, name) in enumerate(_section_places(sheet, columns)):
            if begin - 1 <= column <= begin + len(name):
                return Hit(section=number)
        return Hit()
    top = first_shown(sheet.selected, places.list_rows, len(sheet.rows))
    place = row - places.list_top
    if not 0 <= place < min(places.list_rows, len(sheet.rows) - top):
        return Hit()
    one = sheet.rows[top + place]
    end = VALUE_AT + len(_fitting(one, columns))
    part = Part.ROW
    if one.turns and CONTROL_AT <= column < VALUE_AT:
        part = Part.BEFORE
    elif one.turns and end <= column <= end + 1:
        part = Part.AFTER
    elif VALUE_AT <= column < end:
        part = Part.VALUE
    elif 0 <= column - _beside_at(_fitting(one, columns)) < len(one.beside):
        part = Part.BESIDE
    return Hit(row=top + place, part=part)


def rows_shown(sheet: SheetPicture, rows: int, extra: int = 0) -> str:
    """Which rows of how many are shown, if they are not all."""
    shown = layout(sheet, rows, extra).list_rows
    if shown >= len(sheet.rows):
        return ""
    top = first_shown(sheet.selected, shown, len(sheet.rows))
    return f"{top + 1} to {top + shown} of {len(sheet.rows)}"


def _section_places(sheet: SheetPicture, columns: int) -> list[tuple[int, str]]:
    """The column and the name of each section."""
    long = sum(len(name) + 2 for name, _ in sheet.sections) <= columns
    names = [name if long else short for name, short in sheet.sections]
    gap = 2 if sum(len(name) + 2 for name in names) + 1 <= columns else 1
    places, column = [], 1
    for name in names:
        places.append((column, name))
        column += len(name) + gap
    return places


def _draw_sections(picture: Picture, sheet: SheetPicture, palette: Palette) -> None:
    for number, (column, name) in enumerate(_section_places(sheet, picture.columns)):
        chosen = number == sheet.section
        picture.write(0, column, name, palette.key | UNDERLINE if chosen else palette.faint)


def _fitting(row: SheetRow, columns: int) -> str:
    """Its value in the room that there is: the end of a path, the beginning of all else."""
    room = max(
        columns - VALUE_AT - 2 - MARK_COLUMNS - (len(row.beside) + 1 if row.beside else 0), 4
    )
    return cut_front(row.value, room) if "/" in row.value else cut(row.value, room)


def _beside_at(value: str) -> int:
    """The column of what stands behind a value: the same for all numbers of a few digits."""
    return VALUE_AT + max(len(value), 4) + 3


def _draw_row(picture: Picture, row: int, one: SheetRow, palette: Palette) -> None:
    picture.write(row, NAME_AT, one.name, palette.text)
    value = _fitting(one, picture.columns)
    picture.write(row, VALUE_AT, value, palette.text if one.is_usual else palette.strong)
    picture.write(row, _beside_at(value), one.beside, palette.faint)
    pen = palette.test if one.mark == "anew" else palette.faint
    picture.write_right(row, picture.columns - 1, one.mark, pen)


def _draw_selected(
    picture: Picture, row: int, sheet: SheetPicture, palette: Palette, glyphs: Glyphs
) -> None:
    one = sheet.rows[sheet.selected]
    picture.write(row, 0, MARK, palette.key)
    picture.pens[row] = palette.text | BOLD | REVERSE
    if sheet.typed is not None:
        _draw_typed(picture, row, sheet.typed, palette)
    elif one.turns:
        picture.write(row, CONTROL_AT, glyphs.turn_back, picture.pens[row, 0])
        end = VALUE_AT + len(_fitting(one, picture.columns))
        picture.write(row, end + 1, glyphs.turn_on, picture.pens[row, 0])


def _draw_typed(picture: Picture, row: int, typed: Typed, palette: Palette) -> None:
    """The text around its cursor, which is a cell of its own."""
    room = max(picture.columns - VALUE_AT - 1, 1)
    start = max(typed.cursor - room + 1, 0)
    picture.write(row, VALUE_AT, " " * room, palette.strong | UNDERLINE)
    pen = palette.strong | (REVERSE if typed.selected else UNDERLINE)
    picture.write(row, VALUE_AT, typed.text[start : start + room], pen)
    picture.pens[row, VALUE_AT + typed.cursor - start] = palette.strong | REVERSE


def _draw_foot(
    picture: Picture, top: int, sheet: SheetPicture, palette: Palette, glyphs: Glyphs
) -> None:
    airy = picture.rows >= AIRY
    if airy:
        picture.write(top - 1, 1, glyphs.horizontal * (picture.columns - 2), palette.frame)
    foot = _foot(sheet, picture.rows - top, picture.columns, airy=airy)
    for row, line in enumerate(foot.help):
        picture.write(top + row, 1, line, palette.text)
    pen = palette.alarm if sheet.problem else palette.accent
    for row, line in enumerate(foot.effect):
        picture.write(top + foot.effect_top + row, 1, line, pen)


class _Foot(NamedTuple):
    """The lines below the list."""

    help: list[str]
    effect_top: int
    effect: list[str]


def _foot(sheet: SheetPicture, rows: int, columns: int, *, airy: bool) -> _Foot:
    width, usual = max(columns - 2, 1), 2 if airy else 1
    # what is wrong is read to its end, if need be in the place of the explanation
    effect = _wrapped(sheet.effect, width, rows if sheet.problem else usual)
    effect_top = rows - max(len(effect), usual)
    return _Foot(_wrapped(sheet.help, width, effect_top), effect_top, effect)


def help_is_cut(sheet: SheetPicture, rows: int, columns: int) -> bool:
    """Whether there is not room for all that explains the selected row."""
    foot = _foot(sheet, _foot_rows(rows), columns, airy=rows >= AIRY)
    return " ".join(foot.help).endswith(CUT)


def _wrapped(text: str, width: int, rows: int) -> list[str]:
    """`text` in at most so many lines; what does not fit is left out at its end."""
    lines = textwrap.wrap(text, width)
    if len(lines) <= rows or not rows:
        return lines[: max(rows, 0)]
    return [*lines[: rows - 1], shortened(" ".join(lines[rows - 1 :]), width)]
