"""What a person is told when something is wrong: one line on stderr, and an exit code."""

import sys
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from engine.errors import one_line
from tui import NAME
from tui.cli.locations import log_file

DONE, FAULT, USAGE, DIVERGED = 0, 1, 2, 3
BY_SIGNAL = 128
"""To which the shell's convention adds the number of the signal that ended a command."""
INTERRUPTED, BROKEN_PIPE = BY_SIGNAL + 2, BY_SIGNAL + 13


def complain(text: str, code: int) -> int:
    """Write `text` as one line on stderr, if that can be written to; returns `code`."""
    with suppress(OSError, ValueError):
        click.echo(f"{NAME}: {one_line(text)}", err=True)
    return code


def fault_line(error: Exception) -> str:
    """What went wrong, and where its traceback was written to."""
    log = log_fault(error)
    where = f"; the details are in {log}" if log else ""
    return f"internal fault: {type(error).__name__}: {str(error)[:300]}{where}"


def log_fault(error: Exception) -> Path | None:
    """Append the traceback to the log; returns its path, or None if it cannot be written."""
    try:
        log = log_file()
        if log is None:
            return None
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now().isoformat(timespec='seconds')} {sys.argv}\n")
            traceback.print_exception(error, file=file)
    except Exception:  # whatever it is, the fault itself is what must be told
        return None
    return log
