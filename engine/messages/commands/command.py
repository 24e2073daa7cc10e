"""What a command is, and what a relative one is worked out from.

A command is declared once: its fields, its name in a recording, whether it changes the course of
training and whether it cuts short the frame that it comes in. Its effect stands in
`engine.run.effects`, its key in `tui.screens.actions`.

Keys send relative commands (one rung up, the other state). The host resolves each into a command
with a value, and that is what is carried out and recorded: ten quick
presses over a slow line end ten rungs higher, whatever the person saw meanwhile.
"""

from typing import ClassVar, NamedTuple

import msgspec

from engine.config.edits import NO_EDITS, Edits
from engine.errors import ConfigError


class Command(msgspec.Struct, frozen=True, tag=True):
    """Base of all commands; a subclass is known everywhere as soon as it is declared."""

    recorded_as: ClassVar[str]
    """Its name in a recording."""
    changes_course: ClassVar[bool] = False
    """Whether it decides the parameters, so that a replay has to carry it out."""
    cuts_frame: ClassVar[bool] = False
    """Whether the frame that it comes in ends at once."""
    begins_anew: ClassVar[bool] = False
    """Whether it gives up what was learnt: after long training, a person is asked before."""

    def __init_subclass__(cls) -> None:
        COMMANDS.append(cls)

    def check(self) -> None:
        """ConfigError if a field has a value that is never allowed."""


LONG_SECONDS = 30.0
"""Training that is not given up unasked takes longer than this."""

MAX_RUNGS = 1_000
"""Rungs that one command can go; more than any ladder has."""

COMMANDS: list[type[Command]] = []
"""Every command, in the order of declaration."""


class Standing(NamedTuple):
    """What of a run relative commands are relative to."""

    alpha: float
    pace: int
    pace_before: int
    """That before the run went at full speed."""
    paused: bool
    """Whether it makes no updates: paused, done or diverged."""
    seed: int
    steps: int
    """Updates that it was configured with."""
    undo_alpha: float | None = None
    """The learning rate to go back from a divergence with; None without one."""
    restart_alpha: float | None = None
    """That to start over with; None for the present one."""
    keeps: bool = True
    """Whether a reset keeps the course that it gives up."""
    edits: Edits = NO_EDITS
    """Nodes that are switched off, and parameters that are frozen."""
    data_seed: int = 0
    """Decides the points."""
    weight_seed: int = 0
    """Decides the first weights."""
    pins_seeds: bool = False
    """Whether the points or the first weights have a seed of their own."""


class RelativeCommand(Command, frozen=True):
    """Says how to change what the run has now. Never recorded: what it is resolved into is."""

    recorded_as = ""

    def resolved(self, now: Standing) -> Command:
        """The same with a value, for a run that stands as `now` says."""
        raise ConfigError("command", f"{type(self).__name__} means nothing to a run")
