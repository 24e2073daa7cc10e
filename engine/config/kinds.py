"""Kinds of values: how text becomes one, which ones are allowed, how one is written.

Text that spells no value of its kind is given back by `parse` as it is. `check` then refuses it: it
knows the range that its message has to name.
"""

import math
from typing import Any, Protocol

import msgspec

from engine.config.checks import (
    FULL_SPEED,
    MAX_PACE,
    check_name,
    check_positive,
    check_range,
    check_share,
    check_whole,
    shown,
)
from engine.config.ladders import SHARES, WHOLES, alpha_after, pace_after, rung_after
from engine.errors import ConfigError


class Kind(Protocol):
    """What values of a setting are like."""

    @property
    def metavar(self) -> str:
        """What stands for the value in the help."""

    @property
    def offered(self) -> tuple[str, ...]:
        """The words that completion offers; none where numbers are wanted."""

    def parse(self, setting: str, text: str) -> Any:
        """The value that `text` spells. May raise ConfigError."""

    def check(self, setting: str, value: Any) -> None:
        """ConfigError unless `value` is allowed."""

    def text(self, value: Any) -> str:
        """`value` as a person would type it."""

    def after(self, value: Any, by: int) -> Any:
        """The allowed value that lies `by` places after `value` where values have an order to turn
        through, before it if negative; else `value`.
        """


class Whole(msgspec.Struct, frozen=True):
    """A whole number, both ends included."""

    least: int
    most: int
    metavar: str = "N"
    offered: tuple[str, ...] = ()
    counts: bool = False
    """Whether one is as far from the next as any other, as seeds are."""

    def parse(self, setting: str, text: str) -> int | str:
        try:
            return int(text)
        except ValueError:  # no number, or one of too many digits
            return text

    def check(self, setting: str, value: Any) -> None:
        check_whole(setting, value, self.least, self.most)

    def text(self, value: int) -> str:
        return str(value)

    def after(self, value: int, by: int) -> int:
        found = value + by if self.counts else int(rung_after(WHOLES, value, by))
        return min(max(found, self.least), self.most)


class _Number:
    """A finite number, in whatever range a subclass says."""

    def parse(self, setting: str, text: str) -> float | str:
        try:
            number = float(text)
        except ValueError:
            return text
        return number if math.isfinite(number) else text

    def text(self, value: float) -> str:
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)


class Positive(_Number, msgspec.Struct, frozen=True):
    """A number above zero, up to `most`."""

    most: float
    metavar: str = "X"
    offered: tuple[str, ...] = ()

    def check(self, setting: str, value: Any) -> None:
        check_positive(setting, value, self.most)

    def after(self, value: float, by: int) -> float:
        return min(alpha_after(value, by), self.most)


class Between(_Number, msgspec.Struct, frozen=True):
    """A number from `least` to `most`, both included."""

    least: float
    most: float
    metavar: str = "X"
    offered: tuple[str, ...] = ()
    rungs: tuple[float, ...] = ()
    """The values that keys turn through; twentieths of the range if there are none."""

    def parse(self, setting: str, text: str) -> float | str:
        number = _Number.parse(self, setting, text)
        return number if isinstance(number, float) and self.least <= number <= self.most else text

    def check(self, setting: str, value: Any) -> None:
        check_range(setting, value, self.least, self.most)

    def after(self, value: float, by: int) -> float:
        width = self.most - self.least
        rungs = self.rungs or [float(f"{self.least + width * n / 20:.6g}") for n in range(21)]
        return min(max(rung_after(rungs, value, by), self.least), self.most)


class Share(_Number, msgspec.Struct, frozen=True):
    """A number between 0 and 1, ends excluded."""

    metavar: str = "SHARE"
    offered: tuple[str, ...] = ()

    def check(self, setting: str, value: Any) -> None:
        check_share(setting, value)

    def after(self, value: float, by: int) -> float:
        return rung_after(SHARES, value, by)


class Choice(msgspec.Struct, frozen=True):
    """One of some names."""

    offered: tuple[str, ...]
    called: str = ""
    """What stands for the name in the help, if not all of them."""

    @property
    def metavar(self) -> str:
        return self.called or "|".join(self.offered)

    def parse(self, setting: str, text: str) -> str:
        return text

    def check(self, setting: str, value: Any) -> None:
        check_name(setting, value, self.offered)

    def text(self, value: str) -> str:
        return value

    def after(self, value: str, by: int) -> str:
        return offered_after(self.offered, value, by)


class Text(msgspec.Struct, frozen=True):
    """Any text but an empty one."""

    metavar: str = "TEXT"
    offered: tuple[str, ...] = ()
    names_file: bool = False
    """Whether what is none of those offered is the path of a file."""

    def parse(self, setting: str, text: str) -> str:
        return text

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(setting, f"{shown(value)} is no name; give {self.metavar}")
        check_characters(setting, value)

    def text(self, value: str) -> str:
        return value

    def after(self, value: str, by: int) -> str:
        return offered_after(self.offered, value, by)


class Pace(msgspec.Struct, frozen=True):
    """Steps a frame, or `max`."""

    metavar: str = "N|max"
    offered: tuple[str, ...] = ("max",)

    def parse(self, setting: str, text: str) -> int | str:
        if text == "max":
            return FULL_SPEED
        try:
            number = int(text)
        except ValueError:
            return text
        return number if 1 <= number <= MAX_PACE else text

    def check(self, setting: str, value: Any) -> None:
        allowed = isinstance(value, int) and (value == FULL_SPEED or 1 <= value <= MAX_PACE)
        if not allowed:
            raise ConfigError(
                setting, f"{shown(value)} is not a whole number from 1 to {MAX_PACE}, or max"
            )

    def text(self, value: int) -> str:
        return "max" if value == FULL_SPEED else str(value)

    def after(self, value: int, by: int) -> int:
        return pace_after(value, by)


class Flag(msgspec.Struct, frozen=True):
    """Yes or no; as an option it takes no value."""

    metavar: str = ""
    offered: tuple[str, ...] = ()

    def parse(self, setting: str, text: str) -> bool | str:
        return {"yes": True, "no": False}.get(text, text)

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, bool):
            raise ConfigError(setting, f"{shown(value)} is neither yes nor no")

    def text(self, value: bool) -> str:
        return "yes" if value else "no"

    def after(self, value: bool, by: int) -> bool:
        return value ^ bool(by % 2)


class FileName(msgspec.Struct, frozen=True):
    """The name of a file."""

    metavar: str = "FILE"
    offered: tuple[str, ...] = ()

    def parse(self, setting: str, text: str) -> str:
        return text

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, str):
            raise ConfigError(setting, f"{shown(value)} is no name of a file")

    def text(self, value: str) -> str:
        return value

    def after(self, value: str, by: int) -> str:
        return value


def offered_after(offered: tuple[str, ...], value: str, by: int) -> str:
    """The one of `offered` that lies `by` places after `value`, behind the last one again the first; a
    value that is none of them lies at the place of its name, the part before a colon.
    """
    if not offered:
        return value
    places = [
        place
        for part in (value, value.partition(":")[0])
        for place, one in enumerate(offered)
        if one == part
    ]
    first = 0 if by > 0 else -1
    return offered[(places[0] + by) % len(offered) if places else first]


def check_characters(setting: str, text: str) -> None:
    """ConfigError if `text` holds what no file of settings and no command line can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ConfigError(setting, f"{shown(text)} is not UTF-8; give it another name") from None
    if "\0" in text:
        raise ConfigError(setting, f"{shown(text)} has a character that no name can have")
