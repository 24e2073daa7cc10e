"""In which order the cells of a screen are sent, where the line is too slow for all of them at once.

What a person waits for goes first: the lines with the state and the losses, then whatever lies
outside the pictures. The pictures follow in turns, each going on where the last part has ended, so
that one that always changes never keeps the others waiting for ever.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Area(NamedTuple):
    """A rectangle of cells: rows from `top`, columns from `left`, up to but without the last two."""

    top: int
    left: int
    bottom: int
    right: int


class Importance(NamedTuple):
    """The areas of a screen in order. What lies in several belongs to the first; what lies in none
    comes between the two kinds.
    """

    lines: tuple[Area, ...] = ()
    """Sent first, in every part."""
    pictures: tuple[Area, ...] = ()
    """Sent in turns. The first of them is the one that a person works with."""


ALL_ALIKE = Importance()
"""Row by row."""


class Piece(NamedTuple):
    """Cells of one row, from `start` to `stop`."""

    row: int
    start: int
    stop: int


class PaintOrder:
    """The pieces of a screen of `columns` by `rows` in the order of their importance."""

    def __init__(self, columns: int, rows: int, importance: Importance = ALL_ALIKE) -> None:
        self.importance = importance
        self.turns = 0
        """Grows whenever all pictures have had their turn."""
        lines, pictures = importance
        areas = [*lines, None, *pictures]
        owners = _owners(columns, rows, lines, pictures)
        found: list[list[Piece]] = [[] for _ in areas]
        for row in range(rows):
            for piece, owner in _pieces(row, owners[row]):
                found[owner].append(piece)
        self.lines = [piece for area in found[: len(lines) + 1] for piece in area]
        """Lines, and all that is in no picture."""
        self._pictures = [piece for area in found[len(lines) + 1 :] for piece in area]
        self.first_picture = found[len(lines) + 1] if pictures else []
        self._next = 0

    def restart(self) -> None:
        """Let the next turn begin with the first picture."""
        self._next = 0

    def pictures(self) -> Iterator[Piece]:
        """All pieces of pictures once, from where the last iteration was left. The piece at which
        it is left counts as done.
        """
        for _ in range(len(self._pictures)):
            piece = self._pictures[self._next]
            self._next += 1
            if self._next == len(self._pictures):
                self._next = 0
                self.turns += 1
            yield piece

    def all_sent(self) -> None:
        """Nothing is left to send."""
        self.restart()
        self.turns += 1


def _owners(
    columns: int, rows: int, lines: Sequence[Area], pictures: Sequence[Area]
) -> list[list[int]]:
    """For each cell the number of its area: lines, then what is in none, then pictures."""
    rest = len(lines)
    owners = [[rest] * columns for _ in range(rows)]
    numbered = [*enumerate(lines), *enumerate(pictures, rest + 1)]
    for number, area in reversed(numbered):
        left, right = max(area.left, 0), min(area.right, columns)
        for row in range(max(area.top, 0), min(area.bottom, rows)):
            owners[row][left:right] = [number] * max(right - left, 0)
    return owners


def _pieces(row: int, owners: list[int]) -> Iterator[tuple[Piece, int]]:
    """The stretches of one owner in a row."""
    start = 0
    for column in range(1, len(owners) + 1):
        if column == len(owners) or owners[column] != owners[start]:
            yield Piece(row, start, column), owners[start]
            start = column
