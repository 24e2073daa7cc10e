"""What a host is asked to train: a new run, a saved one or a recorded one, and where it is kept."""

import msgspec

from engine.config.training_config import TrainingConfig


class Fresh(msgspec.Struct, frozen=True, tag=True):
    """A run from its first step on."""

    config: TrainingConfig
    pace: int


class Resumed(msgspec.Struct, frozen=True, tag=True):
    """A run that goes on from the checkpoint in a file, at another pace if one is given."""

    checkpoint: str
    pace: int | None = None
    steps: int | None = None
    """Where it ends, if not where it would have."""


class Replayed(msgspec.Struct, frozen=True, tag=True):
    """A run made again from the recording in a file."""

    recording: str
    pace: int


class RunPlaces(msgspec.Struct, frozen=True):
    """The folders and files of a run; by default none, and then it ends with its dashboard."""

    state_folder: str | None = None
    """Where it saves itself, and is recorded."""
    socket_folder: str | None = None
    """Where other dashboards find it."""
    save_file: str | None = None
    """Where it is saved when a person says so, and at its end; else in the state folder."""
    record_file: str | None = None
    """Where it is recorded instead."""
    linger_seconds: float = 600.0
    """How long a finished run without dashboards stays."""
    state_problem: str = ""
    """Why there is no state folder, if there should be one."""


RunRequest = Fresh | Resumed | Replayed
