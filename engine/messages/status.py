"""A run in a few words: what `moonwalk list` shows."""

from pathlib import Path

import msgspec

from engine.config.training_config import TrainingConfig
from engine.messages.run_state import State


class Status(msgspec.Struct, frozen=True):
    """A run in a few words."""

    name: str
    pid: int
    state: State
    step: int
    total_steps: int
    alpha: float
    train_loss: float
    config: TrainingConfig
    began: float
    """Seconds since 1970."""
    watchers: int
    """Dashboards that are open on it."""
    replays: bool
    can_be_found: bool
    """Whether further dashboards can attach to it."""
    saves_to: str | None
    """The file that it saves itself into."""
    save_file: str | None
    record_file: str | None
    """The files that it is also saved and recorded in, if a person named any."""
    frames_per_second: float

    @property
    def recorded_in(self) -> str | None:
        """The file that it is recorded in, unless another has come to stand in its place."""
        if self.record_file is not None or self.saves_to is None:
            return self.record_file
        return str(Path(self.saves_to).with_suffix(".jsonl"))
