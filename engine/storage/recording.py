"""What was done to a run and when, as JSON lines that a person can read and edit.

The first line holds the configuration; each of the others a command, with the step before which it
took effect. The configuration and those commands that change the course decide every bit of the
parameters; the others (pause, resume, steps, pace) tell how the run was watched. Layers, nodes and
inputs count from 0. A run that was ended says with which parameters.
"""

import codecs
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from engine.config.checks import MAX_STEPS, check_whole, shown
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError, FileError
from engine.messages.commands import COMMANDS, Command, Rewind
from engine.run.command_log import End, Recorded, Recording
from engine.storage.atomic_file import read_whole
from engine.storage.environment import joined

FORMAT, VERSION = "moonwalk recording", 2

MAX_BYTES = 64 * 1024 * 1024
"""Of a file; a longer one is no recording."""

END = "end"
"""What the last line of an ended run has in the place of a command."""


class RecordedLine(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Every line but the first."""

    step: int
    command: str
    value: Any = None
    """The command's first field, or an object of its fields by name where others are set, too."""
    diverged: bool = False
    stopped: bool = False


class _Header(msgspec.Struct, frozen=True):
    """The first line."""

    format: str
    version: int
    config: TrainingConfig
    libraries: dict[str, str] = {}


class _AnyHeader(msgspec.Struct, frozen=True):
    """What the first line of every version has."""

    format: str
    version: int


NOTHING: Mapping[str, str] = {}
"""What a new run was made with before."""

_NONSENSE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises."""


def _kinds() -> dict[str, type[Command]]:
    """The commands that are recorded, by their names."""
    return {kind.recorded_as: kind for kind in COMMANDS if kind.recorded_as}


def line_of(recorded: Recorded) -> RecordedLine:
    """`recorded` as a line holds it."""
    command = recorded.command
    fields = msgspec.structs.fields(type(command))
    values = {field.name: getattr(command, field.name) for field in fields}
    others = {f.name: values[f.name] for f in fields[1:] if values[f.name] != f.default}
    first = {field.name: values[field.name] for field in fields[:1]}
    value: Any = msgspec.to_builtins(first | others)
    one = next(iter(value.values()), None)
    if not others and not (len(fields) > 1 and isinstance(one, dict)):
        value = one
    return RecordedLine(
        recorded.step, command.recorded_as, value, recorded.diverged, recorded.stopped
    )


def recorded_of(line: RecordedLine) -> Recorded:
    """The command in `line`; ConfigError or msgspec.ValidationError if it cannot be one."""
    kinds = _kinds()
    kind = kinds.get(line.command)
    if kind is None:
        raise ConfigError(
            "command", f"{shown(line.command)} is not one of {', '.join(sorted(kinds))}, {END}"
        )
    command = _command(kind, line.value)
    command.check()
    # people who write one by hand need not know that a rewind only follows a divergence
    diverged = line.diverged or isinstance(command, Rewind)
    return Recorded(line.step, command, diverged, line.stopped)


def _command(kind: type[Command], value: Any) -> Command:
    """A command of `kind` with the `value` of its line."""
    fields = msgspec.structs.fields(kind)
    if not fields:
        if value is not None:
            raise ConfigError(kind.recorded_as, "it takes no value")
        return kind()
    # a command that has come to have more fields still reads the lines of when it had one
    several = len(fields) > 1 and isinstance(value, dict)
    values = msgspec.convert(value, dict[str, Any]) if several else {fields[0].name: value}
    unknown = set(values) - {field.name for field in fields}
    if unknown:
        raise ConfigError(kind.recorded_as, f"it has no {min(unknown)}")
    missing = [field.name for field in fields if field.required and field.name not in values]
    if missing:
        raise ConfigError(kind.recorded_as, f"its {missing[0]} is missing")
    types = {field.name: field.type for field in fields}
    return kind(**{name: msgspec.convert(item, types[name]) for name, item in values.items()})


def header(config: TrainingConfig, libraries: Mapping[str, str] = NOTHING) -> bytes:
    """The first line, of a run that was made with `libraries` so far."""
    return msgspec.json.encode(_Header(FORMAT, VERSION, config, joined(libraries))) + b"\n"


def encoded(commands: Iterable[Recorded]) -> bytes:
    """`commands`, one a line."""
    return b"".join(msgspec.json.encode(line_of(one)) + b"\n" for one in commands)


def ending(end: End) -> bytes:
    """The last line of a run that was ended."""
    line = RecordedLine(end.step, END, end.parameters_sha256, end.diverged, end.stopped)
    return msgspec.json.encode(line) + b"\n"


def whole(
    config: TrainingConfig,
    commands: Iterable[Recorded],
    end: End,
    libraries: Mapping[str, str] = NOTHING,
) -> bytes:
    """A recording from its first line to its last."""
    return header(config, libraries) + encoded(commands) + ending(end)


def is_recording(path: Path) -> bool:
    """Whether `path` holds a recording of some version."""
    try:
        with path.open("rb") as file:
            return f'"{FORMAT}"'.encode() in file.readline(4096)
    except OSError:
        return False


def load(path: Path) -> Recording:
    """The recording in the file `path`; FileError, in one line, if there is none."""
    data = read_whole(path, MAX_BYTES + 1)
    try:
        return decode(data)
    except FileError as error:
        raise FileError(f"{path}: {error}") from error


def decode(data: bytes) -> Recording:
    """The recording that `data` holds; FileError with the line that is wrong."""
    # an editor may have put a byte order mark before it
    first, *rest = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    try:
        kind = msgspec.json.decode(first, type=_AnyHeader)
    except _NONSENSE:
        kind = _AnyHeader("", 0)
    if kind.format != FORMAT or len(data) > MAX_BYTES:
        raise FileError("not a recording of moonwalk")
    if not 1 <= kind.version <= VERSION:
        raise FileError(
            f"a recording of format {kind.version}; this moonwalk reads formats 1 to {VERSION}"
        )
    try:
        head = msgspec.json.decode(first, type=_Header)
    except (*_NONSENSE, ConfigError) as error:
        raise FileError(f"line 1: {error}") from error
    commands, end = [], None
    before: int | None = 0
    for number, line in _lines(rest):
        try:
            if end is not None:
                raise ConfigError(line.command, "nothing comes after the end")
            if before is not None and line.step < before:
                raise ConfigError(line.command, f"step {line.step} comes after step {before}")
            check_whole("step", line.step, 0, MAX_STEPS)
            if line.command == END:
                sha256 = msgspec.convert(line.value, str)
                end = End(line.step, sha256, line.diverged, line.stopped)
            else:
                commands.append(recorded_of(line))
        except (msgspec.ValidationError, ConfigError) as error:
            raise FileError(f"line {number}: {error}") from error
        # where a rewind or a restored course goes on from is known only to the run
        before = {"reset": 0, "configure": 0, "rewind": None, "restore": None}.get(
            line.command, line.step
        )
    return Recording(head.config, commands, end, head.libraries)


def _lines(rows: list[bytes]) -> list[tuple[int, RecordedLine]]:
    """The lines after the first with their numbers; one that was cut off at the very end of the file is dropped, as
    its writer was killed in the middle of it.
    """
    lines = []
    for number, row in enumerate(rows, start=2):
        if not row.strip():
            continue
        try:
            lines.append((number, msgspec.json.decode(row, type=RecordedLine)))
        except _NONSENSE as error:
            cut_off = number == len(rows) + 1 and not isinstance(error, msgspec.ValidationError)
            if cut_off:
                break
            raise FileError(f"line {number}: {error}") from error
    return lines
