"""What was done to a run and when, as JSON lines that a person can read and edit.

The first line holds the configuration; each of the others a command, with the step before which it
took effect. The configuration and those commands that change the course (alpha, reset, extend,
rewind) decide every bit of the parameters; the others (pause, resume, steps, pace) tell how the
run was watched. A run that was ended says with which parameters.
"""

import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import msgspec

from engine.config.training_config import (
    MAX_SEED,
    MAX_STEPS,
    TrainingConfig,
    check_alpha,
    check_whole,
)
from engine.errors import ConfigError, FileError
from engine.messages.commands import (
    Command,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.storage.atomic_file import read_whole

FORMAT, VERSION = "moonwalk recording", 1

MAX_BYTES = 64 * 1024 * 1024
"""Of a file; a longer one is none of ours."""

COURSE = SetAlpha | Reset | Extend | Rewind
"""The commands that decide the parameters."""

Name = Literal["alpha", "reset", "extend", "rewind", "pause", "resume", "steps", "pace", "end"]


class Recorded(msgspec.Struct, frozen=True):
    """A command, and the step before which it took effect."""

    step: int
    command: Command
    diverged: bool = False
    """Whether the next update had been found to diverge before it."""


class End(msgspec.Struct, frozen=True):
    """How a run stood when it was ended."""

    step: int
    parameters_sha256: str
    diverged: bool = False


class Recording(msgspec.Struct, frozen=True):
    """A whole run, as it can be made again."""

    config: TrainingConfig
    commands: list[Recorded]
    end: End | None = None
    """None if it never was ended, as its process was killed."""
    libraries: dict[str, str] = {}
    """Versions of what it was made with."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Every line but the first."""

    step: int
    command: Name
    value: int | float | str | None = None
    diverged: bool = False


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


_NONSENSE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises."""

_KINDS: dict[str, type[Command]] = {
    "alpha": SetAlpha,
    "reset": Reset,
    "extend": Extend,
    "rewind": Rewind,
    "pause": Pause,
    "resume": Resume,
    "steps": MakeSteps,
    "pace": SetPace,
}
_NAMES: dict[type[Command], Any] = {kind: name for name, kind in _KINDS.items()}


def line_of(recorded: Recorded) -> Line:
    """`recorded` as a line holds it."""
    fields = msgspec.structs.astuple(recorded.command)
    name = _NAMES[type(recorded.command)]
    return Line(recorded.step, name, fields[0] if fields else None, recorded.diverged)


def recorded_of(line: Line) -> Recorded:
    """The command in `line`; ConfigError or msgspec.ValidationError if it cannot be one."""
    kind = _KINDS[line.command]
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    values = {name: msgspec.convert(line.value, of) for name, of in fields.items()}
    if not fields and line.value is not None:
        raise ConfigError(line.command, "it takes no value")
    command = kind(**values)
    match command:
        case SetAlpha(alpha):
            check_alpha(alpha)
        case Extend(steps):
            check_whole("extend", steps, 1, MAX_STEPS)
        case Reset(int(seed)):
            check_whole("reset", seed, 0, MAX_SEED)
    # whoever writes one by hand need not know that a rewind only follows a divergence
    return Recorded(line.step, command, line.diverged or isinstance(command, Rewind))


@cache
def libraries() -> dict[str, str]:
    """Versions of everything that decides the parameters' last bits."""
    names = ("moonwalk", "numpy", "scikit-learn")
    return {name: version(name) for name in names} | {"machine": platform.machine()}


def header(config: TrainingConfig) -> bytes:
    """The first line."""
    return msgspec.json.encode(_Header(FORMAT, VERSION, config, libraries())) + b"\n"


def encoded(commands: Iterable[Recorded]) -> bytes:
    """`commands`, one a line."""
    return b"".join(msgspec.json.encode(line_of(one)) + b"\n" for one in commands)


def ending(end: End) -> bytes:
    """The last line of a run that was ended."""
    line = Line(end.step, "end", end.parameters_sha256, end.diverged)
    return msgspec.json.encode(line) + b"\n"


def whole(config: TrainingConfig, commands: Iterable[Recorded], end: End) -> bytes:
    """A recording from its first line to its last."""
    return header(config) + encoded(commands) + ending(end)


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
    first, *rest = data.split(b"\n")
    try:
        kind = msgspec.json.decode(first, type=_AnyHeader)
    except _NONSENSE:
        kind = _AnyHeader("", 0)
    if kind.format != FORMAT or len(data) > MAX_BYTES:
        raise FileError("not a recording of moonwalk")
    if kind.version != VERSION:
        raise FileError(
            f"a recording of format {kind.version}; this moonwalk reads format {VERSION}"
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
            if line.command == "end":
                end = End(line.step, msgspec.convert(line.value, str), line.diverged)
            else:
                commands.append(recorded_of(line))
        except (msgspec.ValidationError, ConfigError) as error:
            raise FileError(f"line {number}: {error}") from error
        # where a rewind goes back to is known only to the run
        before = {"reset": 0, "rewind": None}.get(line.command, line.step)
    return Recording(head.config, commands, end, head.libraries)


def _lines(rows: list[bytes]) -> list[tuple[int, Line]]:
    """The lines after the first with their numbers; one that was cut off at the very end of the file is dropped, as
    its writer was killed in the middle of it.
    """
    lines = []
    for number, row in enumerate(rows, start=2):
        if not row.strip():
            continue
        try:
            lines.append((number, msgspec.json.decode(row, type=Line)))
        except _NONSENSE as error:
            cut_off = number == len(rows) + 1 and not isinstance(error, msgspec.ValidationError)
            if cut_off:
                break
            raise FileError(f"line {number}: {error}") from error
    return lines
