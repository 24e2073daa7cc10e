"""The recorded losses of a trainer, reduced to what a chart can show."""

from engine.messages.snapshot import LossCurves
from engine.training.trainer import Trainer


def loss_curves(trainer: Trainer, points: int) -> LossCurves:
    """Both recorded losses with at most `points` points each."""
    train = trainer.train_history.reduced(points)
    test = trainer.test_history.reduced(points)
    return LossCurves(
        train_steps=train.steps,
        train_low=train.low,
        train_high=train.high,
        test_steps=test.steps,
        test_mean=test.mean,
    )
