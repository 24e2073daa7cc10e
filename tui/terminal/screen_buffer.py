"""The cells of the terminal: what they should show, what they show, and the bytes that change one
into the other.

`feed` reads what Textual writes; `changes` says what has to be sent so that the terminal shows it.
However much was fed in between, only the newest state is sent, and of that only what differs.
"""

import re
from itertools import pairwise
from typing import TypeVar

from rich.cells import cell_len, get_character_cell_size

from tui.terminal.sgr import PLAIN, CellStyle, parse_style, transition

_TOKEN = re.compile(
    r"\x1b\[(?P<codes>[0-9;]*)m"
    r"|\x1b\[(?P<row>\d*);(?P<column>\d*)H"
    r"|(?P<sync>\x1b\[\?2026[hl])"
    r"|(?P<link>\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<control>\x1b(?:\[[<-?]?[0-9;]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_78=>]))"
    r"|(?P<newline>\n)"
    r"|(?P<text>[^\x1b\n]+)"
)

_CLEARING = ("\x1b[?1049h", "\x1b[2J")
"""Controls after which the terminal shows nothing."""

_LEAVING = "\x1b[?1049l"
"""The control after which the terminal shows what it did before the program."""

_CLEAR = "\x1b[m\x1b[H\x1b[J"
"""Sent before that: a terminal with one screen only, as the Linux console has, would go on in the
middle of the picture.
"""

_REST_OF_WIDE = ""
"""What stands in the second cell of a character that takes two."""

_UNKNOWN = "\0"
"""What a cell shows that is not known: never equal to what it should show."""

_REWRITE_BYTES = 4
"""An unchanged gap this short is cheaper to write again than to jump over."""

_LONG_RUN = 8
"""Cells of one style, on the average, in a row of words."""


