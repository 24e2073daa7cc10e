"""What a run does now."""

from enum import StrEnum


class State(StrEnum):
    """What the run does now, in the word that is shown."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    DIVERGED = "diverged"
    ENDED = "ended"
    """No process trains it any more, as it was ended."""
    LOST = "lost"
    """Its process is gone, and has not said why."""

    @property
    def is_lost(self) -> bool:
        """Whether no process answers for the run any more."""
        return self in (State.ENDED, State.LOST)
