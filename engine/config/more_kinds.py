"""Kinds of values that are made of others: lists, values that may be none, names with a number."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from engine.config.activation_names import canonical_activation, check_activation
from engine.config.checks import MAX_LAYERS, MAX_NODES, check_name, check_whole, shown
from engine.config.kinds import Kind, check_characters, offered_after
from engine.errors import ConfigError

NONE = "none"


class Maybe(msgspec.Struct, frozen=True):
    """A value of another kind, or none, which a word stands for.

    A name that is that very word stands in double quotes: a column called `"last"`.
    """

    kind: Kind
    word: str = NONE
    near: Any = None
    """The value that lies beside none where keys turn through values."""

    @property
    def metavar(self) -> str:
        return f"{self.kind.metavar}|{self.word}"

    @property
    def offered(self) -> tuple[str, ...]:
        return (*self.kind.offered, self.word)

    def parse(self, setting: str, text: str) -> Any:
        if text == self.word:
            return None
        return self.kind.parse(setting, text[1:-1] if self._is_quoted(text) else text)

    def check(self, setting: str, value: Any) -> None:
        if value is None:
            return
        try:
            self.kind.check(setting, value)
        except ConfigError as error:
            raise ConfigError(setting, f"{_without_name(error)}, or {self.word}") from error

    def text(self, value: Any) -> str:
        if value is None:
            return self.word
        text = self.kind.text(value)
        return f'"{text}"' if text == self.word or self._is_quoted(text) else text

    def after(self, value: Any, by: int) -> Any:
        if value is None:
            return self.near if by else None
        found = self.kind.after(value, by)
        return None if by < 0 and found == value else found

    def _is_quoted(self, text: str) -> bool:
        # quotes around quotes, too, so that every name can be written
        return text.strip('"') == self.word and text[0] == text[-1] == '"'


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

    def after(self, value: str, by: int) -> str:
        found = offered_after(self.offered, value, by)
        return self.canonical("", found) if self.canonical else found


class Names(msgspec.Struct, frozen=True):
    """Names with commas between; a name that holds one stands in double quotes. Empty: none."""

    offered: tuple[str, ...] = ()
    """The ones that are allowed; any if there are none."""
    count: int | None = None
    """How many there have to be, unless there are none."""
    metavar: str = "NAME,..."

    def parse(self, setting: str, text: str) -> tuple[str, ...]:
        return () if text in ("", NONE) else tuple(_split(setting, text))

    def check(self, setting: str, value: Any) -> None:
        if not isinstance(value, tuple) or not all(isinstance(name, str) for name in value):
            raise ConfigError(setting, f"{shown(value)} is no list of names")
        for name in value:
            if self.offered:
                check_name(setting, name, self.offered)
            if not name:
                raise ConfigError(setting, "there is an empty name; give names with commas between")
            check_characters(setting, name)
        if len(set(value)) < len(value):
            twice = next(name for name in value if value.count(name) > 1)
            raise ConfigError(setting, f"{shown(twice)} is there twice")
        if value and self.count not in (None, len(value)):
            raise ConfigError(setting, f"give {self.count} names with a comma between")

    def text(self, value: tuple[str, ...]) -> str:
        return ",".join(map(_quoted, value)) or NONE

    def after(self, value: tuple[str, ...], by: int) -> tuple[str, ...]:
        return value


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
            if isinstance(layer, str):
                check_activation(setting, activation or "")

    def text(self, value: tuple[int | str, ...]) -> str:
        return ",".join(map(str, value)) or NONE

    def after(self, value: tuple[int | str, ...], by: int) -> tuple[int | str, ...]:
        return value


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


_NAME = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(,|\Z)')
"""A name in quotes, in which two stand for one, or one without; then a comma or the end."""


def _split(setting: str, text: str) -> list[str]:
    """The names in `text`; ConfigError if a quote is not closed, or something stands behind it."""
    names: list[str] = []
    place, more = 0, True
    while more:
        found = _NAME.match(text, place)
        quoted, plain = found.group(1, 2) if found else (None, '"')
        if found is None or (quoted is None and plain.startswith('"')):
            raise ConfigError(
                setting, f"{shown(text)} has a quote that does not end before a comma"
            )
        names.append(plain if quoted is None else quoted.replace('""', '"'))
        place, more = found.end(), found.group(3) == ","
    return names


def _quoted(name: str) -> str:
    """`name` as it stands in a list of names."""
    plain = name not in ("", NONE) and name == name.strip() and not set(name) & {",", '"'}
    return name if plain else '"' + name.replace('"', '""') + '"'


def _without_name(error: ConfigError) -> str:
    return str(error).removeprefix(f"{error.setting}: ")
