"""The rows of a file, block by block, each with its line number."""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from engine.errors import FileError

BLOCK_ROWS = 4096
"""Rows whose cells are in memory as text at the same time."""


class Block(NamedTuple):
    """Some rows, one after another in the file."""

    rows: list[list[str]]
    lines: list[int]
    """The line each row begins on, counted from 1: a quoted cell may hold line breaks."""


def read_blocks(lines: Iterable[str], delimiter: str) -> Iterator[Block]:
    """The rows of `lines` without the blank ones, at most BLOCK_ROWS at a time.

    Raises FileError for quotation marks that do not match.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    ends = [0]
    while True:
        rows = []
        ends = ends[-1:]
        try:
            for row in islice(reader, BLOCK_ROWS):
                rows.append(row)
                ends.append(reader.line_num)
        except csv.Error as error:
            raise FileError(f"line {ends[-1] + 1}: {_reason(error)}") from error
        if not rows:
            return
        block = Block(rows, [end + 1 for end in ends[:-1]])
        # a first character above a space shows quickly that a row is not blank
        if not all(row and row[0] > " " for row in rows):
            block = _without_blank(block)
        if block.rows:
            yield block


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
