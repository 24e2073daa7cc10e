"""What a change of the set-up does to the run, said before it is made."""

from engine.messages.commands import LONG_SECONDS
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot

LIVE = "changes live: the run goes on"

DIGITS = 2
"""Of a number of steps that grows while it is read."""


def effect_of(snapshot: Snapshot | None, *, is_live: bool) -> str:
    """In a line: whether the run goes on, and what of it can be brought back."""
    if is_live:
        return LIVE
    steps = 0 if snapshot is None else _steps_for_undo(snapshot)
    if snapshot is None or not steps:
        return "begins anew"
    if snapshot.state is State.RUNNING:
        steps = _rounded(steps)
    return f"begins anew: {steps:,} steps are kept for u"


def _steps_for_undo(snapshot: Snapshot) -> int:
    """Updates of the course that `u` would bring back then: a short one does not take the place of a
    long one.
    """
    kept = snapshot.kept
    stays = kept is not None and kept.is_long and snapshot.trained_seconds <= LONG_SECONDS
    if kept is not None and (stays or not snapshot.step):
        return kept.steps
    return snapshot.step


def _rounded(steps: int) -> int:
    """Down to its first digits."""
    unit: int = 10 ** max(len(str(steps)) - DIGITS, 0)
    return steps // unit * unit
