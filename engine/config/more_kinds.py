"""Kinds of values that are made of others: lists, values that may be none, names with a number."""

import csv
from collections.abc import Callable
from typing import Any

import msgspec

from engine.config.activation_names import canonical_activation, check_activation
from engine.config.checks import MAX_LAYERS, MAX_NODES, check_name, check_whole, shown
from engine.config.kinds import Kind
from engine.errors import ConfigError

NONE = "none"


class Maybe(msgspec.Struct, frozen=True):
    """A value of another kind, or none, which a word stands for."""

    kind: Kind
    word: str = NONE

    @property
    def metavar(self) -> str:
        return f"{self.kind.metavar}|{self.word}"

    @property
    def offered(self) -> tuple[str, ...]:
        return (*self.kind.offered, self.word)

    def parse(self, setting: str, text: str) -> Any:
        return None if text == self.word else self.kind.parse(setting, text)

    def check(self, setting: str, value: Any) -> None:
        if value is None:
            return
        try:
            self.kind.check(setting, value)
        except ConfigError as error:
            raise ConfigError(setting, f"{_without_name(error)}, or {self.word}") from error

    def text(self, value: Any) -> str:
        return self.word if value is None else self.kind.text(value)


class Named(msgspec.Struct, frozen=True):
    """A name that a check of its own decides on, such as one with a number behind it: relu:0.1."""

    metavar: str
    decides: Callable[[str, str], None]
    """ConfigError unless the value is allowed; called with the setting and the value."""
    offered: tuple[str, ...] = ()
    canonical: Callable[[str, str], str] | None = None
    """The one of several ways to write it."""

    def parse(self, setting: str, text: str) -> str:
        try:
            return self.canonical(setting, text) if self.canonical else text
        except ConfigError:
            return text

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, str):
            raise ConfigError(setting, f"{shown(value)} is no name")
        self.decides(setting, value)

    def text(self, value: str) -> str:
        return value


class Names(msgspec.Struct, frozen=True):
    """Names with commas between; a name that holds one stands in double quotes. Empty: none."""

    offered: tuple[str, ...] = ()
    """The ones that are allowed; any if there are none."""
    count: int | None = None
    """How many there have to be, unless there are none."""
    metavar: str = "NAME,..."

    def parse(self, setting: str, text: str) -> tuple[str, ...]:
        if text in ("", NONE):
            return ()
        return tuple(name.strip() for name in next(csv.reader([text], skipinitialspace=True)))

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, tuple) or not all(isinstance(name, str) for name in value):
            raise ConfigError(setting, f"{shown(value)} is no list of names")
        for name in value:
            if self.offered:
                check_name(setting, name, self.offered)
            if not name:
                raise ConfigError(setting, "there is an empty name; give names with commas between")
        if len(set(value)) < len(value):
            twice = next(name for name in value if value.count(name) > 1)
            raise ConfigError(setting, f"{shown(twice)} is there twice")
        if value and self.count not in (None, len(value)):
            raise ConfigError(setting, f"give {self.count} names with a comma between")

    def text(self, value: tuple[str, ...]) -> str:
        quoted = [
            '"' + name.replace('"', '""') + '"' if _needs_quotes(name) else name for name in value
        ]
        return ",".join(quoted) or NONE


class Layers(msgspec.Struct, frozen=True):
    """The hidden layers: the nodes of each, with an activation behind a colon if it has its own."""

    metavar: str = "N,N:NAME,..."
    offered: tuple[str, ...] = (NONE,)

    def parse(self, setting: str, text: str) -> tuple[int | str, ...]:
        if text == NONE:
            return ()
        return tuple(_layer(setting, part.strip(), text) for part in text.split(","))

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, tuple) or len(value) > MAX_LAYERS:
            raise ConfigError(setting, f"give at most {MAX_LAYERS} hidden layers, or {NONE}")
        for layer in value:
            nodes, activation = split_layer(layer)
            check_whole(setting, nodes, 1, MAX_NODES)
            if activation is not None:
                check_activation(setting, activation)

    def text(self, value: tuple[int | str, ...]) -> str:
        return ",".join(map(str, value)) or NONE


def split_layer(layer: int | str) -> tuple[Any, str | None]:
    """Nodes and activation of a layer that is written `8` or `8:tanh`."""
    if not isinstance(layer, str):
        return layer, None
    nodes, _, activation = layer.partition(":")
    return (int(nodes) if nodes.isdecimal() and len(nodes) < 10 else nodes), activation


def _layer(setting: str, part: str, whole: str) -> int | str:
    nodes, colon, activation = part.partition(":")
    try:
        number = int(nodes)
    except ValueError as error:
        raise ConfigError(
            setting,
            f"{shown(whole)} is not a list of whole numbers with commas between, as 16,16 or"
            f" 8:tanh,4:relu; {NONE} for no hidden layer",
        ) from error
    if not colon:
        return number
    check_activation(setting, activation)
    return f"{number}:{canonical_activation(setting, activation)}"


def _needs_quotes(name: str) -> bool:
    return "," in name or '"' in name or name != name.strip() or name == NONE


def _without_name(error: ConfigError) -> str:
    return str(error).removeprefix(f"{error.setting}: ")
