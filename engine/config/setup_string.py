"""The set-up of a run as the options of the shortest command line that makes it again.

Only what would not come by itself is in it. The command line reads it back into the same
configuration, but for the digest of a file: that is taken anew.
"""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from engine.config.kinds import Flag
from engine.config.presets import PRESETS
from engine.config.setting import Entry, entries_of
from engine.config.training_config import TrainingConfig

NOTHING: Mapping[str, Any] = {}


def in_force(config: TrainingConfig, alpha: float, total_steps: int) -> TrainingConfig:
    """`config` with the learning rate and the number of steps that a run has now: keys change both
    without changing its configuration.
    """
    return msgspec.structs.replace(config, alpha=alpha, steps=total_steps)


def setup_of(config: TrainingConfig) -> list[str]:
    """The options that make `config`, with a preset of the same data if that is shorter."""
    candidates = [_options(config, NOTHING)]
    for preset in PRESETS.values():
        if preset.values.get("data", "moons") != config.data:
            continue  # its name would say what the run is not
        changes = _options(config, preset.values)
        if changes is not None:
            candidates.append(["--preset", preset.name, *changes])
    return min((one for one in candidates if one is not None), key=lambda one: len(shlex.join(one)))


def setup_line(program: str, config: TrainingConfig) -> str:
    """The command line, quoted for a shell."""
    return shlex.join([program, *setup_of(config)])


def _options(config: TrainingConfig, preset: Mapping[str, Any]) -> list[str] | None:
    """The options that make `config` of a preset; None if no option leads back from it."""
    values = msgspec.structs.asdict(config)
    words: list[str] = []
    for entry in _changed(values, preset):
        value = values[entry.field]
        if not isinstance(entry.setting.kind, Flag):
            words += [f"--{entry.name}", entry.setting.kind.text(value)]
        elif value:
            words.append(f"--{entry.name}")
        else:
            return None
    return words


def _changed(values: Mapping[str, Any], preset: Mapping[str, Any]) -> Iterator[Entry]:
    """The settings that are not as `preset` has them, or as they come by themselves."""
    for entry in entries_of(TrainingConfig):
        if entry.field in preset:
            if values[entry.field] != preset[entry.field]:
                yield entry
        elif not entry.is_usual(values):
            yield entry
