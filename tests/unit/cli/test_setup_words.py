"""Set-ups as words of the command line."""

import shlex

import click
import pytest
from hypothesis import given

from engine.config.presets import PRESETS
from engine.config.setup_string import setup_line
from engine.config.training_config import TrainingConfig
from helpers.configs import configs
from tui.cli import options
from tui.cli.main import MoonwalkCommand
from tui.cli.setup_words import Known, spelled_out

COMMAND = MoonwalkCommand()
KNOWN = Known.of(COMMAND)


def config_of(*args: str) -> TrainingConfig:
    return options.training_config(COMMAND.make_context("moonwalk", list(args)).params)


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        (["spiral"], "--preset spiral"),
        (["spiral", "--alpha", "1"], "--preset spiral --alpha 1"),
        (["--alpha", "1", "spiral"], "--preset spiral --alpha 1"),
        (["--data circles --layers 8,4"], "--data circles --layers 8,4"),
        (["--data circles", "--seed=3", "--layers 8"], "--data circles --layers 8 --seed=3"),
        (["moonwalk"], ""),
        (["moonwalk", "--seed", "3"], "--seed 3"),
        (["moonwalk --data circles --nesterov"], "--data circles --nesterov"),
        (["$ uv run moonwalk --seed 3"], "--seed 3"),
        ([".venv/bin/moonwalk spiral --seed 3"], "--preset spiral --seed 3"),
        (["moonwalk --data circles \\\n   --seed 3"], "--data circles --seed 3"),
        (["moonwalk --data circles \\  \r\n   --seed 3"], "--data circles --seed 3"),
        (["moonwalk --data circles    \\    --seed 3"], "--data circles --seed 3"),
        (["moonwalk —data circles –seed 3"], "--data circles --seed 3"),
        (["moonwalk --data 'my file.csv'"], "--data 'my file.csv'"),
        # values of options are left alone, and so are commands and what follows them
        (["--data", "my file.csv", "--target", "spiral"], "--data 'my file.csv' --target spiral"),
        (["--data=my file.csv"], "'--data=my file.csv'"),
        (["list"], "list"),
        (["data", "spiral"], "data spiral"),
        (["setup", "--data circles"], "setup '--data circles'"),
        (["spiral", "list"], "--preset spiral list"),
        (["nonsense", "spiral"], "nonsense spiral"),
        (["--", "spiral"], "-- spiral"),
        (["my file.csv"], "'my file.csv'"),
        ([""], "''"),
    ],
)
def test_given_words_when_spelled_out_then_set_ups_are_options_before_the_others(
    words: list[str], spelled: str
) -> None:
    assert spelled_out(words, KNOWN) == shlex.split(spelled)


@given(configs())
def test_given_any_configuration_when_its_line_is_one_word_then_it_is_read_back_the_same(
    config: TrainingConfig,
) -> None:
    assert config_of(setup_line("moonwalk", config)) == config


@pytest.mark.parametrize("name", PRESETS)
def test_given_the_name_of_a_preset_when_read_then_it_is_that_preset(name: str) -> None:
    assert config_of(name) == config_of("--preset", name)


def test_given_options_beside_a_set_up_when_read_then_they_win_wherever_they_stand() -> None:
    wanted = config_of("--data", "circles", "--layers", "3", "--alpha", "0.5")

    for words in (
        ["--data circles --layers 8,4 --alpha 2", "--layers", "3", "--alpha", "0.5"],
        ["--layers", "3", "--data circles --layers 8,4 --alpha 2", "--alpha", "0.5"],
        ["--layers", "3", "--alpha", "0.5", "--data circles --layers 8,4 --alpha 2"],
    ):
        assert config_of(*words) == wanted


def test_given_a_beginning_when_completed_then_presets_and_commands() -> None:
    context = click.Context(COMMAND)

    assert [item.value for item in COMMAND.shell_complete(context, "s")] == [
        *("spiral", "sine", "setup", "stop")
    ]
