"""What the status line says of a run that has diverged."""

from engine.messages.snapshot import Snapshot
from tui.drawing.number_format import exact

NOTICE_COLUMNS = 68
"""Room for a notice in a terminal of 80 columns."""


def divergence_notice(snapshot: Snapshot, *, steers: bool) -> str:
    """What went wrong, if something did, and what helps; within 80 columns."""
    divergence = snapshot.divergence
    if divergence is None:
        return ""
    what = f"alpha {_in_short(divergence.alpha)} too large at step {divergence.step + 1:,}"
    if not steers or snapshot.replays or snapshot.undo_alpha is None:
        return what
    undo, restart, failed = snapshot.undo_alpha, snapshot.restart_alpha, divergence.alpha
    if undo == restart:
        helps = f"u undoes, r restarts, with {_in_short(undo)}"
    else:
        halves = undo == failed / 2.0
        u = "u halves it" if halves else f"u undoes with {_in_short(undo)}"
        r = "with it" if restart == failed else f"with {_in_short(restart)}"
        helps = f"{u}, r restarts {r}"
    text = f"{what}: {helps}"
    return text if len(text) <= NOTICE_COLUMNS else f"{what}: u undoes, r restarts"


def _in_short(alpha: float) -> str:
    return exact(alpha) if len(exact(alpha)) <= 7 else f"{alpha:.3g}"
