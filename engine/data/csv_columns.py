"""The columns of a file, gathered block by block: their numbers, and the classes of a target."""

import math
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.checks import shown
from engine.data.csv_numbers import MAX_MAGNITUDE, is_missing, parse_numbers
from engine.errors import FileError, one_line

MAX_LABELS = 255
"""Different texts of a target that are told apart: more than there may be classes."""

_Scalar = TypeVar("_Scalar", bound=np.generic)
_FIRST_CAPACITY = 8192


class Cell(NamedTuple):
    """A cell that a message names."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, column {shown(self.column)}: {shown(self.text.strip())}"


class Growing(Generic[_Scalar]):
    """An array that grows at its end. Memory beyond its end is set aside, but not touched."""

    def __init__(self, dtype: type[_Scalar]) -> None:
        self._values: npt.NDArray[_Scalar] = np.empty(_FIRST_CAPACITY, dtype)
        self._size = 0

    def extend(self, values: npt.NDArray[_Scalar]) -> None:
        size = self._size + values.size
        if size > self._values.size:
            larger = np.empty(max(size, 2 * self._values.size), self._values.dtype)
            larger[: self._size] = self.array
            self._values = larger
        self._values[self._size : size] = values
        self._size = size

    @property
    def array(self) -> npt.NDArray[_Scalar]:
        """What has been gathered: (values,)."""
        return self._values[: self._size]


class NumberColumn:
    """The numbers of a column, NaN where a value is missing, and what in it is no number.

    A column that was `asked` for refuses at once what it cannot read. Of another it is known at
    the end whether it is one of numbers.
    """

    def __init__(self, name: str, decimal_comma: bool, *, asked: bool) -> None:
        self.name = name
        self.marks: dict[str, Cell] = {}
        """The first number with a decimal comma, and with a point, where both are possible."""
        self._gathered = Growing(np.float64)
        self._decimal_comma = decimal_comma
        self._asked = asked
        self._numbers = 0
        self._texts = 0
        self._first_text: Cell | None = None
        self._too_large: Cell | None = None

    @property
    def values(self) -> Array:
        """(rows,)."""
        return self._gathered.array

    @property
    def is_empty(self) -> bool:
        """Whether every value is missing."""
        return self._numbers == self._texts == 0

    def extend(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """Add `cells`, which stand on `lines`. May raise FileError."""
        values, text_at = parse_numbers(cells, self._decimal_comma)
        self._gathered.extend(values)
        self._texts += len(text_at)
        self._numbers += values.size - int(np.count_nonzero(np.isnan(values)))
        if text_at and self._first_text is None:
            self._first_text = Cell(lines[text_at[0]], self.name, cells[text_at[0]])
        if self._too_large is None and np.fmax.reduce(np.abs(values)) > MAX_MAGNITUDE:
            index = int(np.argmax(np.abs(values) > MAX_MAGNITUDE))
            self._too_large = Cell(lines[index], self.name, cells[index])
        if self._decimal_comma:
            self._note_marks(cells, lines, values)
        if self._asked:
            self._refuse_unreadable()

    def _note_marks(self, cells: Sequence[str], lines: Sequence[int], values: Array) -> None:
        for mark in {",", "."} - self.marks.keys():
            for index, cell in enumerate(cells):
                if mark in cell and not math.isnan(values[index]):
                    self.marks[mark] = Cell(lines[index], self.name, cell)
                    break

    def holds_numbers(self) -> bool:
        """Whether this is a column of numbers; else it is one of text, or without a value.

        FileError where nearly all of it are numbers, so that the rest will be mistakes: all but
        one cell, or more than nine in ten. FileError for numbers beyond MAX_MAGNITUDE, too.
        """
        if self._texts and not (
            self._numbers > 9 * self._texts or (self._texts == 1 and self._numbers > 1)
        ):
            return False
        self._refuse_unreadable()
        return self._numbers > 0

    def _refuse_unreadable(self) -> None:
        if self._first_text is not None:
            raise FileError(f"{self._first_text} is not a number")
        if self._too_large is not None:
            raise FileError(f"{self._too_large} is beyond {MAX_MAGNITUDE:g}")

    def forget(self) -> None:
        """Give back the memory of the numbers."""
        self._gathered = Growing(np.float64)


class LabelColumn:
    """The texts of a target, spaces around them removed, each different one with a number."""

    def __init__(self) -> None:
        self._codes = Growing(np.uint8)
        self._code_of: dict[str, int] = {}

    @property
    def is_full(self) -> bool:
        """Whether there were over MAX_LABELS different texts, so that they are told apart no more."""
        return len(self._code_of) > MAX_LABELS

    def extend(self, cells: Sequence[str]) -> None:
        if self.is_full:
            return
        code_of = self._code_of
        codes = [code_of.setdefault(text, len(code_of)) for text in map(str.strip, cells)]
        if not self.is_full:
            self._codes.extend(np.array(codes, np.uint8))

    def given(self) -> npt.NDArray[np.bool_]:
        """(rows,): where a value is not missing. Beside `+`, the text `-` is one."""
        missing = {text: code for text, code in self._code_of.items() if is_missing(text)}
        if "+" in self._code_of:
            missing.pop("-", None)
        return ~np.isin(self._codes.array, list(missing.values()))

    def classes(self, keep: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], tuple[str, ...]]:
        """The class numbers of the rows to `keep`, and the names of the classes, sorted."""
        codes = self._codes.array[keep]
        texts = list(self._code_of)
        names = sorted(texts[code] for code in np.unique(codes))
        number_of = np.zeros(len(texts), np.intp)
        for number, name in enumerate(names):
            number_of[self._code_of[name]] = number
        return number_of[codes], tuple(map(one_line, names))
