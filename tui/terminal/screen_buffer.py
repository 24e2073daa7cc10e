"""The cells of the terminal: what they should show, what they show, and the bytes that change one
into the other.

`feed` reads what Textual writes; `changes` says what has to be sent so that the terminal shows it.
However much was fed in between, only the newest state is sent, and of that only what differs.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from math import inf

from rich.cells import cell_len, get_character_cell_size

from tui.terminal.cell_encoder import BLANK, REST_OF_WIDE, UNKNOWN, CellEncoder, Grid
from tui.terminal.paint_order import Importance, PaintOrder, Piece
from tui.terminal.sgr import PLAIN, CellStyle, look_alike, parse_style

_TOKEN = re.compile(
    # nearly all that Textual writes: a run in one style, and back to plain
    r"\x1b\[(?P<run>[0-9;]*)m(?P<words>[^\x1b\n]+)\x1b\[0m"
    r"|\x1b\[(?P<codes>[0-9;]*)m"
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

_LONG_RUN = 8
"""Cells of one style, on the average, in a row of words."""

_JUMP_BYTES, _STYLE_BYTES = 4, 12
"""What it costs, about, to go to another place, and to another style."""


class CellScreen:
    """Two grids of cells, `columns` by `rows`."""

    def __init__(self, columns: int, rows: int, *, erases: bool = False) -> None:
        """Whether the terminal `erases` cells in the background colour that is set."""
        self.columns = columns
        self.rows = rows
        self.synchronized = False
        """Whether Textual has found that the terminal can show a frame all at once."""
        self.controls: list[str] = []
        """Sequences that are no cells, to be sent as they are before the next changes."""
        self._left = False
        self._row, self._column = 0, 0
        self._style = PLAIN
        self._wanted = Grid(columns, rows, " ")
        self._shown = Grid(columns, rows, UNKNOWN)
        self._dirty: dict[int, tuple[int, int]] = {}
        self._encoder = CellEncoder(erases=erases)
        self.order = PaintOrder(columns, rows)

    # -- from Textual

    def feed(self, output: str) -> None:
        """Take in what Textual writes."""
        for token in _TOKEN.finditer(output):
            kind, value = token.lastgroup, token.group()
            if kind == "words":
                self._style = parse_style(token["run"])
                self._put(token["words"])
                self._style = PLAIN
            elif kind == "text":
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
            self.controls.append(sequence)
            self._clear()
            return
        self.controls.append(sequence)

    def leave(self) -> None:
        """Draw no more, as the terminal will show what it did before the program."""
        self._left = True

    def _clear(self) -> None:
        """Not every terminal shows nothing on another screen: the console of Linux has only one."""
        self.forget()
        self._shown = Grid(self.columns, self.rows, BLANK)
        self.controls.append("\x1b[m\x1b[2J")

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
        self.order = PaintOrder(columns, rows, self.order.importance)
        self.forget()

    def order_by(self, importance: Importance) -> None:
        """Send what is important first, where not everything can be sent."""
        if importance != self.order.importance:
            self.order = PaintOrder(self.columns, self.rows, importance)

    def forget(self) -> None:
        """What the terminal shows is not known any more; everything is to be sent again."""
        self._shown = Grid(self.columns, self.rows, UNKNOWN)
        self._dirty = dict.fromkeys(range(self.rows), (0, self.columns))
        self._encoder.forget()

    @property
    def dirty(self) -> bool:
        """Whether anything may differ from what the terminal shows."""
        return bool(self._dirty) and not self._left

    def changes(self, room: float = inf, *, urgent: bool = False) -> str:
        """What to send so that the terminal shows what it should; it is then taken to be shown.

        With `room`, about so many bytes of it, the most important first; if `urgent`, no picture but
        the first. The rest is left for the next time.
        """
        if self._left:
            self._dirty.clear()
            return ""
        out: list[str] = []
        scattered: dict[CellStyle, list[tuple[int, int]]] = {}
        # Scattered cells of one style go together, wherever they are: in true colour another style
        # costs three times the bytes of a jump. A row of new words goes as it is read.
        for row, columns in (
            self._all_changed() if room == inf else self._most_important(room, urgent=urgent)
        ):
            if self._is_of_words(row, columns):
                self._write([(row, column) for column in columns], out)
            else:
                for column in columns:
                    scattered.setdefault(self._wanted.styles[row][column], []).append((row, column))
        for style in sorted(scattered, key=_background_first):
            self._write(scattered[style], out)
        return "".join(out)

    def _write(self, cells: list[tuple[int, int]], out: list[str]) -> None:
        self._encoder.write(cells, self._wanted, self._shown, self.columns, out)

    def _all_changed(self) -> Iterator[tuple[int, list[int]]]:
        """Row by row, where characters begin that differ."""
        for row in sorted(self._dirty):
            yield row, self._take_changed(row, *self._dirty[row])
        self._dirty.clear()
        self.order.all_sent()

    def _most_important(self, room: float, *, urgent: bool) -> Iterator[tuple[int, list[int]]]:
        """The same, piece by piece in the order of importance, until their bytes fill `room`."""
        order = self.order
        pictures = order.first_picture if urgent else order.pictures()
        for piece in chain(order.lines, pictures):
            columns = self._changed_in(piece)
            if columns:
                yield piece.row, columns
                room -= self._cost(piece.row, columns)
                if room <= 0:
                    return
        if not urgent:
            self._dirty.clear()
            self.order.all_sent()

    def _changed_in(self, piece: Piece) -> list[int]:
        low, high = self._dirty.get(piece.row, (0, 0))
        low, high = max(low, piece.start), min(high, piece.stop)
        return self._take_changed(piece.row, low, high) if low < high else []

    def _cost(self, row: int, columns: list[int]) -> int:
        """About how many bytes it takes to write these characters of a row."""
        chars, styles = self._wanted.chars[row], self._wanted.styles[row]
        text = sum(1 if chars[column].isascii() else 3 for column in columns)
        jumps = 1 + sum(other != one + 1 for one, other in pairwise(columns))
        turns = sum(styles[one] != styles[other] for one, other in pairwise(columns))
        return text + jumps * _JUMP_BYTES + turns * _STYLE_BYTES

    def _take_changed(self, row: int, start: int, stop: int) -> list[int]:
        """Where in the row characters begin that differ; they are counted as shown."""
        chars, styles = self._wanted.chars[row], self._wanted.styles[row]
        shown_chars, shown_styles = self._shown.chars[row], self._shown.styles[row]
        columns, column = [], start
        while column < stop:
            if chars[column] == shown_chars[column] and (
                styles[column] == shown_styles[column]
                or (chars[column] == BLANK and look_alike(styles[column], shown_styles[column]))
            ):
                column += 1
                continue
            if chars[column] == REST_OF_WIDE and column:
                column -= 1  # it can only be written with its first half
            columns.append(column)
            end = column + self._wanted.width(row, column)
            shown_chars[column:end] = chars[column:end]
            shown_styles[column:end] = styles[column:end]
            column = end
        return columns

    def _is_of_words(self, row: int, columns: list[int]) -> bool:
        """Whether most of the row changes, and in long runs of one style."""
        styles = self._wanted.styles[row]
        turns = sum(styles[one] != styles[other] for one, other in pairwise(columns))
        return len(columns) > max(self.columns // 2, turns * _LONG_RUN)

    def wanted_lines(self) -> list[str]:
        """What the terminal should show, as text."""
        return ["".join(row[: self.columns]) for row in self._wanted.chars[: self.rows]]


def _background_first(style: CellStyle) -> tuple[str, str, tuple[int, ...]]:
    """Sorts styles so that neighbours have a background in common."""
    return style.background, style.foreground, style.attributes


def _cells(char: str) -> tuple[str, ...]:
    width = get_character_cell_size(char)
    return (char,) if width == 1 else (char, REST_OF_WIDE) if width == 2 else ()
