"""The points of the data sets that there are to choose from, as thumbnails show them."""

from functools import cache

import msgspec

from engine.config.data_sets import DATA_SETS, DataSet
from engine.config.setting import filled
from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.errors import MoonwalkError
from engine.messages.snapshot import DataPoints, DataSetPoints, Labels
from engine.probes.data_points import data_points, plane_of

MOST_IN_THUMBNAIL = 400
"""Points of either side: more would only cover each other."""

COMPONENTS = 2
"""Principal components over which data of more inputs are shown."""


def data_set_points(name: str) -> DataSetPoints:
    """The data set of that name with everything as usual; without points if there is none, or if it cannot be
    loaded.
    """
    data_set = DATA_SETS.get(name)
    return DataSetPoints(name, None) if data_set is None else _points_of(data_set)


@cache  # only of names that there are: a dashboard may ask for any
def _points_of(data_set: DataSet) -> DataSetPoints:
    name = data_set.name
    pca = COMPONENTS if data_set.inputs > COMPONENTS else None
    config = TrainingConfig(**filled(TrainingConfig, {"data": name, "pca": pca}))
    try:
        dataset = load_dataset(config)
    except MoonwalkError:
        return DataSetPoints(name, None)
    return DataSetPoints(name, _fewer(data_points(dataset, plane_of(dataset.task, config.plane))))


def _fewer(points: DataPoints) -> DataPoints:
    """The first points of either side."""
    most = MOST_IN_THUMBNAIL
    return msgspec.structs.replace(
        points,
        train_x=points.train_x[:, :most],
        train_labels=_first(points.train_labels, most),
        test_x=points.test_x[:, :most],
        test_labels=_first(points.test_labels, most),
    )


def _first(labels: Labels, most: int) -> Labels:
    return Labels(labels.classes[:most], labels.values[:most])
