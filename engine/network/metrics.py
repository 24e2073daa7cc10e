"""What predictions come to: classes and their accuracy."""

import numpy as np

from engine.arrays import Array


def classify(predictions: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Class 1 where the prediction is at least one half, else 0."""
    return (np.ravel(predictions) >= 0.5).astype(np.uint8)


def accuracy(predictions: Array, y: Array) -> float:
    """Share of the batch on the right side of one half, 0 to 1."""
    return float(np.mean(classify(predictions) == np.ravel(y)))
