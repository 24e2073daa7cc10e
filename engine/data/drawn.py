"""The data sets that are drawn anew for every seed."""

from collections.abc import Sequence

import numpy as np

from engine.config.data_sets import DataSet
from engine.config.training_config import TrainingConfig
from engine.data import generators
from engine.data.generators import Drawn
from engine.data.raw_data import RawData
from engine.data.shares import balanced

_BY_LABEL = {"circles": generators.circles, "xor": generators.xor}
"""Those whose classes are found once their points are there."""
_BY_CLASS = {"gauss": generators.gauss, "spiral": generators.spiral}
"""Those drawn class by class."""
_BY_VALUE = {
    "plane": generators.plane,
    "gaussian": generators.gaussian,
    "sine": generators.sine,
}


def drawn_data(config: TrainingConfig, data_set: DataSet) -> RawData:
    """The points of `data_set`, drawn by the seed of data. Imports scikit-learn for moons.

    Raises ConfigError where a class would get too few points.
    """
    samples = config.samples or data_set.samples
    inputs, y = _drawn(config, data_set, samples)
    names = ("x", "y")[: data_set.inputs]
    if data_set.classes == 0:
        return RawData(inputs, y, "regression", names, target="value")
    classes = tuple(str(number) for number in range(data_set.classes))
    return RawData(inputs, y, "classification", names, classes)


def _drawn(config: TrainingConfig, data_set: DataSet, samples: int) -> Drawn:
    kind = data_set.name.partition(":")[0]
    noise, seed = config.noise, config.seed_of_data
    rng = np.random.default_rng(seed)
    if kind in _BY_VALUE:
        return _BY_VALUE[kind](rng, samples, noise)
    if kind == "moons" and config.balance is None:
        return _moons(samples, noise, seed)
    if kind in _BY_LABEL and config.balance is None:
        return _BY_LABEL[kind](rng, samples, noise)
    counts = balanced([1] * data_set.classes, samples, config.balance)
    if kind == "moons":
        return _moons(counts, noise, seed)
    if kind in _BY_LABEL:
        return generators.until(counts, lambda count: _BY_LABEL[kind](rng, count, noise))
    return _BY_CLASS[kind](rng, counts, noise)


def _moons(samples: int | Sequence[int], noise: float, seed: int) -> Drawn:
    """scikit-learn's `make_moons`, not shuffled; `samples` in all, or of each class."""
    from sklearn.datasets import make_moons

    n_samples = samples if isinstance(samples, int) else tuple(samples)
    inputs, labels = make_moons(n_samples, shuffle=False, noise=noise, random_state=seed)
    return inputs.T, labels.astype(np.float64)
