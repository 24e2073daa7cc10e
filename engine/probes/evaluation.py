"""How a trainer does at its present parameters: losses, accuracies and predicted classes."""

from typing import NamedTuple

from engine.messages.snapshot import Classes
from engine.network.losses import binary_cross_entropy
from engine.network.metrics import accuracy, classify
from engine.training.trainer import Trainer


class Evaluation(NamedTuple):
    """Figures of one moment, the same for every view of it."""

    train_loss: float
    test_loss: float
    train_accuracy: float
    """0 to 1."""
    test_accuracy: float
    train_predictions: Classes
    """(points,): the class predicted for every training point."""
    test_predictions: Classes


def evaluation_of(trainer: Trainer) -> Evaluation:
    """Evaluate `trainer` at its present parameters. Its caches and gradients are then of these,
    too; the course of training is not changed.
    """
    trainer.evaluate()
    train, test = trainer.dataset
    return Evaluation(
        train_loss=binary_cross_entropy(trainer.cache.predictions, train.y),
        test_loss=binary_cross_entropy(trainer.test_cache.predictions, test.y),
        train_accuracy=accuracy(trainer.cache.predictions, train.y),
        test_accuracy=accuracy(trainer.test_cache.predictions, test.y),
        train_predictions=classify(trainer.cache.predictions),
        test_predictions=classify(trainer.test_cache.predictions),
    )
