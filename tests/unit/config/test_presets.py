"""Presets: each can be run, and says what it shows."""

import pytest

from engine.config.config_warnings import warnings_of
from engine.config.presets import PRESETS, Preset, with_preset
from engine.config.setting import entries_of, filled
from engine.config.settings import Settings
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError

presets = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


@presets
def test_given_a_preset_when_configured_then_it_is_allowed_and_nothing_is_to_be_warned_of(
    preset: Preset,
) -> None:
    config = TrainingConfig(**filled(TrainingConfig, preset.values))

    assert warnings_of(config) == []


@presets
def test_given_a_preset_when_read_then_every_value_is_one_that_would_not_come_by_itself(
    preset: Preset,
) -> None:
    values = filled(TrainingConfig, preset.values)
    entries = {entry.field: entry for entry in entries_of(Settings)}

    assert [field for field in preset.values if entries[field].is_usual(values)] == []


def test_given_the_playground_when_configured_then_it_is_as_that_one_starts() -> None:
    config = TrainingConfig(**filled(TrainingConfig, with_preset("playground", {})))

    assert config == TrainingConfig(
        data="circles",
        samples=500,
        noise=0.0,
        test_size=0.5,
        layers=(4, 2),
        activation="tanh",
        loss="half_squared_error",
        initialization="uniform",
        alpha=0.03,
        batch_size=10,
        order="fixed",
    )


def test_given_the_article_when_configured_then_it_starts_as_its_rule_does() -> None:
    config = TrainingConfig(**filled(TrainingConfig, with_preset("article", {})))

    assert config == TrainingConfig(rule="article", initialization="article")


def test_given_another_name_when_asked_for_then_the_message_lists_the_names() -> None:
    with pytest.raises(ConfigError, match=r"^preset: 'fast' is not one of article, playground, "):
        with_preset("fast", {})
