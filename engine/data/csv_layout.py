"""How a file is laid out: what separates its columns, how many there are, what they are called."""

import csv
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.config.checks import shown
from engine.data.csv_numbers import is_missing, is_number, parse_numbers
from engine.errors import FileError, one_line

_DELIMITERS = (";", "\t", ",")
_YEARS = (1900.0, 2100.0)
_FEWEST_COUNTING = 3
"""Numbers that count up by chance are data; so many are names."""

Rows = Sequence[Sequence[str]]


class Layout(NamedTuple):
    """The columns of a file."""

    names: tuple[str, ...]
    """As the header says, or `column 1`, `column 2`, ... where it says nothing."""
    has_header: bool


def find_delimiter(lines: Sequence[str]) -> str:
    """What separates the columns of `lines`, the first of a file: a semicolon, a tab or a comma.

    The one with which most cells are numbers, of the rows of the most frequent width; then the one
    with which most rows have that width.
    """
    return max(_DELIMITERS, key=lambda delimiter: _numbers_and_rows(lines, delimiter))


def _numbers_and_rows(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Numbers in rows of the most frequent width, and these rows; zeros where there is one column.

    They are counted, and no share of the cells: a comma within 1,5;text;2,5 makes few cells, too.
    """
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if row]
    except csv.Error:
        return 0, 0
    widths = Counter(map(len, rows))
    if not widths or (width := widths.most_common(1)[0][0]) == 1:
        return 0, 0
    cells = [cell for row in rows if len(row) == width for cell in row]
    numbers = sum(is_number(cell, delimiter != ",") for cell in cells)
    return numbers, widths[width]


def find_layout(rows: Rows, line: int, decimal_comma: bool) -> Layout:
    """The layout of a file that begins with `rows`, the first of them on line `line`.

    Empty cells at the end of all rows are no column. Raises FileError where there is one column
    only, where two have the same name, and where the first row is neither names nor data.
    """
    filled = max(map(_filled_width, rows))
    width = min(len(rows[0]), filled)
    if width < 2:
        raise FileError(
            f"line {line}: only one column; two or more are needed, separated by , or ; or tab"
        )
    has_header = _has_header([row[:width] for row in rows], line, decimal_comma)
    cells = rows[0][:width] if has_header else [""] * width
    names = tuple(one_line(cell) or f"column {n}" for n, cell in enumerate(cells, 1))
    for name, times in Counter(names).items():
        if times > 1:
            raise FileError(f"line {line}: {times} columns are called {shown(name)}")
    return Layout(names, has_header)


def _filled_width(row: Sequence[str]) -> int:
    """The cells of `row` without the empty ones at its end."""
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _has_header(rows: Rows, line: int, decimal_comma: bool) -> bool:
    """Whether the first of `rows` is the names of the columns.

    It is where none of its cells is a number, or where its numbers cannot be data (see
    `_are_names`). Raises FileError where it has numbers, and text above a column of numbers: that
    is a header with a number in it or data with an error in it.
    """
    first, below = rows[0], rows[1:]
    numbers = {i: _numbers([cell], decimal_comma) for i, cell in enumerate(first)}
    named = [i for i, found in numbers.items() if not found]
    if len(named) == len(first):
        return True
    columns = [
        _numbers([row[i] for row in below if i < len(row)], decimal_comma)
        for i in range(len(first))
    ]
    counted = [i for i, found in numbers.items() if found]
    if _are_names([numbers[i][0] for i in counted], [columns[i] for i in counted]):
        return True
    for i in named:
        if columns[i] and not is_missing(first[i]):
            name, number = (shown(first[at].strip()) for at in (i, counted[0]))
            raise FileError(
                f"line {line}: {name} reads as a name, {number} as a number; write a letter into"
                " every name, or remove the line"
            )
    return False


def _numbers(cells: Sequence[str], decimal_comma: bool) -> list[float]:
    """The numbers in `cells` without the missing ones; none where there is text among them."""
    values, text_at = parse_numbers(cells, decimal_comma)
    return [] if text_at else values[~np.isnan(values)].tolist()


def _are_names(first: list[float], below: list[list[float]]) -> bool:
    """Whether the numbers `first` are names of the columns of numbers `below`.

    They are where three or more count up by one (0, 1, 2, ... or years) and stand out from what is
    below: every column there has fractions, or no number there is a year while all of these are.
    """
    counting = all(
        value.is_integer() and value == first[0] + step for step, value in enumerate(first)
    )
    if len(first) < _FEWEST_COUNTING or not counting or not all(below):
        return False
    fractions = all(any(not value.is_integer() for value in column) for column in below)
    years = all(map(_is_year, first)) and not any(_is_year(n) for column in below for n in column)
    return fractions or years


def _is_year(value: float) -> bool:
    return _YEARS[0] <= value <= _YEARS[1]
