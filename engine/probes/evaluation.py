"""How a trainer does at its present parameters: losses, accuracies and predicted classes."""

from typing import NamedTuple

from engine.messages.snapshot import Classes
from engine.network.metrics import accuracy
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
    predicted = trainer.loss.predictions(trainer.cache.output_a)
    test_predicted = trainer.loss.predictions(trainer.test_cache.output_a)
    return Evaluation(
        train_loss=trainer.train_loss,
        test_loss=trainer.test_loss,
        train_accuracy=accuracy(predicted, train.y),
        test_accuracy=accuracy(test_predicted, test.y),
        train_predictions=predicted,
        test_predictions=test_predicted,
    )
