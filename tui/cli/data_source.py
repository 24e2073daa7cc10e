"""Where data come from, so that another process can read them: a file's whole path, or what stdin held."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from engine.config.data_sets import data_set_named
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError, FileError
from tui import NAME
from tui.cli.locations import data_folder

STDIN = "-"


def readable_data(config: TrainingConfig, *, opens_dashboard: bool) -> TrainingConfig:
    """`config` with a whole path where it names a file. What `-` names is read to its end and kept as
    one; where a dashboard is to open, stdin is then the terminal, to steer it.

    Raises ConfigError or FileError where stdin is a terminal, empty or cannot be kept.
    """
    if config.data == STDIN:
        path = kept_stdin()
        if opens_dashboard:
            reopen_terminal()
        return msgspec.structs.replace(config, data=str(path))
    if data_set_named(config.data) is None:
        with suppress(OSError):  # what is wrong with it is told when it is read
            if Path(config.data).exists():
                return msgspec.structs.replace(config, data=str(Path(config.data).absolute()))
    return config


def kept_stdin() -> Path:
    """Keep what stdin holds; returns the file. Without a home folder, a temporary one."""
    from engine.storage.data_folder import keep_data

    if sys.stdin.isatty():
        raise ConfigError("data", f"{STDIN} reads from a pipe, as in: {NAME} --data - < FILE")
    folder = data_folder() or Path(tempfile.mkdtemp(prefix=f"{NAME}-"))
    try:
        return keep_data(sys.stdin.buffer, folder)
    except OSError as error:
        raise FileError(
            f"data: what stdin holds cannot be kept in {folder}: {error.strerror or error}"
        ) from error


def reopen_terminal() -> None:
    """Let stdin be the terminal that the process belongs to, if it has one."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, 0)
        os.close(terminal)
