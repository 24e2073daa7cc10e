"""What one setting is: an entry of a table, from which all that is shown or read of it comes.

A table is a class whose fields are annotated with their settings:

    alpha: Annotated[float, Setting(Positive(MAX_ALPHA), "How it learns", "Alpha, the learning rate: ...")] = 0.25

The field gives the name and the default; the option, its check and its help text, the word in the
header and the field of `--json` are worked out from the entry.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_type_hints

import msgspec

from engine.config.kinds import Kind
from engine.config.task import Task
from engine.errors import ConfigError


class Setting(msgspec.Struct, frozen=True):
    """One entry of a table."""

    kind: Kind
    heading: str
    """The heading under which the help lists it."""
    help: str
    """What it means to a learner."""
    word: Callable[[Any, Task], str] | None = None
    """The value as the header says it, from all values of the table and the task of the data; an
    empty word is left out. None: the header never has it.
    """
    word_is_last: bool = False
    """Whether that word stands behind those of the other settings."""
    in_json: bool = False
    """Whether `--json` and `moonwalk list --json` have it as a field."""
    live: bool = False
    """Whether it can change while the run goes on; if not, another value begins the run anew."""
    usual: Callable[[Mapping[str, Any]], Any] | None = None
    """The default where it depends on the other values; the field's own holds otherwise."""
    usual_text: str = ""
    """How the help says that default."""
    option_name: str = ""
    """The option where it is not called as the field is."""
    section: str = ""
    """The section of the set-up that it stands in, if not that of its heading."""


class Entry(msgspec.Struct, frozen=True):
    """A setting with what the field that it stands at says of it."""

    field: str
    default: Any
    setting: Setting

    @property
    def name(self) -> str:
        """As the command line and messages call it: `test-size`."""
        return self.setting.option_name or self.field.replace("_", "-")

    def parse(self, text: str) -> Any:
        """The value that `text` spells; text of no value as it is, for `check` to refuse."""
        return self.setting.kind.parse(self.name, text)

    def check(self, value: Any) -> None:
        """ConfigError unless `value` is allowed."""
        self.setting.kind.check(self.name, value)

    @property
    def default_text(self) -> str:
        """The default as a person would type it."""
        return self.setting.kind.text(self.default)

    def is_usual(self, values: Mapping[str, Any]) -> bool:
        """Whether the value that `values` has is the one that comes by itself beside the others."""
        usual = self.setting.usual
        return bool(values[self.field] == (self.default if usual is None else usual(values)))


@cache
def entries_of(table: type[msgspec.Struct]) -> tuple[Entry, ...]:
    """The settings of `table`, in its order. Fields without a setting are passed over."""
    hints = get_type_hints(table, include_extras=True)
    entries = []
    for field in msgspec.structs.fields(table):
        for note in getattr(hints[field.name], "__metadata__", ()):
            if isinstance(note, Setting):
                default = None if field.default is msgspec.NODEFAULT else field.default
                entries.append(Entry(field.name, default, note))
    return tuple(entries)


def check_all(values: msgspec.Struct) -> None:
    """ConfigError, which names the setting, at the first value of a table that is not allowed."""
    for entry in entries_of(type(values)):
        entry.check(getattr(values, entry.field))


def filled(table: type[msgspec.Struct], given: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of `table`: the value `given`, else the usual one where that depends on others, else
    the default.
    """
    entries = entries_of(table)
    values = {entry.field: given.get(entry.field, entry.default) for entry in entries}
    for entry in entries:
        if entry.field not in given and entry.setting.usual is not None:
            values[entry.field] = entry.setting.usual(values)
    return values


def words_of(values: msgspec.Struct, task: Task) -> dict[str, str]:
    """The header's words by field, in the table's order, for data of that `task`; empty ones are left
    out.
    """
    entries = sorted(entries_of(type(values)), key=lambda entry: entry.setting.word_is_last)
    words = {
        entry.field: entry.setting.word(values, task)
        for entry in entries
        if entry.setting.word is not None
    }
    return {field: word for field, word in words.items() if word}


def json_fields(values: msgspec.Struct) -> dict[str, Any]:
    """The values that `--json` has, by field, in the table's order; tuples as lists."""
    found = {
        entry.field: getattr(values, entry.field)
        for entry in entries_of(type(values))
        if entry.setting.in_json
    }
    return {
        field: list(value) if isinstance(value, tuple) else value for field, value in found.items()
    }


def entry_named(table: type[msgspec.Struct], field: str) -> Entry:
    """The entry of `field`; ConfigError if the table has none."""
    for entry in entries_of(table):
        if entry.field == field:
            return entry
    raise ConfigError(field, "no such setting")
