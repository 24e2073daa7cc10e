"""How a trainer does at its present parameters: figures, and what it predicts."""

from typing import Any, NamedTuple

import numpy.typing as npt

from engine.arrays import Array
from engine.data.dataset import Dataset
from engine.messages.snapshot import MOST_DRAWN, Figures, Labels
from engine.network.cache import Cache
from engine.network.metrics import accuracy, r2, rmse
from engine.probes.data_points import labels_of
from engine.training.evaluator import Measured
from engine.training.trainer import Trainer

Predictions = npt.NDArray[Any]
"""Numbers of classes, uint8, or values, float64: (points,)."""


class Evaluation(NamedTuple):
    """Figures of one moment, the same for every view of it."""

    train: Figures
    test: Figures
    train_predictions: Predictions
    """(points,): of the training points, as many as were evaluated; numbers of classes, or values."""
    test_predictions: Predictions
    gradient_cache: Cache
    """The passes of the next update: its gradient."""


def evaluation_of(trainer: Trainer, most: int | None = None) -> Evaluation:
    """Evaluate `trainer` at its present parameters, on all points or on the first `most` of either
    side. Its caches and gradients are then of these, too; the course of training is not changed.
    """
    dataset = trainer.dataset
    gradient_cache = trainer.take_gradient()
    train, test = trainer.train_side.measure(most), trainer.test_side.measure(most)
    train_figures, train_predictions = _figures(train, dataset, dataset.train.y)
    test_figures, test_predictions = _figures(test, dataset, dataset.test.y)
    return Evaluation(
        train_figures, test_figures, train_predictions, test_predictions, gradient_cache
    )


def drawn_predictions(predictions: Predictions, dataset: Dataset) -> Labels:
    """What is predicted for the points that are drawn."""
    return labels_of(predictions[:MOST_DRAWN], dataset.task)


def _figures(measured: Measured, dataset: Dataset, y: Array) -> tuple[Figures, Predictions]:
    loss, predictions = measured
    y = y[: predictions.size]
    if not dataset.task.is_regression:
        return Figures(loss, accuracy=accuracy(predictions, y)), predictions
    values = dataset.target.unscaled(predictions)
    return Figures(loss, rmse=rmse(values, y), r2=r2(values, y)), values
