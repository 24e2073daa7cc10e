"""How a trainer does at its present parameters: figures, and what it predicts."""

from typing import NamedTuple

from engine.messages.snapshot import Figures, Labels
from engine.network.losses import binary_cross_entropy
from engine.network.metrics import accuracy, classify
from engine.probes.data_points import labels_of
from engine.training.trainer import Trainer


class Evaluation(NamedTuple):
    """Figures of one moment, the same for every view of it."""

    train: Figures
    test: Figures
    train_predictions: Labels
    """What is predicted for the training points that are drawn."""
    test_predictions: Labels


def evaluation_of(trainer: Trainer) -> Evaluation:
    """Evaluate `trainer` at its present parameters. Its caches and gradients are then of these,
    too; the course of training is not changed.
    """
    trainer.evaluate()
    train, test, task = trainer.dataset[:3]
    a_train, a_test = trainer.cache.predictions, trainer.test_cache.predictions
    return Evaluation(
        train=Figures(binary_cross_entropy(a_train, train.y), accuracy(a_train, train.y)),
        test=Figures(binary_cross_entropy(a_test, test.y), accuracy(a_test, test.y)),
        train_predictions=labels_of(classify(a_train), task),
        test_predictions=labels_of(classify(a_test), task),
    )
