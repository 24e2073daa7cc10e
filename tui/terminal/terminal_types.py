"""What a terminal can show, by its type and its environment: colours, and characters outside ASCII.

COLORTERM alone does not say it: it is inherited by what runs inside, as GNU screen does, and by a
shell on another line.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

ColorSystem = Literal["truecolor", "256", "standard"]
"""Sixteen million, 256 or 16 colours, by the names that Textual and Rich have for them."""

_ORDER: tuple[ColorSystem | None, ...] = (None, "standard", "256", "truecolor")


class _Family(NamedTuple):
    """Terminal types that can do the same."""

    names: re.Pattern[str]
    most: ColorSystem | None
    """The most colours they have, whatever COLORTERM says; None for no colour."""
    least: ColorSystem | None = None
    """The colours they have, if COLORTERM and their name say nothing."""
    only_ascii: bool = False
    """Whether braille and the like are not in their character sets."""


_FAMILIES = [
    _Family(
        re.compile(r"vt\d.*|wy(se)?-?\d.*|sun|(linux|ansi|pcansi|cons\d+|wsvt).*-m(ono)?"),
        None,
        only_ascii=True,
    ),
    _Family(
        re.compile(r"linux.*|(pc)?ansi.*|cons\d.*|pcvt.*|wsvt.*|sun-.*|mach.*|cygwin.*"),
        *("standard", "standard"),
        only_ascii=True,
    ),
    _Family(re.compile(r".*-m(ono)?"), None),
    _Family(re.compile(r".*-direct\d*|.*-truecolor"), "truecolor", "truecolor"),
    _Family(re.compile(r".*-(8|16|88)color|(eterm|xterm|eat)-color"), "standard", "standard"),
    # these take 24 bits, and tell so in a variable that seldom comes along over SSH
    _Family(
        re.compile(r"(xterm-)?(kitty|ghostty)|alacritty.*|foot.*|wezterm|contour.*"),
        *("truecolor", "truecolor"),
    ),
]
"""The first that fits counts. What is in none has as many colours as COLORTERM or its name says."""


def color_system(environ: Mapping[str, str]) -> ColorSystem | None:
    """The colours of the terminal that `environ` describes; None if it has none."""
    name = environ.get("TERM", "").strip().lower()
    inner = name.removeprefix("screen.")  # GNU screen puts its own name before that of the outer
    if inner in ("", "dumb", "unknown"):
        return None
    least: ColorSystem | None = "256" if "256color" in inner else "standard"
    most: ColorSystem | None = "truecolor"
    family = _family(inner)
    if family is not None:
        least, most = family.least, family.most
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        least = most
    if _is_gnu_screen(name, environ) or _is_apple(name, environ):
        most = _fewer(most, "256")
    return _fewer(least, most)


def only_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the terminal that `environ` describes has no more than ASCII to draw with."""
    family = _family(environ.get("TERM", "").strip().lower().removeprefix("screen."))
    return family is not None and family.only_ascii


def _family(name: str) -> _Family | None:
    return next((family for family in _FAMILIES if family.names.fullmatch(name)), None)


def _is_gnu_screen(name: str, environ: Mapping[str, str]) -> bool:
    """Whether the innermost program between is GNU screen, which makes blocks of 24-bit colours.
    tmux, which may have its name, turns them into what the terminal has.
    """
    if name.startswith("tmux"):
        return False
    in_tmux = "TMUX" in environ and "STY" not in environ
    return "STY" in environ or (re.match(r"screen\b", name) is not None and not in_tmux)


def _is_apple(name: str, environ: Mapping[str, str]) -> bool:
    """Whether it is the Terminal of macOS, which until version 26 has no more than 256 colours."""
    return environ.get("TERM_PROGRAM") == "Apple_Terminal" and name.startswith(("xterm", "nsterm"))


def _fewer(one: ColorSystem | None, other: ColorSystem | None) -> ColorSystem | None:
    return min(one, other, key=_ORDER.index)
