"""The bytes that write cells: the cheapest way of the cursor to each, and from style to style."""

from collections.abc import Sequence
from typing import TypeVar

from tui.terminal.sgr import PLAIN, CellStyle, transition

REST_OF_WIDE = ""
"""What stands in the second cell of a character that takes two."""

UNKNOWN = "\0"
"""What a cell shows that is not known: never equal to what it should show."""

BLANK = " "

_LEAST_ERASED = 6
"""Blanks from which on it is cheaper to erase them."""

_REWRITE_BYTES = 4
"""An unchanged gap this short is cheaper to write again than to jump over."""


class Grid:
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

    def width(self, row: int, column: int) -> int:
        """How many cells the character there takes."""
        return 2 if self.chars[row][column + 1 : column + 2] == [REST_OF_WIDE] else 1


_Content = TypeVar("_Content")


def _fill(grid: list[list[_Content]], columns: int, rows: int, fill: _Content) -> None:
    """Fill `grid` up to that size."""
    for row in grid:
        row.extend([fill] * (columns - len(row)))
    grid.extend([fill] * columns for _ in range(rows - len(grid)))


class CellEncoder:
    """Knows where the terminal's cursor is, and in which style it writes."""

    def __init__(self, *, erases: bool = False) -> None:
        """Whether the terminal `erases` cells in the background colour that is set."""
        self._erases = erases
        self._style: CellStyle | None = None
        self._place: tuple[int, int] | None = None

    def forget(self) -> None:
        """Neither is known any more."""
        self._style = self._place = None

    def write(
        self,
        cells: Sequence[tuple[int, int]],
        wanted: Grid,
        shown: Grid,
        columns: int,
        out: list[str],
    ) -> None:
        """Append to `out` what writes the `wanted` characters that begin at `cells`, one after the
        other, on a terminal `columns` wide that shows `shown`.
        """
        done = 0
        while done < len(cells):
            row, column = cells[done]
            self._move(row, column, shown, out)
            style = wanted.styles[row][column]
            if style != self._style:
                out.append(transition(self._style, style) if self._style else _afresh(style))
                self._style = style
            blanks = self._blanks(cells, done, wanted) if self._erases else 0
            if blanks >= _LEAST_ERASED:
                out.append(f"\x1b[{blanks}X")  # ECH, which leaves the cursor where it is
                done += blanks
                continue
            out.append(wanted.chars[row][column] or BLANK)
            width = wanted.width(row, column)
            end = column + width
            # terminals disagree about where the cursor is past the last column or a wide character
            self._place = (row, end) if end < columns and width == 1 else None
            done += 1

    def _blanks(self, cells: Sequence[tuple[int, int]], first: int, wanted: Grid) -> int:
        """How many of `cells`, from the `first` one on, are neighbours that can be erased."""
        row, column = cells[first]
        chars, styles = wanted.chars[row], wanted.styles[row]
        style = styles[column]
        count = 0
        if style.attributes:
            return 0
        while first + count < len(cells) and cells[first + count] == (row, column + count):
            if chars[column + count] != BLANK or styles[column + count] != style:
                break
            count += 1
        return count

    def _move(self, row: int, column: int, shown: Grid, out: list[str]) -> None:
        """The cheapest way to that cell from where the cursor is."""
        place = self._place
        if place == (row, column):
            return
        ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"]
        if place is not None and place[0] == row:
            gap = column - place[1]
            if gap > 0:
                between = self._gap(row, place[1], column, shown)
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
        self._place = row, column

    def _gap(self, row: int, start: int, stop: int, shown: Grid) -> str | None:
        """The unchanged characters in between, if writing them again is cheap."""
        if stop - start > _REWRITE_BYTES:
            return None
        chars, styles = shown.chars[row][start:stop], shown.styles[row][start:stop]
        if any(style != self._style for style in styles):
            return None
        if any(char in (REST_OF_WIDE, UNKNOWN) for char in chars):
            return None
        return "".join(chars)


def _afresh(style: CellStyle) -> str:
    """The sequence for `style` when nothing is known of the terminal's."""
    return "\x1b[m" + transition(PLAIN, style)
