"""Where the program keeps its files and sockets."""

import os
from contextlib import suppress
from pathlib import Path

from tui import NAME

NO_HOME = "no home folder is known; HOME=DIR or XDG_STATE_HOME=DIR names one"
"""What is told where a user id has no entry in the system and the environment says nothing."""


def log_file() -> Path | None:
    """Where the details of faults go, the host's as well; None if no home folder is known."""
    from platformdirs import user_log_path

    with suppress(RuntimeError):
        return _absolute(user_log_path(NAME, appauthor=False) / f"{NAME}.log")
    return None


def runs_folder() -> Path | None:
    """Where runs save themselves and are recorded; None if no home folder is known."""
    return _state_folder("runs")


def data_folder() -> Path | None:
    """Where data that came through a pipe are kept; None if no home folder is known."""
    return _state_folder("data")


def _state_folder(name: str) -> Path | None:
    from platformdirs import user_state_path

    with suppress(RuntimeError):
        return _absolute(user_state_path(NAME, appauthor=False) / name)
    return None


def _absolute(path: Path) -> Path | None:
    # of an unknown home, some versions of platformdirs leave the `~` in the path
    return path if path.is_absolute() else None


def socket_folder() -> Path:
    """Where running hosts are found; MOONWALK_SOCKETS names another folder.

    It is on the machine itself (`/tmp`), as a home folder may be on many, and not in
    XDG_RUNTIME_DIR: that folder goes with the last login of a person, and a run that was left
    outlives it.
    """
    return Path(os.environ.get("MOONWALK_SOCKETS") or f"/tmp/moonwalk-{os.geteuid()}")
