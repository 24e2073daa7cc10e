"""Numbers as files write them: decimal point or comma, missing values, what is refused."""

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from engine.arrays import Array

MAX_MAGNITUDE = 1e100
"""Larger numbers are refused: their squares would overflow."""

_WORDS = (
    "",
    "NA",
    "na",
    "N/A",
    "n/a",
    "#N/A",
    "NaN",
    "nan",
    "NAN",
    "null",
    "Null",
    "NULL",
    "?",
    "-",
)
MISSING = dict.fromkeys(_WORDS, "null")
"""Cells without a value, and how JSON writes that. `Na` is none: it is sodium, and a name."""

_decode = msgspec.json.Decoder(list[float | None]).decode
"""JSON's numbers are those of files, and its decoder rounds as `float` does in a fifth of the time.

What JSON does not allow (+1, .5, 01) is left to `float`.
"""


_STARTS = frozenset("0123456789+-.,")
_NAMED = frozenset(("inf", "infinity", "nan"))
"""Numbers that begin with a letter."""


def parse_number(cell: str, decimal_comma: bool) -> float | None:
    """The number in `cell`, spaces around it allowed; NaN where it is missing, None for text.

    With `decimal_comma` a comma is a decimal mark, as a point is.
    """
    text = cell.strip()
    if text in MISSING:
        return math.nan
    if text[0] not in _STARTS and text.lower() not in _NAMED:
        return None
    # float would read Python's 1_000 and the digits of other scripts, too
    if "_" in text or not text.isascii():
        return None
    try:
        return float(text.replace(",", ".") if decimal_comma else text)
    except ValueError:
        return None


def is_number(cell: str, decimal_comma: bool) -> bool:
    """Whether `cell` holds a number; a missing value is none."""
    number = parse_number(cell, decimal_comma)
    return number is not None and not math.isnan(number)


def is_missing(cell: str) -> bool:
    """Whether `cell` says that there is no value."""
    return cell.strip() in MISSING


def parse_numbers(cells: Sequence[str], decimal_comma: bool) -> tuple[Array, list[int]]:
    """`parse_number` of all `cells`: (cells,), and where text stands, which becomes NaN."""
    try:
        numbers = _decode(_json(cells, decimal_comma))
        if len(numbers) == len(cells):
            return np.array(numbers, np.float64), []
    except ValueError:
        pass
    each = [parse_number(cell, decimal_comma) for cell in cells]
    return np.array(each, np.float64), [i for i, number in enumerate(each) if number is None]


def _json(cells: Sequence[str], decimal_comma: bool) -> str:
    """`cells` as a JSON list. A cell with a comma in it makes it longer than `cells`."""
    words = map(MISSING.get, cells, cells)
    if decimal_comma:
        dotted = "\0".join(words).replace(",", ".")
        return "[" + dotted.replace("\0", ",") + "]"
    return "[" + ",".join(words) + "]"
