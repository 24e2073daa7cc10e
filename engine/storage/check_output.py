"""Checks files that a run is to write, before it begins."""

import os
from pathlib import Path

from engine.errors import ConfigError
from engine.storage.atomic_file import try_to_write
from engine.storage.checkpoint import is_checkpoint
from engine.storage.file_lock import is_being_written
from engine.storage.output_file import being_written
from engine.storage.recording import is_recording

LONGEST_NAME = 240
"""Bytes in a file's name: most systems allow 255, of which a file that is being written needs some."""


def check_different(save: str | None, record: str | None) -> None:
    """ConfigError if one file is to hold both."""
    if (
        save is not None
        and record is not None
        and os.path.realpath(save) == os.path.realpath(record)
    ):
        raise ConfigError("record", f"{record} is to hold the saved run already; name another file")


def check_writable(setting: str, path: str | None) -> None:
    """ConfigError unless `path` can be written, and does not hold something that is not ours."""
    if path is None:
        return
    if not path.isprintable() or path != path.encode(errors="replace").decode():
        raise ConfigError(setting, f"{path!a} is no name for a file")
    file = Path(path)
    if len(os.fsencode(file.name)) > LONGEST_NAME:
        raise ConfigError(setting, f"{file.name[:20]}... is longer than {LONGEST_NAME} bytes")
    if file.is_dir():
        raise ConfigError(setting, f"{path} is a folder; name a file")
    if file.exists() and not file.is_file():
        raise ConfigError(setting, f"{path} is no file that could be replaced")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise ConfigError(setting, f"{file.parent} is not a folder that can be written to")
    ours = is_checkpoint if setting == "save" else is_recording
    if file.exists() and file.stat().st_size and not ours(file):
        raise ConfigError(setting, f"{path} holds something else, which is not overwritten")
    target = Path(os.path.realpath(file))
    if is_being_written(target):
        raise being_written(setting, file)
    try:
        try_to_write(target)
    except OSError as error:
        raise ConfigError(setting, f"{path}: {error.strerror or error}") from error
