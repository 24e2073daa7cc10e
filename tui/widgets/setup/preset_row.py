"""The rows of the presets, each a whole set-up."""

from typing import Any

import msgspec

from engine.config.changes import Changes
from engine.config.presets import Preset, with_preset
from engine.config.setting import filled
from engine.config.training_config import TrainingConfig
from tui.charts.setup.sheet import SheetRow
from tui.widgets.setup.row import Row, Values


class PresetRow(Row):
    """A preset, which enter takes."""

    is_live = False
    begins_at_once = True

    def __init__(self, preset: Preset, values: Values) -> None:
        self._preset = preset
        self._is_here = all(values[field] == value for field, value in preset.values.items())

    @property
    def key(self) -> str:
        return self._preset.name

    @property
    def help(self) -> str:
        return f"{self._preset.name}: {self._preset.help}. Everything else is as usual."

    def drawn(self) -> SheetRow:
        return SheetRow(
            self._preset.name, "now" if self._is_here else "", mark=self.mark, is_usual=False
        )

    def entered(self) -> Changes | None:
        return preset_changes(self._preset.name)


def preset_changes(name: str) -> dict[str, Any]:
    """The values of a whole set-up that begins with the preset of that name."""
    config = TrainingConfig(**filled(TrainingConfig, with_preset(name, {})))
    return msgspec.structs.asdict(config)
