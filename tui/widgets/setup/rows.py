"""The rows of the set-up: what each shows of a run's settings, and what its keys would change."""

from collections.abc import Sequence
from typing import Any

from engine.config.changes import Changes
from engine.config.data_sets import data_set_named
from engine.config.kinds import Choice, Flag, Text
from engine.config.more_kinds import Layers, Maybe, Names
from engine.config.setting import Entry
from engine.config.task import Task
from tui.charts.setup.sheet import SheetRow
from tui.widgets.setup.layer_rows import layer_rows
from tui.widgets.setup.paths import whole_path
from tui.widgets.setup.row import Row, Values


class SettingRow(Row):
    """A setting with one value."""

    def __init__(self, entry: Entry, values: Values) -> None:
        self._entry = entry
        self._values = values
        self._kind = entry.setting.kind
        self._value = values[entry.field]
        self.is_live = entry.setting.live

    @property
    def key(self) -> str:
        return self._entry.field

    @property
    def help(self) -> str:
        return " ".join(
            filter(None, (about_data(self.key, self._values), self._entry.setting.help))
        )

    def drawn(self) -> SheetRow:
        usual_text = self._entry.setting.usual_text if self._value == () else ""
        return SheetRow(
            self._entry.name,
            usual_text or self._kind.text(self._value),
            mark=self.mark,
            turns=self.turned(1) is not None or self.turned(-1) is not None,
            is_usual=self._entry.is_usual(self._values),
        )

    def turned(self, by: int) -> Changes | None:
        found = self._kind.after(self._value, by)
        return None if found == self._value else self._to(found)

    def entered(self) -> Changes | None:
        return self.turned(1) if isinstance(self._kind, Choice | Flag) else None

    def cleared(self) -> Changes | None:
        can_be_none = isinstance(self._kind, Maybe) and self._value is not None
        return self._to(None) if can_be_none else None

    @property
    def text(self) -> str | None:
        is_typed = not isinstance(self._kind, Choice | Flag)
        return self._kind.text(self._value) if is_typed else None

    @property
    def names_file(self) -> bool:
        return isinstance(self._kind, Text) and self._kind.names_file

    def read(self, text: str) -> Changes:
        text = text.strip()
        if self.names_file:
            text = whole_path(self._entry.name, text)
        value = self._entry.parse(text)
        self._entry.check(value)
        return self._to(value)

    def _to(self, value: Any) -> Changes:
        return {self._entry.field: value}


class NameRow(Row):
    """One of several names that a setting takes: in, or out."""

    def __init__(
        self, entry: Entry, values: Values, name: str, offered: Sequence[str], usual: Sequence[str]
    ) -> None:
        """Without any name, the setting means the `usual` ones."""
        self._entry = entry
        self._name = name
        self._offered = offered
        self._usual = tuple(usual)
        self._taken = values[entry.field] or self._usual
        self._is_usual = entry.is_usual(values)
        self.is_live = entry.setting.live

    @property
    def key(self) -> str:
        return f"{self._entry.field}:{self._name}"

    @property
    def help(self) -> str:
        return self._entry.setting.help

    def drawn(self) -> SheetRow:
        return SheetRow(
            f"{self._entry.name.removesuffix('s')} {self._name}",
            "in" if self._name in self._taken else "out",
            mark=self.mark,
            turns=True,
            is_usual=(self._name in self._taken) == (self._name in self._usual),
        )

    def turned(self, by: int) -> Changes | None:
        names = set(self._taken) ^ {self._name}
        taken = tuple(name for name in self._offered if name in names)
        return {self._entry.field: () if taken == self._usual else taken} if taken else None

    def entered(self) -> Changes | None:
        return self.turned(1)


def about_data(field: str, values: Values) -> str:
    """What a setting means for the data set that there is; empty where that is nothing of its own."""
    found = data_set_named(values["data"])
    if found is None:
        return ""
    if field == "data":
        return f"{found.name}: {found.help}."
    return f"{found.noise_means}." if field == "noise" and found.noise_means else ""


def setting_rows(entry: Entry, values: Values, task: Task) -> list[Row]:
    """The rows of one setting, for data of that `task`."""
    kind = entry.setting.kind
    if isinstance(kind, Layers):
        return layer_rows(entry, values)
    if isinstance(kind, Names) and kind.offered and len(task.inputs) == 2:
        usual = kind.offered[:2]  # the inputs themselves
        return [NameRow(entry, values, name, kind.offered, usual) for name in kind.offered]
    return [SettingRow(entry, values)]
