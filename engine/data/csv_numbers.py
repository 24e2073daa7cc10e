"""Numbers as files write them: decimal point or comma, missing values, what is refused."""

import math
from collections.abc import Sequence

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
MISSING = dict.fromkeys(_WORDS, "nan")
"""Cells without a value, and how `float` reads that. `Na` is none: it is sodium, and a name."""

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
    words: Sequence[str] = cells
    if decimal_comma:
        words = "\n".join(cells).replace(",", ".").split("\n")
    for given in (words, map(MISSING.get, words, words)):
        try:
            numbers = np.fromiter(map(float, given), np.float64, len(words))
        except ValueError:
            continue  # a value is missing, or there is text
        # float also reads what a file does not mean: see parse_number
        text = "".join(cells)
        if numbers.size == len(cells) and text.isascii() and "_" not in text:
            return numbers, []
        break
    each = [parse_number(cell, decimal_comma) for cell in cells]
    return np.array(each, np.float64), [i for i, number in enumerate(each) if number is None]
