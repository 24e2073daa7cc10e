"""The state of a run as values: what a checkpoint keeps."""

import msgspec

from engine.config.training_config import TrainingConfig
from engine.run.command_log import Recorded
from engine.run.kept_course import KeptCourse
from engine.training.trainer_state import TrainerState


class RunState(msgspec.Struct, frozen=True, eq=False):
    """With the dataset, it makes the run again."""

    config: TrainingConfig
    """What the run began with."""
    commands: list[Recorded]
    trainer: TrainerState
    number: int
    """Resets so far."""
    pace: int
    paused: bool
    trained_seconds: float = 0.0
    """For which the present course was trained."""
    kept: KeptCourse | None = None
    libraries: dict[str, str] = {}
    """What it was made with before it came from a file."""
