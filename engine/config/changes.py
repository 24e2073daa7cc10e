"""A configuration with some of its settings changed."""

from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec

from engine.config.checks import shown
from engine.config.data_settings import DataSettings
from engine.config.setting import entries_of, entry_named
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError

Changes = dict[str, Any]
"""New values by field, as JSON has them."""

DIGEST = "data_digest"
"""The one field that a person does not set."""

_USUAL = TrainingConfig()

_OF_ONE_DATA_SET = frozenset(
    ("target", "columns", "problem", "keep_classes", "balance", "pca", "features", "plane")
)
"""What other data may not have."""

_DATA_FIELDS = {*DataSettings.__struct_fields__, DIGEST} - {"plane"}


def changed(config: TrainingConfig, changes: Mapping[str, Any]) -> TrainingConfig:
    """`config` with the new values of some fields; ConfigError if one is unknown or not allowed.

    What had the usual value, and was not changed itself, has the usual value after it: other data come
    with their own noise. What names columns or classes of the data is forgotten with them.
    """
    before = msgspec.structs.asdict(config)
    values = before | {field: _converted(field, value) for field, value in changes.items()}
    if values["data"] != before["data"]:
        forgotten = {*_OF_ONE_DATA_SET, DIGEST} - set(changes)
        values |= {field: getattr(_USUAL, field) for field in forgotten}
    for entry in entries_of(TrainingConfig):
        usual = entry.setting.usual
        if usual and entry.field not in changes and before[entry.field] == usual(before):
            values[entry.field] = usual(values)
    return TrainingConfig(**values)


def changes_between(before: TrainingConfig, after: TrainingConfig) -> Changes:
    """What makes `after` of `before`; empty where they are the same."""
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    changes = {field: value for field, value in new.items() if value != old[field]}
    # all of it where other fields could change with those: see `changed`
    return changes if is_live(changes) else new


def check_changes(changes: Mapping[str, Any]) -> None:
    """ConfigError if one of these fields is unknown, or its value not allowed whatever the others are."""
    for field, value in changes.items():
        converted = _converted(field, value)
        if field != DIGEST:
            entry_named(TrainingConfig, field).check(converted)


def is_live(changes: Mapping[str, Any]) -> bool:
    """Whether a run can take these changes without beginning anew."""
    live = {entry.field for entry in entries_of(TrainingConfig) if entry.setting.live}
    return set(changes) <= live


def changes_data(changes: Mapping[str, Any]) -> bool:
    """Whether the data have to be loaded anew."""
    return any(field in _DATA_FIELDS for field in changes)


def _converted(field: str, value: Any) -> Any:
    """`value` in the type of its field."""
    hints = get_type_hints(TrainingConfig)
    if field not in hints:
        raise ConfigError(field, "no such setting")
    try:
        return msgspec.convert(value, hints[field])
    except msgspec.ValidationError as error:
        raise ConfigError(field.replace("_", "-"), f"{shown(value)}: {error}") from error