class CellScreen:
    """Two grids of cells, `columns` by `rows`."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.synchronized = False
        """Whether Textual has found that the terminal can show a frame all at once."""
        self.controls: list[str] = []
        """Sequences that are no cells, to be sent as they are before the next changes."""
        self._left = False
        self._row, self._column = 0, 0
        self._style = PLAIN
        self._wanted = _Grid(columns, rows, " ")
        self._shown = _Grid(columns, rows, _UNKNOWN)
        self._dirty: dict[int, tuple[int, int]] = {}
        self._sent_style: CellStyle | None = None
        self._sent_place: tuple[int, int] | None = None

    # -- from Textual

    def feed(self, output: str) -> None:
        """Take in what Textual writes."""
        for token in _TOKEN.finditer(output):
            kind, value = token.lastgroup, token.group()
            if kind == "text":
                self._put(value)
            elif kind == "codes":
                self._style = parse_style(token["codes"])
            elif kind == "column":
                self._row = int(token["row"] or 1) - 1
                self._column = int(token["column"] or 1) - 1
            elif kind == "newline":
                self._row, self._column = self._row + 1, 0
            elif kind == "sync":
                self.synchronized = True
            elif kind == "control":
                self._control(value)

    def _control(self, sequence: str) -> None:
        if sequence == _LEAVING:
            # what follows is for the screen as it was before the program
            self._left = True
            self.controls.append(_CLEAR)
        elif sequence in _CLEARING:
            self._left = False
            self.forget()
        self.controls.append(sequence)

    def _put(self, text: str) -> None:
        row, start = self._row, self._column
        if cell_len(text) == len(text):
            chars = list(text)
        else:
            chars = [c for char in text for c in _cells(char)]
        self._column += len(chars)
        end = start + len(chars)
        if row < 0 or start < 0 or not chars:
            return
        self._wanted.grow(end, row + 1)
        self._wanted.chars[row][start:end] = chars
        self._wanted.styles[row][start:end] = [self._style] * len(chars)
        end = min(end, self.columns)
        if row < self.rows and start < end:
            low, high = self._dirty.get(row, (start, end))
            self._dirty[row] = min(low, start), max(high, end)

    # -- of the terminal

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size now; what it shows is not known.

        What it should show is kept beyond its edges, too: Textual may have learned of the size
        before, or will never know that it was another for a moment.
        """
        self.columns, self.rows = columns, rows
        self._wanted.grow(columns, rows)
        self.forget()

    def forget(self) -> None:
        """What the terminal shows is not known any more; everything is to be sent again."""
        self._shown = _Grid(self.columns, self.rows, _UNKNOWN)
        self._dirty = dict.fromkeys(range(self.rows), (0, self.columns))
        self._sent_style = self._sent_place = None

    def changes(self) -> str:
        """What to send so that the terminal shows what it should; it is then taken to be shown.

        Scattered cells of one style go together, wherever they are: in true colour another style
        costs three times the bytes of a jump. A row of new words goes as it is read.
        """
        out: list[str] = []
        scattered: dict[CellStyle, list[tuple[int, int]]] = {}
        for row in [] if self._left else sorted(self._dirty):
            columns = self._take_changed(row, *self._dirty[row])
            if self._is_of_words(row, columns):
                self._send([(row, column) for column in columns], out)
            else:
                for column in columns:
                    scattered.setdefault(self._wanted.styles[row][column], []).append((row, column))
        self._dirty.clear()
        for style in sorted(scattered, key=_background_first):
            self._send(scattered[style], out)
        return "".join(out)

    def _take_changed(self, row: int, start: int, stop: int) -> list[int]:
        """Where in the row characters begin that differ; they are counted as shown."""
        chars, styles = self._wanted.chars[row], self._wanted.styles[row]
        shown_chars, shown_styles = self._shown.chars[row], self._shown.styles[row]
        columns, column = [], start
        while column < stop:
            if chars[column] == shown_chars[column] and styles[column] == shown_styles[column]:
                column += 1
                continue
            if chars[column] == _REST_OF_WIDE and column:
                column -= 1  # it can only be written with its first half
            columns.append(column)
            end = column + self._width(row, column)
            shown_chars[column:end] = chars[column:end]
            shown_styles[column:end] = styles[column:end]
            column = end
        return columns

    def _is_of_words(self, row: int, columns: list[int]) -> bool:
        """Whether most of the row changes, and in long runs of one style."""
        styles = self._wanted.styles[row]
        turns = sum(styles[one] != styles[other] for one, other in pairwise(columns))
        return len(columns) > max(self.columns // 2, turns * _LONG_RUN)

    def _width(self, row: int, column: int) -> int:
        chars = self._wanted.chars[row]
        return 2 if chars[column + 1 : column + 2] == [_REST_OF_WIDE] else 1

    def _send(self, cells: list[tuple[int, int]], out: list[str]) -> None:
        for row, column in cells:
            self._move(row, column, out)
            style = self._wanted.styles[row][column]
            if style != self._sent_style:
                out.append(
                    transition(self._sent_style, style) if self._sent_style else _afresh(style)
                )
                self._sent_style = style
            out.append(self._wanted.chars[row][column] or " ")
            width = self._width(row, column)
            end = column + width
            # terminals disagree about where the cursor is past the last column or a wide character
            self._sent_place = (row, end) if end < self.columns and width == 1 else None

    def _move(self, row: int, column: int, out: list[str]) -> None:
        """The cheapest way to that cell from where the cursor is."""
        place = self._sent_place
        if place == (row, column):
            return
        ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"]
        if place is not None and place[0] == row:
            gap = column - place[1]
            if gap > 0:
                between = self._gap(row, place[1], column)
                if between is not None:
                    ways.append(between)
                ways.append(f"\x1b[{gap}C" if gap > 1 else "\x1b[C")
            elif gap < 0:
                ways.append(f"\x1b[{-gap}D" if gap < -1 else "\x1b[D")
        elif place is not None and row > place[0] and (back := place[1] - column) >= 0:
            down = row - place[0]
            down_by = f"\x1b[{down}B" if down > 1 else "\x1b[B"
            ways.append(down_by + ("\b" * back if column else "\r"))
        out.append(min(ways, key=lambda way: len(way.encode())))
        self._sent_place = row, column

    def _gap(self, row: int, start: int, stop: int) -> str | None:
        """The unchanged characters in between, if writing them again is cheap."""
        if stop - start > _REWRITE_BYTES:
            return None
        chars, styles = self._shown.chars[row][start:stop], self._shown.styles[row][start:stop]
        if any(style != self._sent_style for style in styles):
            return None
        if any(char in (_REST_OF_WIDE, _UNKNOWN) for char in chars):
            return None
        return "".join(chars)

    def wanted_lines(self) -> list[str]:
        """What the terminal should show, as text."""
        return ["".join(row[: self.columns]) for row in self._wanted.chars[: self.rows]]


class _Grid:
    """Characters and styles by row and column."""

    def __init__(self, columns: int, rows: int, fill: str) -> None:
        self.columns, self.rows = columns, rows
        self.chars = [[fill] * columns for _ in range(rows)]
        self.styles = [[PLAIN] * columns for _ in range(rows)]

    def grow(self, columns: int, rows: int) -> None:
        """Be at least of that size."""
        if columns <= self.columns and rows <= self.rows:
            return
        self.columns, self.rows = max(columns, self.columns), max(rows, self.rows)
        _fill(self.chars, self.columns, self.rows, " ")
        _fill(self.styles, self.columns, self.rows, PLAIN)


_Content = TypeVar("_Content")


def _fill(grid: list[list[_Content]], columns: int, rows: int, fill: _Content) -> None:
    """Fill `grid` up to that size."""
    for row in grid:
        row.extend([fill] * (columns - len(row)))
    grid.extend([fill] * columns for _ in range(rows - len(grid)))


def _background_first(style: CellStyle) -> tuple[str, str, tuple[int, ...]]:
    """Sorts styles so that neighbours have a background in common."""
    return style.background, style.foreground, style.attributes


def _afresh(style: CellStyle) -> str:
    """The sequence for `style` when nothing is known of the terminal's."""
    return "\x1b[m" + transition(PLAIN, style)


def _cells(char: str) -> tuple[str, ...]:
    width = get_character_cell_size(char)
    return (char,) if width == 1 else (char, _REST_OF_WIDE) if width == 2 else ()
