"""The points of a dataset, with the rectangle of the plane that is drawn."""

import numpy as np

from engine.data.dataset import Dataset
from engine.messages.snapshot import Bounds, DataPoints

MARGIN = 0.08
"""Empty space around the points, as a share of their spread."""


def data_points(dataset: Dataset) -> DataPoints:
    """Both sides of `dataset`, with the rectangle that holds them all."""
    every = np.concatenate([dataset.train.x, dataset.test.x], axis=1)
    low, high = every.min(axis=1), every.max(axis=1)
    margin = np.maximum((high - low) * MARGIN, 1e-9)
    (left, bottom), (right, top) = low - margin, high + margin
    return DataPoints(
        train_x=dataset.train.x,
        train_classes=dataset.train.y.astype(np.uint8),
        test_x=dataset.test.x,
        test_classes=dataset.test.y.astype(np.uint8),
        bounds=Bounds(float(left), float(right), float(bottom), float(top)),
    )
