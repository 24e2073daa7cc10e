"""Describes the data of a configuration, without a network."""

from engine.config.training_config import TrainingConfig
from engine.data.load import raw_data, split_data
from engine.messages.data_summary import DataSummary, InputSummary
from engine.probes.data_points import data_points, plane_of


def describe_data(config: TrainingConfig) -> DataSummary:
    """What a run with `config` would learn; ConfigError or FileError where it could not."""
    raw = raw_data(config)
    dataset = split_data(raw, config)
    sides = dataset.train.x, dataset.test.x
    inputs = [
        InputSummary(
            name,
            min(float(x[number].min()) for x in sides),
            max(float(x[number].max()) for x in sides),
        )
        for number, name in enumerate(dataset.task.inputs)
    ]
    return DataSummary(
        points=data_points(dataset, plane_of(dataset.task, config.plane)),
        inputs=inputs,
        class_counts=raw.class_counts,
        left_out=raw.left_out,
        ignored=raw.ignored,
        digest=raw.digest,
    )
