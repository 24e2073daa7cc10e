"""The recorded losses of a trainer, reduced to what a chart can show."""

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import LossCurves
from engine.training.trainer import Trainer

LEAST_POINTS = 8
"""Points of the training loss in the first epochs, of which each is then a part."""


def loss_curves(trainer: Trainer, points: int) -> LossCurves:
    """Both recorded losses with about `points` points each at most, and the epochs and the learning
    rates at the steps of the training loss.

    A point has the least and the greatest of its steps' training losses; but where a step learns
    from a few points only, their losses say little, and it has the mean over an epoch or more.
    """
    updates, record = trainer.updates, trainer.losses.train
    if updates.takes_all:
        train = record.reduced(points)
    else:
        epochs = record.count // updates.batches.batches
        train = record.reduced(min(points, max(epochs, LEAST_POINTS)))
        train = train._replace(low=train.mean, high=train.mean)
    test_steps, test_low, test_high = _test_points(trainer, points)
    return LossCurves(
        train_steps=train.steps,
        train_low=train.low,
        train_high=train.high,
        test_steps=test_steps,
        test_low=test_low,
        test_high=test_high,
        epochs=trainer.epochs_at(train.steps),
        alphas=trainer.alphas_at(train.steps),
    )


def _test_points(trainer: Trainer, points: int) -> tuple[Array, Array, Array]:
    """Steps, least and greatest test losses: the early ones as far as there is room between them, and
    in any case the newest.
    """
    usual = trainer.losses.test.reduced(points)
    if not usual.steps.size:
        return usual.steps, usual.low, usual.high
    steps, losses = trainer.losses.early.at_least_apart(
        trainer.step / points, after=(trainer.losses.test.count - 1) * trainer.losses.interval
    )
    order = np.argsort(np.append(usual.steps, steps))
    return (
        np.append(usual.steps, steps)[order],
        np.append(usual.low, losses)[order],
        np.append(usual.high, losses)[order],
    )
