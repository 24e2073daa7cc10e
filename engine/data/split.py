"""Which points are learnt from, and which are kept to test with."""

import math

import numpy as np

from engine.arrays import Array
from engine.config.checks import check_split
from engine.config.training_config import TrainingConfig
from engine.data.raw_data import RawData, Rows
from engine.data.shares import proportional
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
        is_test = _first_of_each(raw.y[order], raw.class_counts, tested)
        sides = order[~is_test], order[is_test]
    else:
        sides = order[tested:], order[:tested]
    for name, rows in zip(("training", "test"), sides, strict=True):
        _check_classes(raw, rows, name, config.test_size)
    return sides


def _first_of_each(y: Array, counts: list[int], tested: int) -> np.typing.NDArray[np.bool_]:
    """(points,): the first points of each class, `tested` in all, in the classes' shares, but at
    least one and never all of a class.
    """
    least = [min(1, count - 1) for count in counts]
    most = [max(count - 1, 0) for count in counts]
    is_test = np.zeros(y.size, dtype=np.bool_)
    for number, share in enumerate(proportional(counts, tested, least, most)):
        is_test[np.flatnonzero(y == number)[:share]] = True
    return is_test


def _check_classes(raw: RawData, rows: Rows, side: str, test_size: float) -> None:
    y = raw.y[rows]
    for number, name in enumerate(raw.classes):
        if not np.any(y == number):
            raise ConfigError(
                "test-size",
                f"{test_size:g} of {raw.y.size} samples leaves no point of class {name} on the"
                f" {side} side; take more samples or another share or seed",
            )
