"""A picture: a rectangle of characters and the pens that draw them."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rich.segment import Segment

from tui.drawing.pens import PLAIN, style_of


class Span(NamedTuple):
    """A piece of one row, `stop` excluded."""

    row: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Drawn once with the methods below, then only compared and shown."""

    chars: npt.NDArray[np.str_]
    """(rows, columns) of one character each, every one a cell wide."""
    pens: npt.NDArray[np.int64]
    """(rows, columns): see `tui.drawing.pens`."""

    @classmethod
    def blank(cls, rows: int, columns: int, pen: int = PLAIN) -> "Picture":
        """All spaces."""
        shape = (max(rows, 0), max(columns, 0))
        return cls(np.full(shape, " ", dtype="<U1"), np.full(shape, pen, dtype=np.int64))

    @property
    def rows(self) -> int:
        """Its height in cells."""
        return int(self.chars.shape[0])

    @property
    def columns(self) -> int:
        """Its width in cells."""
        return int(self.chars.shape[1])

    def write(self, row: int, column: int, text: str, pen: int) -> None:
        """Put `text` there; what lies outside is cut off."""
        if not 0 <= row < self.rows:
            return
        if column < 0:
            text, column = text[-column:], 0
        text = text[: self.columns - column] if column < self.columns else ""
        if text:
            self.chars[row, column : column + len(text)] = list(text)
            self.pens[row, column : column + len(text)] = pen

    def write_right(self, row: int, end: int, text: str, pen: int) -> None:
        """Put `text` so that it ends before column `end`."""
        self.write(row, end - len(text), text, pen)

    def paste(self, row: int, column: int, other: "Picture") -> None:
        """Put `other` with its upper left corner there; what lies outside is cut off."""
        top, left = max(-row, 0), max(-column, 0)
        bottom = min(other.rows, self.rows - row)
        right = min(other.columns, self.columns - column)
        if bottom > top and right > left:
            place = slice(row + top, row + bottom), slice(column + left, column + right)
            self.chars[place] = other.chars[top:bottom, left:right]
            self.pens[place] = other.pens[top:bottom, left:right]

    def part(self, top: int, bottom: int, left: int, right: int) -> "Picture":
        """The picture in those rows and columns, ends excluded: what is drawn there is drawn here."""
        return Picture(self.chars[top:bottom, left:right], self.pens[top:bottom, left:right])

    def lines(self) -> list[str]:
        """The characters alone, a string a row."""
        return ["".join(row) for row in self.chars]

    def segments(self, row: int, start: int = 0, stop: int | None = None) -> list[Segment]:
        """A row, or a piece of it, as runs of one style."""
        chars, pens = self.chars[row, start:stop], self.pens[row, start:stop]
        if not pens.size:
            return []
        edges = np.flatnonzero(pens[1:] != pens[:-1]) + 1
        starts = [0, *edges.tolist()]
        text = "".join(chars)
        return [
            Segment(text[begin:end], style_of(int(pens[begin])))
            for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)
        ]

    def changes_from(self, old: "Picture", join: int = 4) -> list[Span]:
        """The spans that differ from `old`, which has the same size.

        Differences less than `join` cells apart make one span: moving the cursor costs more than
        writing what lies between.
        """
        differs = (self.chars != old.chars) | (self.pens != old.pens)
        spans = []
        for row in np.flatnonzero(differs.any(axis=1)).tolist():
            columns = np.flatnonzero(differs[row])
            cuts = np.flatnonzero(np.diff(columns) > join)
            begins = columns[np.concatenate([[0], cuts + 1])].tolist()
            ends = columns[np.concatenate([cuts, [columns.size - 1]])].tolist()
            spans += [Span(row, b, e + 1) for b, e in zip(begins, ends, strict=True)]
        return spans
