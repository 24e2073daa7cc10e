"""Reads a table of a person's own: text with columns (CSV), from a file or a pipe."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from engine.data.csv_layout import find_delimiter, find_layout
from engine.data.csv_rows import Block, read_blocks
from engine.data.csv_table import Table, TableBuilder
from engine.data.csv_text import CheckedBytes, read_lines
from engine.errors import FileError

_SAMPLE_LINES = 100
_SAMPLE_CHARACTERS = 2**16
"""What the layout of a file is found from: so many lines, or as many as this takes."""


def read_table(
    stream: BinaryIO, name: str, target: str | None = None, columns: Sequence[str] = ()
) -> Table:
    """The table in `stream`, a buffered stream of bytes that messages call `name`.

    `target` names a column or counts from 1, the last where it is None; a name comes before a
    number. `columns` are the inputs in that order; without them all columns of numbers are.

    Raises FileError for what cannot be read, with line and column, and ConfigError for columns
    that are not there or cannot be used.
    """
    try:
        return _read(CheckedBytes(stream), target, columns)
    except FileError as error:
        raise FileError(f"{name}: {error}") from error
    except OSError as error:
        raise FileError(f"{name}: {error.strerror or error}") from error


def _read(data: CheckedBytes, target: str | None, columns: Sequence[str]) -> Table:
    lines = read_lines(data)
    sample = _sample(lines)
    delimiter = _stated_delimiter(sample) or find_delimiter(sample)
    decimal_comma = delimiter != ","
    blocks = read_blocks(chain(sample, lines), delimiter)
    first = next(blocks, None)
    if first is None:
        raise FileError("it is empty")
    layout = find_layout(first.rows[:_SAMPLE_LINES], first.lines[0], decimal_comma)
    builder = TableBuilder(layout, target, columns, decimal_comma)
    if layout.has_header:
        first = Block(first.rows[1:], first.lines[1:])
    for block in chain([first], blocks):
        builder.extend(block)
    return builder.build(data.digest)


def _sample(lines: Iterator[str]) -> list[str]:
    """The first of `lines`."""
    sample: list[str] = []
    characters = 0
    for line in islice(lines, _SAMPLE_LINES):
        sample.append(line)
        characters += len(line)
        if characters > _SAMPLE_CHARACTERS:
            break
    return sample


def _stated_delimiter(sample: list[str]) -> str | None:
    """What a first line `sep=;` says, as spreadsheets write it; the line is blank afterwards."""
    if not sample:
        return None
    start, _, delimiter = sample[0].rstrip("\r\n").partition("=")
    if start != "sep" or delimiter not in {",", ";", "\t"}:
        return None
    sample[0] = "\n"
    return delimiter
