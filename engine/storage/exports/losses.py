"""The recorded losses as a table."""

import csv
import io
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.run.run import Run
from engine.training.history import CAPACITY
from engine.training.loss_record import LossRecord
from engine.training.trainer import Trainer

COLUMNS = (
    *("step", "last_step", "epoch"),
    *("train_loss_low", "train_loss_high", "train_loss_mean"),
    *("test_loss", "alpha"),
)
"""A row is of the updates from `step` to `last_step`: of one, or as a history holds the losses of a
long run, of a few. Epoch and alpha are those of the first of them.
"""


class LossTable(NamedTuple):
    """All that is kept of the losses; every array is (rows,), NaN where nothing is known."""

    first: Array
    """The first and the last step that a row is of."""
    last: Array
    epochs: Array
    low: Array
    """The least, the greatest and the mean of their training losses."""
    high: Array
    mean: Array
    test: Array
    """The test loss measured within these steps; the mean, if there were more than one."""
    alphas: Array


def losses_csv(run: Run) -> Callable[[], bytes]:
    """The losses of the present course, one row for each step or for each few of them, and of now."""
    now = run.evaluation
    return partial(encoded, loss_table(run.trainer, now.train.loss, now.test.loss))


def loss_table(trainer: Trainer, train_loss: float, test_loss: float) -> LossTable:
    """The losses of `trainer` as far as they are kept. The last row is of the parameters as they stand,
    with their `train_loss` and `test_loss`; without the first where a step learns from a batch.
    """
    record = trainer.losses
    train = record.train.reduced(CAPACITY)
    tested, losses = _test_losses(record)
    first = np.append(train.steps, trainer.step)
    before = tested < trainer.step
    test = _means_by_row(first, tested[before], losses[before])
    test[-1] = test_loss
    train_loss = train_loss if trainer.updates.takes_all else np.nan
    low, high, mean = (np.append(one, train_loss) for one in (train.low, train.high, train.mean))
    return LossTable(
        first=first,
        last=np.append(first[1:] - 1.0, trainer.step),
        epochs=trainer.epochs_at(first),
        low=low,
        high=high,
        mean=mean,
        test=test,
        alphas=trainer.alphas_at(first),
    )


def _test_losses(record: LossRecord) -> tuple[Array, Array]:
    """Steps and test losses, all that there are."""
    usual = record.test.reduced(CAPACITY)
    steps, losses = record.early.at_least_apart(0.0)
    return np.append(usual.steps, steps), np.append(usual.mean, losses)


def _means_by_row(first: Array, steps: Array, losses: Array) -> Array:
    """(rows,): the mean of the losses measured from each `first` step on; NaN where none was."""
    rows = np.searchsorted(first, steps, side="right") - 1
    counts = np.bincount(rows, minlength=first.size)
    sums = np.bincount(rows, weights=losses, minlength=first.size)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def encoded(table: LossTable) -> bytes:
    """`table` as CSV, with every digit that counts; what is not known is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for first, last, *figures in zip(*(column.tolist() for column in table), strict=True):
        writer.writerow([int(first), int(last), *map(_cell, figures)])
    return text.getvalue().encode()


def _cell(figure: float) -> str:
    return "" if np.isnan(figure) else repr(figure)
