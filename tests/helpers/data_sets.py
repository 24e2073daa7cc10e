"""Configurations of one data set each, with its usual points and noise."""

from typing import Any

from engine.config.setting import filled
from engine.config.training_config import TrainingConfig


def config_of(data: str, **values: Any) -> TrainingConfig:
    """A run that learns `data`, with everything that is not given as usual."""
    digest = values.pop("data_digest", "")
    fields = filled(TrainingConfig, {"data": data} | values)
    return TrainingConfig(**fields, data_digest=digest)
