"""Configurations of one data set each, with its usual points and noise."""

from typing import Any

from engine.config.setting import entries_of, filled
from engine.config.settings import Settings
from engine.config.training_config import TrainingConfig


def config_of(data: str, **values: Any) -> TrainingConfig:
    """A run that learns `data`, with everything that is not given as usual."""
    usual = {
        entry.field: None if entry.setting.usual else entry.default
        for entry in entries_of(Settings)
    }
    digest = values.pop("data_digest", "")
    fields = filled(TrainingConfig, usual | {"data": data} | values)
    return TrainingConfig(**fields, data_digest=digest)
