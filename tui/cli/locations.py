"""Where the program keeps its files and sockets."""

import os
from pathlib import Path

NAME = "moonwalk"
"""The name of the program."""


def log_file() -> Path:
    """Where the details of faults go, the host's as well."""
    from platformdirs import user_log_path

    return user_log_path(NAME, appauthor=False) / f"{NAME}.log"


def runs_folder() -> Path:
    """Where runs save themselves and are recorded."""
    from platformdirs import user_state_path

    return user_state_path(NAME, appauthor=False) / "runs"


def socket_folder() -> Path:
    """Where running hosts are found; MOONWALK_SOCKETS names another folder.

    It is on the machine itself (`/tmp`), as a home folder may be on many, and not where the system
    clears up when a person logs out: a run outlives that.
    """
    return Path(os.environ.get("MOONWALK_SOCKETS") or f"/tmp/moonwalk-{os.geteuid()}")
