"""The curves of the course before: what a dashboard shows faintly behind the present ones."""

from engine.messages.snapshot import Ghost
from engine.probes.loss_curves import loss_curves
from engine.training.trainer import Trainer

GHOST_POINTS = 512
"""Points of each curve, whatever a dashboard has room for: the present course may be shorter, and then
shows only a part of them.
"""


def ghost_of(trainer: Trainer) -> Ghost | None:
    """The curves of `trainer` as it stands; None if no update was made."""
    if not trainer.step:
        return None
    return Ghost(loss_curves(trainer, GHOST_POINTS), trainer.step, trainer.used_alpha)
