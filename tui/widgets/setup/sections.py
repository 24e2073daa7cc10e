"""The sections of the set-up, with the rows of each."""

from collections.abc import Callable
from typing import NamedTuple

from engine.config.presets import PRESETS
from engine.config.sections import settings_by_section
from engine.config.setting import Entry
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from tui.widgets.setup.preset_row import PresetRow
from tui.widgets.setup.row import Row, Values
from tui.widgets.setup.rows import NameRow, setting_rows

PRESETS_SECTION = "Presets"

SHORT_NAMES = {"Features": "Feat", "Network": "Net", "Training": "Train", PRESETS_SECTION: "Preset"}
"""For a narrow sheet."""


class Section(NamedTuple):
    """One of the sections."""

    name: str
    rows: Callable[[Values, Task], list[Row]]

    @property
    def short(self) -> str:
        """Its name where there is little room."""
        return SHORT_NAMES.get(self.name, self.name)


def sections_of(table: type[TrainingConfig] = TrainingConfig) -> tuple[Section, ...]:
    """One for the settings of each section of `table`, and last the presets."""
    return (
        *(Section(name, _rows_of(found)) for name, found in settings_by_section(table).items()),
        Section(PRESETS_SECTION, _preset_rows),
    )


def _rows_of(entries: tuple[Entry, ...]) -> Callable[[Values, Task], list[Row]]:
    def rows(values: Values, task: Task) -> list[Row]:
        found = [row for entry in entries for row in setting_rows(entry, values, task)]
        # what is chosen among names stands together, before all that is typed
        return sorted(found, key=lambda row: not isinstance(row, NameRow))

    return rows


def _preset_rows(values: Values, _: Task) -> list[Row]:
    return [PresetRow(preset, values) for preset in PRESETS.values()]
