"""Schedules of the learning rate as text: a name, and its numbers behind colons.

    constant    step:STEPS:FACTOR    exponential:FACTOR    cosine    plateau:FACTOR:PATIENCE

Numbers that are left out, from the last one on, have their usual values.
"""

from typing import Literal, get_args

import msgspec

from engine.config.checks import MAX_STEPS, shown
from engine.config.kinds import Kind, Share, Whole
from engine.errors import ConfigError

ScheduleName = Literal["constant", "step", "exponential", "cosine", "plateau"]
"""How the learning rate goes on during a run."""
SCHEDULES: tuple[ScheduleName, ...] = get_args(ScheduleName)


class ScheduleSpec(msgspec.Struct, frozen=True):
    """A schedule with its numbers; those that it does not use are 1 and 0."""

    name: ScheduleName = "constant"
    factor: float = 1.0
    """What alpha is multiplied with: every `steps` (step), every step (exponential), or when losses
    stop falling (plateau).
    """
    steps: int = 0
    """Steps between two of these (step)."""
    patience: int = 0
    """Losses in a row that may be no better before the next that is none either counts (plateau)."""

    @property
    def text(self) -> str:
        """As a person would type it, with all numbers."""
        numbers = (one.kind.text(getattr(self, one.field)) for one in _NUMBERS[self.name])
        return ":".join((self.name, *numbers))


class _Number(msgspec.Struct, frozen=True):
    """One of a schedule's numbers."""

    field: str
    """Its field of `ScheduleSpec`."""
    usual: float
    kind: Kind


_NUMBERS: dict[ScheduleName, tuple[_Number, ...]] = {
    "constant": (),
    "step": (_Number("steps", 1000, Whole(1, MAX_STEPS)), _Number("factor", 0.5, Share())),
    "exponential": (_Number("factor", 0.9995, Share()),),
    "cosine": (),
    "plateau": (_Number("factor", 0.5, Share()), _Number("patience", 10, Whole(0, MAX_STEPS))),
}
"""The numbers of each schedule, in the order of the text."""


def parse_schedule(text: str, setting: str = "schedule") -> ScheduleSpec:
    """The schedule that `text` spells; ConfigError, on `setting`, says what is wrong with it."""
    parts = text.strip().split(":")
    name = next((one for one in SCHEDULES if one == parts[0].strip()), None)
    if name is None:
        raise ConfigError(setting, f"{shown(parts[0])} is not one of {', '.join(SCHEDULES)}")
    numbers = _NUMBERS[name]
    given = parts[1:]
    if len(given) > len(numbers):
        raise ConfigError(setting, f"{shown(text)} has too many numbers; {_allowed(name)}")
    values = {one.field: one.usual for one in numbers}
    for one, part in zip(numbers, given, strict=False):
        values[one.field] = _number(setting, name, one, part.strip())
    return msgspec.convert({"name": name, **values}, ScheduleSpec)


def check_schedule(setting: str, text: str) -> None:
    """ConfigError unless `text` spells a schedule."""
    parse_schedule(text, setting)


def canonical_schedule(setting: str, text: str) -> str:
    """The one of several ways to write a schedule: with all its numbers."""
    return parse_schedule(text, setting).text


def _number(setting: str, name: ScheduleName, one: _Number, text: str) -> float:
    """The number that `text` spells; ConfigError names it and what it may be."""
    try:
        value = one.kind.parse(setting, text)
        one.kind.check(setting, value)
    except ConfigError as error:
        problem = str(error).removeprefix(f"{setting}: ")
        raise ConfigError(setting, f"{one.field} of {name}: {problem}") from error
    return float(value) if isinstance(one.usual, float) else int(value)


def _allowed(name: ScheduleName) -> str:
    """How `name` is written."""
    numbers = _NUMBERS[name]
    if not numbers:
        return f"{name} takes none"
    form = ":".join((name, *(one.field.upper() for one in numbers)))
    return f"{name} is written {form}, as {parse_schedule(name).text}"
