"""One entry makes a setting: a made-up one arrives everywhere."""

import subprocess
import sys
from typing import Annotated

import click
import msgspec
import pytest

from engine.config.kinds import Positive
from engine.config.setting import Setting, entries_of, json_fields, words_of
from engine.config.settings import LEARNS, Settings
from engine.config.task import TWO_CLASSES
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError
from engine.messages.commands import SetAlpha
from engine.run.command_log import Recorded
from engine.storage import recording
from tui.cli import options
from tui.cli.main import MoonwalkCommand


class Extended(TrainingConfig, frozen=True):
    """The settings with one more."""

    inertia: Annotated[
        float,
        Setting(
            Positive(1.0),
            LEARNS,
            "How much of the last update is made again.",
            word=lambda values, _: f"inertia {values.inertia:g}",
            in_json=True,
        ),
    ] = 0.5


@pytest.fixture
def extended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "TRAINING", Extended)


def parsed(*args: str) -> dict[str, object]:
    return MoonwalkCommand().make_context("moonwalk", list(args)).params


def test_given_one_more_entry_when_help_is_shown_then_its_option_is_under_its_heading(
    extended: None,
) -> None:
    text = MoonwalkCommand().get_help(click.Context(MoonwalkCommand(), info_name="moonwalk"))

    learns = text[text.index("How it learns:") : text.index("When it stops:")]
    assert "--inertia X" in learns
    assert "How much of the last update is made again." in learns
    assert "[default: 0.5]" in learns


def test_given_one_more_entry_when_its_option_is_used_then_its_value_arrives(
    extended: None,
) -> None:
    config = options.training_config(parsed("--inertia", "0.75"))

    assert isinstance(config, Extended)
    assert config.inertia == 0.75
    assert words_of(config, TWO_CLASSES)["inertia"] == "inertia 0.75"
    assert json_fields(config)["inertia"] == 0.75
    assert options.training_config(parsed()).inertia == 0.5


def test_given_one_more_entry_when_its_value_is_not_allowed_then_one_line_says_so(
    extended: None,
) -> None:
    with pytest.raises(ConfigError, match=r"^inertia: 2\.0 is not a number above 0, up to 1$"):
        options.training_config(parsed("--inertia", "2"))


def test_given_one_more_entry_when_recorded_then_it_stands_in_the_file() -> None:
    data = recording.whole(
        Extended(inertia=0.25), [Recorded(1, SetAlpha(0.5))], recording.End(2, "0")
    )

    header = msgspec.json.decode(data.splitlines()[0])
    assert msgspec.convert(header["config"], Extended) == Extended(inertia=0.25)


def test_given_the_table_when_read_then_every_entry_has_a_default_that_it_allows() -> None:
    for entry in entries_of(Settings):
        entry.check(entry.default)
        assert entry.parse(entry.default_text) == entry.default
        assert entry.setting.help.endswith(".")


def test_given_a_fresh_interpreter_when_the_settings_are_loaded_then_no_numpy() -> None:
    program = "import engine.config.training_config, sys; print('numpy' in sys.modules)"

    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout

    assert printed == "False\n"
