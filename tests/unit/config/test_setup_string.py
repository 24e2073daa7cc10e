"""The set-up of a run as a command line: it leads back to the same run, and is short."""

import shlex

import pytest
from hypothesis import given

from engine.config.presets import PRESETS
from engine.config.setup_string import setup_line, setup_of
from engine.config.training_config import TrainingConfig
from helpers.configs import configs
from tui.cli import options
from tui.cli.main import MoonwalkCommand


def config_of(*args: str) -> TrainingConfig:
    return options.training_config(MoonwalkCommand().make_context("moonwalk", list(args)).params)


@given(configs())
def test_given_any_configuration_when_set_up_and_read_back_then_it_is_the_same(
    config: TrainingConfig,
) -> None:
    program, *words = shlex.split(setup_line("moonwalk", config))

    assert program == "moonwalk"
    assert config_of(*words) == config


@pytest.mark.parametrize("name", PRESETS)
def test_given_a_preset_when_set_up_then_nothing_shorter_is_needed(name: str) -> None:
    line = shlex.join(setup_of(config_of("--preset", name)))

    assert len(line) <= len(f"--preset {name}")


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ("", "moonwalk"),
        ("--alpha 0.250 --layers 16,16", "moonwalk"),
        ("--preset article", "moonwalk --rule article"),
        ("--rule article --initialization he", "moonwalk --initialization he --rule article"),
        ("--data circles --samples 500 --noise 0", "moonwalk --data circles"),
        ("--data circles --samples 200", "moonwalk --data circles --samples 200"),
        ("--data iris --scaling standard --samples all", "moonwalk --data iris"),
        ("--preset playground --alpha 0.1", "moonwalk --preset playground --alpha 0.1"),
        ("--preset playground --batch full", "moonwalk --preset playground --batch full"),
        ("--preset linear --features none", "moonwalk --data circles --layers none"),
        (
            "--data 'my data.csv' --target last --columns '\"a,b\",c'",
            "moonwalk --data 'my data.csv' --columns '\"a,b\",c'",
        ),
        ("--layers 8:relu:.10,4:relu:.05", "moonwalk --layers 8:relu:0.1,4:relu"),
        ("--momentum .9 --nesterov", "moonwalk --momentum 0.9 --nesterov"),
        ("--clip none --seed 3", "moonwalk --seed 3 --clip none"),
    ],
)
def test_given_options_when_set_up_then_only_what_would_not_come_by_itself(
    args: str, line: str
) -> None:
    assert setup_line("moonwalk", config_of(*shlex.split(args))) == line
