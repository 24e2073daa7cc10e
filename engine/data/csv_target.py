"""What is learnt from the target of a table: classes, or a value."""

from typing import Literal, NamedTuple

import numpy as np

from engine.arrays import Array
from engine.config.checks import shown
from engine.config.task import MAX_CLASSES
from engine.data.csv_table import Table
from engine.errors import ConfigError


class Target(NamedTuple):
    """What the outputs of a network are compared with."""

    problem: Literal["classification", "regression"]
    y: Array
    """(rows,), read-only: class numbers 0.0, 1.0, ... or values."""
    classes: tuple[str, ...]
    """The names of the classes, in the order of their numbers; empty for a regression."""


def decide_target(
    table: Table,
    problem: Literal["auto", "classification", "regression"] = "auto",
    most_classes: int = MAX_CLASSES,
) -> Target:
    """The target of `table` as `problem` wants it.

    By itself text is classes, in sorted order, and so are at most MAX_CLASSES different whole
    numbers, in their order; other numbers are a regression. Raises ConfigError where that is
    impossible, and for more than `most_classes`.
    """
    if table.values is None:
        return _text_target(table, problem, most_classes)
    different, numbers = np.unique(table.values, return_inverse=True)
    if problem == "auto":
        whole = bool(np.all(different == np.floor(different)))
        problem = "classification" if whole and different.size <= MAX_CLASSES else "regression"
    if different.size == 1:
        value = _number_name(different[0])
        raise ConfigError("target", f"{shown(table.target_name)} is {value} in every row")
    if problem == "regression":
        return Target(problem, table.values, ())
    _check_classes(table.target_name, different.size, most_classes)
    return Target(problem, _read_only(numbers), tuple(map(_number_name, different)))


def _text_target(table: Table, problem: str, most_classes: int) -> Target:
    assert table.labels is not None
    if problem == "regression":
        raise ConfigError(
            "problem", f"a regression needs numbers, and {shown(table.target_name)} is text"
        )
    if len(table.class_names) == 1:
        name = shown(table.class_names[0])
        raise ConfigError("target", f"{shown(table.target_name)} is {name} in every row")
    _check_classes(table.target_name, len(table.class_names), most_classes)
    return Target("classification", _read_only(table.labels), table.class_names)


def _check_classes(name: str, different: int, most: int) -> None:
    if different > most:
        raise ConfigError(
            "target",
            f"{shown(name)} has {different} different values; there can be 2 to {most} classes",
        )


def _read_only(numbers: np.typing.NDArray[np.intp]) -> Array:
    y = numbers.astype(np.float64)
    y.flags.writeable = False
    return y


def _number_name(value: np.float64) -> str:
    """The shortest text of `value`: 2 and 2.5, not 2.0."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
