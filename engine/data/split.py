"""Which points are learnt from, and which are kept to test with."""

import math

import numpy as np

from engine.arrays import Array
from engine.config.checks import check_split, shown
from engine.config.training_config import TrainingConfig
from engine.data.raw_data import RawData, Rows
from engine.data.shares import LEAST, proportional
from engine.errors import ConfigError


def split_rows(raw: RawData, config: TrainingConfig, *, stratified: bool) -> tuple[Rows, Rows]:
    """The rows of the training side and of the test side, each in the order of a permutation drawn by
    the seed of data. What is not stratified is split as scikit-learn's `train_test_split` does it.

    Raises ConfigError if one side lacks a class, or would be too small.
    """
    points = raw.y.size
    check_split(points, config.test_size)
    tested = math.ceil(config.test_size * points)
    # the generator of train_test_split, for the same split
    order = np.random.RandomState(config.seed_of_data).permutation(points)
    if stratified and raw.classes:
        _check_counts(raw)
        is_test = _first_of_each(raw.y[order], raw.class_counts, tested)
        sides = order[~is_test], order[is_test]
    else:
        sides = order[tested:], order[:tested]
    for name, rows in zip(("training", "test"), sides, strict=True):
        _check_classes(raw, rows, name, config.test_size)
    return sides


def _first_of_each(y: Array, counts: list[int], tested: int) -> np.typing.NDArray[np.bool_]:
    """(points,): the first points of each class, `tested` in all, in the classes' shares; at least one
    and never all of a class, where either side has room for that.
    """
    on_test, on_train = int(tested >= len(counts)), int(y.size - tested >= len(counts))
    least, most = [on_test for _ in counts], [count - on_train for count in counts]
    is_test = np.zeros(y.size, dtype=np.bool_)
    for number, share in enumerate(proportional(counts, tested, least, most)):
        is_test[np.flatnonzero(y == number)[:share]] = True
    return is_test


def _check_counts(raw: RawData) -> None:
    for name, count in zip(raw.classes, raw.class_counts, strict=True):
        if count < LEAST:
            raise ConfigError(
                "classes",
                f"{shown(name)} has {count} of {raw.y.size} points; each needs at least {LEAST}, one"
                " on each side; --classes leaves it out",
            )


def _check_classes(raw: RawData, rows: Rows, side: str, test_size: float) -> None:
    y = raw.y[rows]
    for number, name in enumerate(raw.classes):
        if not np.any(y == number):
            raise ConfigError(
                "test-size",
                f"{test_size:g} of {raw.y.size} samples leaves no point of class {name} on the"
                f" {side} side; take more samples or another share or seed",
            )
