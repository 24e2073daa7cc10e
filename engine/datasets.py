"""The data: two interleaved half moons, split into a training and a test side."""

from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.config import TrainingConfig
from engine.errors import ConfigError


class Points(NamedTuple):
    """Labelled points of the plane."""

    x: Array
    """(2, points): one column a point."""
    y: Array
    """(points,): 0.0 or 1.0."""


class Dataset(NamedTuple):
    """Both sides of the split."""

    train: Points
    test: Points


def load_moons(config: TrainingConfig) -> Dataset:
    """`make_moons` unshuffled, split by `train_test_split`, both seeded with `config.seed`.

    ConfigError if either side lacks a class. Imports scikit-learn, which takes about a second.
    """
    from sklearn.datasets import make_moons
    from sklearn.model_selection import train_test_split

    inputs, labels = make_moons(
        n_samples=config.samples, noise=config.noise, shuffle=False, random_state=config.seed
    )
    x_train, x_test, y_train, y_test = train_test_split(
        inputs, labels, test_size=config.test_size, random_state=config.seed
    )
    dataset = Dataset(_points(x_train, y_train), _points(x_test, y_test))
    for side, points in zip(("training", "test"), dataset, strict=True):
        for label in (0, 1):
            if not np.any(points.y == label):
                raise ConfigError(
                    "test-size",
                    f"{config.test_size:g} of {config.samples} samples leaves no point of class"
                    f" {label} on the {side} side; take more samples or another share or seed",
                )
    return dataset


def _points(inputs: Array, labels: Array) -> Points:
    x = np.ascontiguousarray(inputs.T, dtype=np.float64)
    y = np.asarray(labels, dtype=np.float64)
    x.flags.writeable = y.flags.writeable = False
    return Points(x, y)
