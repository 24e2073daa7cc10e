"""What a run does now."""

from enum import StrEnum


class State(StrEnum):
    """What the run does now, in the word that is shown."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    DIVERGED = "diverged"
