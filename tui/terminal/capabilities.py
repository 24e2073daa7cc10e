"""Facts about the terminal: whether it can be drawn on, and with which characters."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from tui.terminal.terminal_types import only_ascii

COERCED_LOCALES = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python itself puts into LC_CTYPE when it finds the C locale (PEP 538)."""

ERASE_CELLS = b"\x1b[%p1%dX"
"""ECH, as the database of terminals writes it."""


def interactive() -> bool:
    """Whether a dashboard can be shown: Textual reads stdin and draws on stderr."""
    return can_redraw(sys.stdin) and can_redraw(sys.stderr)


def can_redraw(stream: IO[str] | None) -> bool:
    """Whether `stream` is a terminal that understands cursor movements."""
    try:
        terminal = stream is not None and stream.isatty()
    except ValueError:  # it was closed
        return False
    return terminal and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def needs_ascii(flag: bool) -> bool:
    """Whether every drawn character must be ASCII: asked for by `flag`, UTF-8 is not to be had, or
    the terminal has no such characters as braille.

    Both what the locale says and how Python encodes must be UTF-8. Python alone does not do: it
    writes UTF-8 even under LC_ALL=C (PEP 540), on a terminal that may not read it.
    """
    streams = (sys.stdout, sys.stderr)
    encodings = [getattr(stream, "encoding", None) for stream in streams]
    return (
        flag
        or not is_utf8(_own_locale_name())
        or not all(is_utf8(encoding) for encoding in encodings if encoding)
        or (any(can_redraw(stream) for stream in streams) and only_ascii(os.environ))
    )


def _own_locale_name() -> str:
    """The locale that decides the terminal's characters, as the person has set it."""
    coerced = sys.flags.utf8_mode == 1 and "PYTHONUTF8" not in os.environ
    environ = dict(os.environ)
    if coerced and environ.get("LC_CTYPE") in COERCED_LOCALES:
        try:
            given = initial_variable("LC_CTYPE", Path("/proc/self/environ").read_bytes())
        except OSError:
            return locale_name(environ, coerced=True)
        environ["LC_CTYPE"] = given
    return locale_name(environ, coerced=False)


def initial_variable(name: str, block: bytes) -> str:
    """The value of a variable in `block`, the environment that a process was started with: what
    Python has overwritten since is still there. Empty if it was not set.

    An LC_CTYPE that this system has no locale for is such a one: `UTF-8`, which macOS sends over
    SSH, or the name of one that is not installed.
    """
    start = os.fsencode(name) + b"="
    values = [entry for entry in block.split(b"\0") if entry.startswith(start)]
    return os.fsdecode(values[0].removeprefix(start)) if values else ""


def locale_name(environ: Mapping[str, str], *, coerced: bool) -> str:
    """The locale that decides the terminal's characters; `C`, which is ASCII, if none is named.

    The first that is not empty of LC_ALL, LC_CTYPE and LANG, as POSIX has it. With `coerced`, an
    LC_CTYPE that Python may have written itself counts as not set: UTF-8 mode that was not
    asked for is on exactly then, and off where the user set LC_CTYPE to the same value.
    """
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        name = environ.get(variable, "")
        if variable == "LC_CTYPE" and coerced and name in COERCED_LOCALES:
            continue
        if name:
            return name
    return "C"


def is_utf8(name: str) -> bool:
    """Whether a locale or an encoding called `name` is UTF-8. One without a codeset is not."""
    return "utf8" in name.lower().replace("-", "").replace("_", "")


def erases_in_colour(file: int) -> bool:
    """Whether the terminal open as `file` erases cells in the background colour that is set, by what
    the system knows of TERM.
    """
    try:
        import curses  # not in every Python
    except ImportError:
        return False
    try:
        curses.setupterm(None, file)
        return curses.tigetflag("bce") == 1 and curses.tigetstr("ech") == ERASE_CELLS
    except curses.error:  # the system does not know it
        return False
