"""The rows of a file, block by block, each with its line number."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from engine.errors import FileError

BLOCK_ROWS = 1024
"""Rows whose cells are text in memory at the same time: few enough for the processor's cache."""


class Block(NamedTuple):
    """Some rows, one after another in the file."""

    rows: list[list[str]]
    lines: Sequence[int]
    """The line each row begins on, counted from 1: a quoted cell may hold line breaks."""


def read_blocks(lines: Iterable[str], delimiter: str) -> Iterator[Block]:
    """The rows of `lines` without the blank ones, at most BLOCK_ROWS at a time.

    Raises FileError for quotation marks that do not match.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    line = 1
    while True:
        rows: list[list[str]] = []
        try:
            rows.extend(islice(reader, BLOCK_ROWS))
        except csv.Error as error:
            line += sum(map(_lines_of, rows))  # those before the one that failed
            raise FileError(f"line {line}: {_reason(error)}") from error
        if not rows:
            return
        block = Block(rows, _first_lines(rows, line, reader.line_num))
        line = reader.line_num + 1
        # a first character above a space shows quickly that a row is not blank
        if not all(row and row[0] > " " for row in rows):
            block = _without_blank(block)
        if block.rows:
            yield block


def _first_lines(rows: list[list[str]], first: int, last: int) -> Sequence[int]:
    """The lines that `rows` begin on, which are on the lines `first` to `last`."""
    if last - first + 1 == len(rows):
        return range(first, last + 1)
    return list(accumulate(map(_lines_of, rows[:-1]), initial=first))


def _lines_of(row: list[str]) -> int:
    """The lines that `row` takes: one more than the line breaks in its cells."""
    cells = " ".join(row)
    return 1 + cells.count("\n") + cells.count("\r") - cells.count("\r\n")


def _without_blank(block: Block) -> Block:
    pairs = [(row, line) for row, line in zip(*block, strict=True) if "".join(row).strip()]
    return Block([row for row, _ in pairs], [line for _, line in pairs])


def _reason(error: csv.Error) -> str:
    """What `error` means to whoever wrote the file."""
    text = str(error)
    if "field limit" in text:
        most = csv.field_size_limit()
        return f"a cell is longer than {most:,} characters; is a quotation mark not closed?"
    if "unexpected end" in text:
        return "a quotation mark is not closed"
    if "expected after" in text:
        return "text follows a closing quotation mark; one inside a cell is written twice"
    return text


def fit(block: Block, width: int) -> Block:
    """`block` with rows of `width` cells: empty ones beyond are cut off.

    Raises FileError for a row that has fewer, or more that are not empty.
    """
    if all(length == width for length in set(map(len, block.rows))):
        return block
    for row, line in zip(*block, strict=True):
        if len(row) < width or any(map(str.strip, row[width:])):
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            raise FileError(f"line {line}: {cells}, where {width} are expected")
    return Block([row[:width] for row in block.rows], block.lines)
