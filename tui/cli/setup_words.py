"""A set-up as one word of the command line: the name of a preset, or a whole line of options as somebody
pasted it. Both are spelled out as options before the command line is read.
"""

import re
import shlex
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Self

import click

from engine.config.checks import shown
from engine.config.presets import PRESETS
from engine.errors import ConfigError
from tui import NAME

_CONTINUATION = re.compile(r"\\(?:\s+(?=-)|[ \t]*\r?\n)")
"""The end of a line that goes on, with spaces that a terminal has copied behind it, or without the line
break, which a chat program may have taken for a space.
"""

_DASHES = re.compile(r"^[–—]")
"""What a chat program makes of two hyphens."""


class Known(NamedTuple):
    """What the command line has besides set-ups."""

    commands: Collection[str]
    options: Mapping[str, bool]
    """By name, whether the next word is the value."""

    @classmethod
    def of(cls, command: click.Group) -> Self:
        """The commands and the options of `command`."""
        options = (one for one in command.params if isinstance(one, click.Option))
        return cls(
            command.commands, {name: not one.is_flag for one in options for name in one.opts}
        )

    def words_from(self, word: str) -> int:
        """Words that an option takes, itself included; one that is not known takes none more."""
        return 2 if self.options.get(word) else 1


def spelled_out(words: Sequence[str], known: Known) -> list[str]:
    """`words` with every set-up among them as options. These stand first, so that options which are
    given beside win. From a command on, and from what is no set-up, all stays as it is.

    ConfigError for a set-up that cannot be taken apart.
    """
    set_up: list[str] = []
    given: list[str] = []
    rest = list(words)
    while rest:
        word = rest[0]
        if word in known.commands or word == "--":
            break
        if _is_option(word):
            given += rest[: known.words_from(word)]
            del rest[: known.words_from(word)]
            continue
        found = _options_in(word, known)
        if found is None:
            break
        set_up += found
        del rest[0]
    return [*set_up, *given, *rest]


def _is_option(word: str) -> bool:
    """Whether it is one option, with its value at most, and not a line of them."""
    return word.startswith("-") and not any(map(str.isspace, word.partition("=")[0]))


def _options_in(word: str, known: Known) -> list[str] | None:
    """The options that `word` stands for; None if it is no set-up."""
    if word in PRESETS:
        return ["--preset", word]
    if word != NAME and not any(map(str.isspace, word)):
        return None
    whole = _parts(word)
    parts = _without_program(whole)
    if parts == whole and not any(part.startswith("-") or part in PRESETS for part in parts):
        return None  # such as the name of a file
    found = spelled_out(parts, known._replace(commands=()))
    _check(found, known)
    return found


def _check(words: Sequence[str], known: Known) -> None:
    """ConfigError unless `words` are options with their values, as far as these are known."""
    place = 0
    while place < len(words) and _is_option(words[place]):
        if words[place].partition("=")[0] not in known.options:
            return  # what is said of it is said of it anywhere
        place += known.words_from(words[place])
    if place < len(words):
        presets = ", ".join(PRESETS)
        raise ConfigError("setup", f"{shown(words[place])} is no option, and no preset ({presets})")


def _parts(text: str) -> list[str]:
    try:
        parts = shlex.split(_CONTINUATION.sub(" ", text))
    except ValueError as error:
        raise ConfigError("setup", f"{shown(text)} has a quotation mark without its end") from error
    return [_DASHES.sub("--", part) for part in parts]


def _without_program(parts: list[str]) -> list[str]:
    """`parts` without the program and what stands before it, such as a prompt or `uv run`."""
    for place, part in enumerate(parts):
        if part.startswith("-"):
            break
        if part.rpartition("/")[2] == NAME:
            return parts[place + 1 :]
    return parts
