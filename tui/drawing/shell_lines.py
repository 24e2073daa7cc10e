"""A command line in lines that can be copied from a terminal and run as they are."""

import shlex
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

FIRST, REST = " ", "   "
"""What lines begin with."""

GOES_ON = "\\"


def shell_lines(words: Sequence[str], width: int) -> list[str]:
    """The command of `words`, quoted for a shell, in lines of at most `width` columns.

    They break before an option. The backslash stands in the last column: so there are no spaces behind
    it, which some terminals copy, and with which a shell would not go on. A word that is too long for
    a line is cut, and its next part begins in the first column.
    """
    lines: list[str] = []
    line = FIRST.rstrip(" ")
    for unit in _units(words):
        text = shlex.join(unit)
        lead = REST if lines or line else FIRST
        if line and cell_len(line) + 1 + cell_len(text) <= width - 2:
            line += f" {text}"
            continue
        if line:
            lines.append(_with_more(line, width))
        line = lead + text
        if cell_len(line) > width - 2:
            *whole, line = _cut(lead, unit, width)
            lines += whole
    return [_shown(one) for one in [*lines, line]]


def _units(words: Sequence[str]) -> Iterator[list[str]]:
    """Words that stand on one line: the program, and each option with its value."""
    unit: list[str] = []
    for place, word in enumerate(words):
        if unit and (place == 1 or word.startswith("--")):
            yield unit
            unit = []
        unit.append(word)
    yield unit


def _with_more(line: str, width: int) -> str:
    return line + " " * max(width - 1 - cell_len(line), 1) + GOES_ON


def _cut(lead: str, unit: Sequence[str], width: int) -> list[str]:
    """The words of `unit` over as many lines as it takes, the last word cut to fill each."""
    *names, value = unit
    line = lead + "".join(f"{shlex.quote(name)} " for name in names)
    lines = []
    while cell_len(line + shlex.quote(value)) > width - 2:
        fits = max(
            (
                count
                for count in range(1, min(len(value), width) + 1)
                if cell_len(line + shlex.quote(value[:count])) < width
            ),
            default=1,
        )
        lines.append(line + shlex.quote(value[:fits]) + GOES_ON)
        line, value = "", value[fits:]
    return [*lines, line + (shlex.quote(value) if value else "")]


def _shown(line: str) -> str:
    """`line` without what would move the cursor of a terminal."""
    return "".join(char if char.isprintable() else "?" for char in line)
