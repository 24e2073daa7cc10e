"""Which columns, classes and rows of real data are learnt: all, unless a person says otherwise."""

from collections.abc import Sequence

import numpy as np

from engine.config.checks import listed, shown
from engine.config.task import MAX_CLASSES
from engine.config.training_config import TrainingConfig
from engine.data.raw_data import RawData, Rows
from engine.data.shares import LEAST, balanced, proportional
from engine.errors import ConfigError


def chosen_columns(raw: RawData, wanted: Sequence[str]) -> RawData:
    """The inputs `wanted`, each by its name or its number from 1 on, in that order."""
    if not wanted:
        return raw
    places = [_place(name, raw.input_names) for name in wanted]
    names = tuple(raw.input_names[place] for place in places)
    if len(set(places)) < len(places):
        raise ConfigError("columns", "one is there twice")
    return raw._replace(inputs=raw.inputs[places], input_names=names)


def chosen_classes(raw: RawData, wanted: Sequence[str]) -> RawData:
    """The points of the classes `wanted`, which are numbered in that order.

    ConfigError for a name that is none, and if more than MAX_CLASSES are left.
    """
    if raw.problem == "regression":
        if wanted:
            raise ConfigError("classes", f"{shown(raw.target)} is a value and has no classes")
        return raw
    if wanted:
        for name in wanted:
            if name not in raw.classes:
                known = listed(raw.classes)
                raise ConfigError("classes", f"there is no class {shown(name)} among {known}")
        if tuple(wanted) != raw.classes:
            raw = _with_classes(raw, wanted)
    if len(raw.classes) > MAX_CLASSES:
        raise ConfigError(
            "classes",
            f"{shown(raw.target)} has {len(raw.classes)}; choose 2 to {MAX_CLASSES} of them, or"
            " another --target",
        )
    return raw


def chosen_rows(raw: RawData, config: TrainingConfig) -> RawData:
    """So many rows as `config` says, drawn by the seed of data: classes in their shares, or with the
    balance that is asked for.
    """
    rows, samples, balance = raw.y.size, config.samples, config.balance
    if samples is not None and samples > rows:
        raise ConfigError("samples", f"{samples} are more than the {rows} rows that there are")
    if samples in (None, rows) and balance is None:
        return raw
    order = np.random.default_rng(config.seed_of_data).permutation(rows)
    if raw.problem == "regression":
        if balance is not None:
            raise ConfigError("balance", "it is for classes, and these are values")
        return raw.taken(np.sort(order[:samples]))
    counts = raw.class_counts
    shares = _shares(counts, rows if samples is None else samples, balance, fixed=samples)
    return raw.taken(np.sort(_first_of_each(order, raw.y, shares)))


def _first_of_each(order: Rows, y: np.typing.NDArray[np.float64], shares: list[int]) -> Rows:
    """Of the rows in `order`, the first ones of each class."""
    classes = y[order]
    return np.concatenate([order[classes == number][:share] for number, share in enumerate(shares)])


def _shares(
    counts: list[int], total: int, balance: float | None, *, fixed: int | None
) -> list[int]:
    """Rows of each class. Without a number that is `fixed`, as many as the balance lets be there."""
    if balance is None:
        least = [min(LEAST, count) for count in counts]
        if total < sum(least):
            raise ConfigError(
                "samples",
                f"{total} are fewer than the {sum(least)} that {len(counts)} classes need",
            )
        return proportional(counts, total, least, counts)
    if fixed is None:
        rest = sum(counts[1:])
        total = int(min(counts[0] / balance, rest / (1.0 - balance)))
    shares = balanced(counts, total, balance)
    for share, count in zip(shares, counts, strict=True):
        if share > count:
            raise ConfigError(
                "balance",
                f"{balance:g} of {total} rows would take {share} of a class that has {count}; take"
                " fewer --samples",
            )
    return shares


def _with_classes(raw: RawData, wanted: Sequence[str]) -> RawData:
    number_of = np.full(len(raw.classes), -1.0)
    for number, name in enumerate(wanted):
        number_of[raw.classes.index(name)] = number
    numbers = number_of[raw.y.astype(np.intp)]
    kept = np.flatnonzero(numbers >= 0.0)
    return raw._replace(
        inputs=raw.inputs.take(kept, axis=1), y=numbers[kept], classes=tuple(wanted)
    )


def _place(wanted: str, names: tuple[str, ...]) -> int:
    if wanted in names:
        return names.index(wanted)
    if wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(names):
        return int(wanted[:9]) - 1
    raise ConfigError("columns", f"there is no column {shown(wanted)} among {listed(names)}")
