"""What a run may be configured to, and the message for everything else."""

import math
from typing import Any

import msgspec
import pytest

from engine.config.task import TWO_CLASSES, Task
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError, MoonwalkError

THREE_CLASSES = Task("classification", ("a",), ("a",), ("red", "green", "blue"))


def test_given_no_settings_when_configured_then_it_is_the_articles_run() -> None:
    config = TrainingConfig()
    assert (config.samples, config.noise, config.test_size) == (200, 0.2, 0.25)
    assert (config.steps, config.alpha) == (20_000, 0.25)
    assert (config.rule, config.initialization, config.seed) == ("exact", "he", 0)
    assert (config.data, config.optimizer, config.batch_size) == ("moons", "sgd", None)
    assert config.layer_sizes(TWO_CLASSES) == [16, 16, 1]
    assert config.hidden_activations == ("relu", "relu")


def test_given_layers_with_activations_of_their_own_when_configured_then_each_has_its_own() -> None:
    config = TrainingConfig(layers=("8:sine", 4), activation="tanh")

    assert config.hidden_sizes == (8, 4)
    assert config.hidden_activations == ("sine", "tanh")
    assert config.layer_sizes(THREE_CLASSES) == [8, 4, 3]


@pytest.mark.parametrize(
    ("settings", "data", "weights"),
    [
        ({"seed": 5}, 5, 5),
        ({"seed": 5, "data_seed": 0}, 0, 5),
        ({"seed": 5, "weight_seed": 0}, 5, 0),
    ],
)
def test_given_seeds_when_configured_then_one_for_all_unless_one_is_apart(
    settings: dict[str, Any], data: int, weights: int
) -> None:
    config = TrainingConfig(**settings)

    assert (config.seed_of_data, config.seed_of_weights) == (data, weights)


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"alpha": 0.0}, "alpha", "above 0"),
    ({"alpha": -0.25}, "alpha", "above 0"),
    ({"alpha": math.nan}, "alpha", "above 0"),
    ({"alpha": math.inf}, "alpha", "above 0"),
    ({"alpha": "fast"}, "alpha", "above 0"),
    ({"steps": 0}, "steps", "whole number from 1 to"),
    ({"steps": -5}, "steps", "whole number from 1 to"),
    ({"steps": 1.5}, "steps", "whole number from 1 to"),
    ({"samples": 0}, "samples", "whole number from 4 to"),
    ({"samples": -200}, "samples", "whole number from 4 to"),
    ({"steps": True}, "steps", "whole number from 1 to"),
    ({"noise": -0.2}, "noise", "from 0 to"),
    ({"noise": math.nan}, "noise", "from 0 to"),
    ({"layers": (4,) * 17}, "layers", "at most 16 hidden layers"),
    ({"layers": (0,)}, "layers", "whole number from 1 to 4096"),
    ({"layers": (16, -1)}, "layers", "whole number from 1 to 4096"),
    ({"layers": (16, 4097)}, "layers", "whole number from 1 to 4096"),
    ({"rule": "adam"}, "rule", "exact, article"),
    ({"initialization": "ones"}, "initialization", "he, glorot, pytorch, article, uniform, zeros"),
    ({"test_size": 0.0}, "test-size", "between 0 and 1"),
    ({"test_size": 1.0}, "test-size", "between 0 and 1"),
    ({"test_size": math.nan}, "test-size", "between 0 and 1"),
    ({"samples": 4, "test_size": 0.25}, "test-size", "at least 2"),
    ({"samples": 200, "test_size": 0.999}, "test-size", "at least 2"),
    ({"seed": -1}, "seed", "from 0 to 4294967295"),
    ({"seed": 4294967296}, "seed", "from 0 to 4294967295"),
]


@pytest.mark.parametrize(
    ("settings", "name", "allowed"), REFUSED, ids=[str(case[0])[:40] for case in REFUSED]
)
def test_given_one_bad_setting_when_configured_then_it_is_refused_by_name_with_what_is_allowed(
    settings: dict[str, Any], name: str, allowed: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(**settings)
    assert caught.value.setting == name
    assert str(caught.value).startswith(f"{name}: ")
    assert allowed in str(caught.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"alpha": 1e-12},
        {"alpha": 2},
        {"steps": 1},
        {"layers": (1,)},
        {"layers": ()},
        {"noise": 0.0},
        {"layers": (4096,) * 16},
        {"samples": 4, "test_size": 0.5},
        {"noise": 1e-9},
        {"seed": 4294967295},
        {"rule": "article", "initialization": "article"},
    ],
    ids=str,
)
def test_given_a_setting_at_its_limit_when_configured_then_it_is_kept(
    settings: dict[str, Any],
) -> None:
    config = TrainingConfig(**settings)
    assert {name: getattr(config, name) for name in settings} == settings


def test_given_a_very_long_bad_value_when_refused_then_it_is_shown_shortened() -> None:
    """Given a very long bad value, then it is shown shortened, on one short line."""
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(rule="x" * 500)  # type: ignore[arg-type]  # wrong on purpose
    assert "'xxx" in str(caught.value)
    assert len(str(caught.value)) < 120


def test_given_any_bad_setting_when_refused_then_the_error_is_one_of_the_projects() -> None:
    """Given any bad setting, then the one `except` of the command line catches it."""
    with pytest.raises(MoonwalkError):
        TrainingConfig(steps=0)


def test_given_a_configuration_from_another_process_when_decoded_then_it_is_checked_too() -> None:
    """Given bytes from another process, then a good one is equal and a bad one is refused."""
    sent = msgspec.msgpack.encode(TrainingConfig(alpha=0.5, layers=(4,)))
    received = msgspec.msgpack.decode(sent, type=TrainingConfig)
    assert received == TrainingConfig(alpha=0.5, layers=(4,))
    with pytest.raises(ConfigError, match=r"^alpha: -1"):
        msgspec.msgpack.decode(msgspec.msgpack.encode({"alpha": -1.0}), type=TrainingConfig)
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode({"alhpa": 1.0}), type=TrainingConfig)


def test_given_a_configuration_when_assigned_to_then_it_cannot_be_changed() -> None:
    config = TrainingConfig()
    with pytest.raises(AttributeError):
        config.alpha = 0.5  # type: ignore[misc]  # wrong on purpose
