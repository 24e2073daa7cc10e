"""Loads the data that a configuration names: drawn, shipped with scikit-learn, or from a file."""

import numpy as np

from engine.arrays import Array
from engine.config.check_config import check_fits
from engine.config.data_sets import data_set_named
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.chosen_rows import chosen_classes, chosen_columns, chosen_rows
from engine.data.dataset import Dataset, Points
from engine.data.drawn import drawn_data
from engine.data.file_data import file_data
from engine.data.pca import fitted_pca
from engine.data.raw_data import RawData
from engine.data.real import real_data
from engine.data.split import split_rows
from engine.data.target_scale import AS_IT_IS, fitted_target
from engine.data.transform import fitted


def load_dataset(config: TrainingConfig) -> Dataset:
    """Both sides of the data of `config`, and what they are about; `config.seed_of_data` decides both
    the points that are drawn and how they are split.

    Raises ConfigError where settings do not fit the data or a side lacks a class, and FileError for
    a file that cannot be read. Imports scikit-learn, which takes about a second, for moons and for
    the data that it ships.
    """
    return split_data(raw_data(config), config)


def raw_data(config: TrainingConfig) -> RawData:
    """The points of `config` before they are split: the columns, classes and rows that it chooses."""
    data_set = data_set_named(config.data)
    if data_set is None:
        raw = file_data(config)
    elif data_set.is_real:
        raw = chosen_columns(real_data(data_set), config.columns)
    else:
        return drawn_data(config, data_set)
    raw = chosen_classes(raw, config.keep_classes)
    return chosen_rows(raw, config)


def split_data(raw: RawData, config: TrainingConfig) -> Dataset:
    """`raw` split into both sides. Whatever is fitted, such as scaling, sees the training side only."""
    data_set = data_set_named(config.data)
    is_drawn = data_set is not None and not data_set.is_real
    # moons are split as they always were
    stratified = config.balance is not None or config.data != "moons"
    train_rows, test_rows = split_rows(raw, config, stratified=stratified)
    train_x, test_x = (raw.inputs.take(rows, axis=1) for rows in (train_rows, test_rows))
    names = raw.input_names
    if config.pca is not None:
        project = fitted_pca(config.pca, config.scaling, train_x)
        train_x, test_x = project(train_x), project(test_x)
        names = tuple(f"pc{number}" for number in range(1, config.pca + 1))
    task = Task(raw.problem, names, config.features or names, raw.classes, raw.target)
    check_fits(config, task)
    train, test = _points(train_x, raw.y[train_rows]), _points(test_x, raw.y[test_rows])
    scales_target = task.is_regression and not is_drawn
    return Dataset(
        train,
        test,
        task,
        fitted(config.features, config.scaling, train.x),
        raw.digest,
        fitted_target(train.y) if scales_target else AS_IT_IS,
        raw.left_out,
        raw.ignored,
    )


def _points(inputs: Array, y: Array) -> Points:
    """Points of inputs (inputs, points) and what they are (points,), not to be written to."""
    x = np.ascontiguousarray(inputs, dtype=np.float64)
    x.flags.writeable = y.flags.writeable = False
    return Points(x, y)
