"""The sections of the set-up come from the table of settings."""

from typing import Annotated

from engine.config.kinds import Positive
from engine.config.sections import settings_by_section
from engine.config.setting import Setting, entries_of
from engine.config.settings import LEARNS
from engine.config.training_config import TrainingConfig


class Extended(TrainingConfig, frozen=True):
    """The settings with two more."""

    inertia: Annotated[float, Setting(Positive(1.0), LEARNS, "How much is made again.")] = 0.5
    volume: Annotated[float, Setting(Positive(1.0), "How loud it is", "How loud.")] = 0.5


def test_given_the_table_when_sorted_by_section_then_every_setting_stands_in_one() -> None:
    sections = settings_by_section(TrainingConfig)

    assert list(sections) == ["Data", "Features", "Network", "Training", "Stop"]
    found = [entry.field for entries in sections.values() for entry in entries]
    assert sorted(found) == sorted(entry.field for entry in entries_of(TrainingConfig))
    assert [entry.field for entry in sections["Features"]] == [
        *("columns", "pca", "features", "scaling", "plane")
    ]
    assert [entry.field for entry in sections["Stop"]] == ["steps", "until_loss", "patience"]


def test_given_further_settings_when_sorted_then_they_stand_under_their_headings() -> None:
    sections = settings_by_section(Extended)

    assert "inertia" in [entry.field for entry in sections["Training"]]
    assert [entry.field for entry in sections["How loud it is"]] == ["volume"]
