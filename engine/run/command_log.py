"""What was done to a run and when."""

import msgspec

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command


class Recorded(msgspec.Struct, frozen=True):
    """A command, and the step before which it took effect."""

    step: int
    command: Command
    diverged: bool = False
    """Whether the next update had been found to diverge before it."""
    stopped: bool = False
    """Whether the losses of this step had been found to be a reason to stop before it."""


class End(msgspec.Struct, frozen=True):
    """How a run stood when it was ended."""

    step: int
    parameters_sha256: str
    diverged: bool = False
    stopped: bool = False
    """Whether it ended for a reason before its last step."""


class Recording(msgspec.Struct, frozen=True):
    """A whole run, as it can be made again."""

    config: TrainingConfig
    commands: list[Recorded]
    end: End | None = None
    """None if it was never ended: its process was killed."""
    libraries: dict[str, str] = {}
    """Versions of what it was made with."""
