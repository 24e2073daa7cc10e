"""The table that is made of a file's columns: inputs, a target, and rows without missing values."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.checks import MAX_INPUTS, MAX_SAMPLES, shown
from engine.data.csv_columns import MAX_LABELS, LabelColumn, NumberColumn
from engine.data.csv_layout import Layout
from engine.data.csv_rows import Block, fit
from engine.errors import ConfigError, FileError, one_line

MIN_ROWS = 4
"""Two to train on and two to test."""


class Table(NamedTuple):
    """What was read. Arrays are read-only."""

    inputs: Array
    """(inputs, rows)."""
    input_names: tuple[str, ...]
    target_name: str
    values: Array | None
    """(rows,): a target of numbers; None where it is text."""
    labels: npt.NDArray[np.intp] | None
    """(rows,): a target of text, as places in `class_names`; None where it is numbers."""
    class_names: tuple[str, ...]
    """The different texts of the target in sorted order; empty where it is numbers."""
    left_out: int
    """Rows that are not here because a value is missing in the target or in an input."""
    ignored: tuple[str, ...]
    """Columns that were not asked for and hold text or nothing."""
    digest: str
    """SHA-256 of the bytes, in hexadecimal digits."""


def _find_inputs(asked: Sequence[str], target_at: int, names: tuple[str, ...]) -> list[int]:
    """The indices of the columns `asked` for, or of all but the target."""
    if not asked:
        return [index for index in range(len(names)) if index != target_at]
    if len(asked) > MAX_INPUTS:
        raise ConfigError("columns", f"at most {MAX_INPUTS} can be inputs, not {len(asked)}")
    indices = [_find_column("columns", name, names) for name in asked]
    for place, index in enumerate(indices):
        if index == target_at:
            raise ConfigError("columns", f"{shown(names[index])} is the target")
        if index in indices[:place]:
            raise ConfigError("columns", f"{shown(names[index])} is named twice")
    return indices


def _find_column(setting: str, wanted: str, names: tuple[str, ...]) -> int:
    """The index of the column that `wanted` names, or counts from 1."""
    wanted = one_line(wanted)
    if wanted in names:
        return names.index(wanted)
    if wanted.isdecimal() and wanted.isascii() and 1 <= int(wanted[:9]) <= len(names):
        return int(wanted[:9]) - 1
    known = ", ".join(names)
    known = known if len(known) <= 200 else known[:197] + "..."
    raise ConfigError(setting, f"there is no column {shown(wanted)} among {known}")


class TableBuilder:
    """Gathers the columns that may be used, and makes a table of those that can."""

    def __init__(
        self, layout: Layout, target: str | None, asked: Sequence[str], decimal_comma: bool
    ) -> None:
        names = layout.names
        target_at = len(names) - 1 if target is None else _find_column("target", target, names)
        inputs_at = _find_inputs(asked, target_at, names)
        self._asked = bool(asked)
        self._rows = 0
        self._width = len(names)
        self._target_at = target_at
        self._target = NumberColumn(names[target_at], decimal_comma, asked=False)
        self._labels = LabelColumn()
        self._inputs = {
            index: NumberColumn(names[index], decimal_comma, asked=self._asked)
            for index in inputs_at
        }

    def extend(self, block: Block) -> None:
        """Add the rows of `block`."""
        self._rows += len(block.rows)
        if self._rows > MAX_SAMPLES:
            raise FileError(f"it has over {MAX_SAMPLES:,} rows")
        cells = list(zip(*fit(block, self._width).rows, strict=True))
        if not cells:
            return
        for index, column in self._inputs.items():
            column.extend(cells[index], block.lines)
        self._target.extend(cells[self._target_at], block.lines)
        self._labels.extend(cells[self._target_at])

    def build(self, digest: str) -> Table:
        """The table of the rows without a missing value. The columns are forgotten.

        Raises FileError or ConfigError where they cannot be learnt from.
        """
        if not self._rows:
            raise FileError("it has a header and no rows")
        target_is_text = not self._target.holds_numbers()
        self._check_target(target_is_text)
        used = [column for column in self._inputs.values() if column.holds_numbers()]
        self._check_inputs(used)
        _check_marks(used if target_is_text else [*used, self._target])
        keep = self._labels.given() if target_is_text else ~np.isnan(self._target.values)
        for column in used:
            keep &= ~np.isnan(column.values)
        rows = int(np.count_nonzero(keep))
        left_out = self._rows - rows
        _check_rows(rows, left_out)
        ignored = tuple(column.name for column in self._inputs.values() if column not in used)
        values = labels = None
        class_names: tuple[str, ...] = ()
        if target_is_text:
            labels, class_names = self._labels.classes(keep)
            labels.flags.writeable = False
        else:
            values = self._target.values[keep]
            values.flags.writeable = False
        return Table(
            inputs=_stacked(used, keep, rows),
            input_names=tuple(column.name for column in used),
            target_name=self._target.name,
            values=values,
            labels=labels,
            class_names=class_names,
            left_out=left_out,
            ignored=ignored,
            digest=digest,
        )

    def _check_target(self, is_text: bool) -> None:
        name = shown(self._target.name)
        if self._target.is_empty:
            raise FileError(f"column {name}, the target, has no value")
        if is_text and self._labels.is_full:
            raise ConfigError(
                "target",
                f"{name} is text with over {MAX_LABELS} different values: neither numbers nor a"
                " few classes",
            )

    def _check_inputs(self, used: list[NumberColumn]) -> None:
        if self._asked:
            for column in self._inputs.values():
                if column.is_empty:
                    raise FileError(f"column {shown(column.name)} has no value")
        if not used:
            raise FileError("no column of numbers is left for the inputs beside the target")
        if len(used) > MAX_INPUTS:
            raise ConfigError(
                "columns", f"{len(used)} columns could be inputs; name at most {MAX_INPUTS} of them"
            )


def _check_marks(columns: list[NumberColumn]) -> None:
    """FileError where some numbers have a decimal comma, and others a point: is 1.234 a thousand?"""
    commas = [column.marks[","] for column in columns if "," in column.marks]
    points = [column.marks["."] for column in columns if "." in column.marks]
    if commas and points:
        comma, point = min(commas), min(points)
        raise FileError(
            f"{point} has a decimal point, but {shown(comma.text.strip())} on line {comma.line} a"
            " decimal comma"
        )


def _check_rows(rows: int, left_out: int) -> None:
    if rows >= MIN_ROWS:
        return
    counted = "1 row" if rows == 1 else f"{rows} rows"
    missing = f", with {left_out} more left out for missing values" if left_out else ""
    raise FileError(f"it has {counted}{missing}; at least {MIN_ROWS} are needed")


def _stacked(columns: list[NumberColumn], keep: npt.NDArray[np.bool_], rows: int) -> Array:
    """The values to `keep` of all `columns`, each forgotten once it has been copied."""
    inputs = np.empty((len(columns), rows))
    for row, column in zip(inputs, columns, strict=True):
        np.compress(keep, column.values, out=row)
        column.forget()
    inputs.flags.writeable = False
    return inputs
