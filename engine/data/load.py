"""Loads the data that a configuration names, with scikit-learn."""

import numpy as np

from engine.arrays import Array
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.errors import ConfigError


def load_dataset(config: TrainingConfig) -> Dataset:
    """`make_moons`, not shuffled, split by `train_test_split`; both are seeded with `config.seed`.

    Raises ConfigError if one side of the split lacks a class. Imports scikit-learn, which takes
    about a second.
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
    for side, points in (("training", dataset.train), ("test", dataset.test)):
        for label in (0, 1):
            if not np.any(points.y == label):
                raise ConfigError(
                    "test-size",
                    f"{config.test_size:g} of {config.samples} samples leaves no point of class"
                    f" {label} on the {side} side; take more samples or another share or seed",
                )
    return dataset


def _points(inputs: Array, labels: Array) -> Points:
    """Points from scikit-learn's layout: `inputs` (points, 2) and `labels` (points,)."""
    x = np.ascontiguousarray(inputs.T, dtype=np.float64)
    y = np.asarray(labels, dtype=np.float64)
    x.flags.writeable = y.flags.writeable = False
    return Points(x, y)
