"""What a person can do to a run. Each command takes effect between two updates.

A command is declared here, once: its fields, its name in a recording, whether it changes the course
of training and whether it cuts short the frame that it comes in. Its effect stands in
`engine.run.run`, its key in `tui.screens.actions`.

Keys send relative commands (one rung up, the other state). The host resolves each into a command
with a value, and that is what is carried out and recorded: ten quick
presses over a slow line end ten rungs higher, whatever the person saw meanwhile.
"""

from typing import ClassVar, NamedTuple

import msgspec

from engine.config.changes import Changes, check_changes, is_live
from engine.config.checks import (
    FULL_SPEED,
    MAX_SEED,
    MAX_STEPS,
    MAX_STEPS_AT_ONCE,
    check_alpha,
    check_pace,
    check_whole,
)
from engine.config.ladders import alpha_after, pace_after
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


class Pause(Command, frozen=True):
    """Stop making updates."""

    recorded_as = "pause"
    cuts_frame = True


class Resume(Command, frozen=True):
    """Go on making updates."""

    recorded_as = "resume"


class MakeSteps(Command, frozen=True):
    """Pause, and make exactly this many updates."""

    recorded_as = "steps"
    cuts_frame = True

    count: int = 1

    def check(self) -> None:
        check_whole("steps", self.count, 1, MAX_STEPS_AT_ONCE)


class SetAlpha(Command, frozen=True):
    """Use another learning rate from the next update on."""

    recorded_as = "alpha"
    changes_course = True

    alpha: float

    def check(self) -> None:
        check_alpha(self.alpha)


class SetPace(Command, frozen=True):
    """Make this many updates a frame, or 0 for as many as there is time for."""

    recorded_as = "pace"
    cuts_frame = True

    pace: int

    def check(self) -> None:
        check_pace(self.pace)


class Reset(Command, frozen=True):
    """Start over: from the same initial parameters, or with the data and parameters of `seed`."""

    recorded_as = "reset"
    changes_course = True
    cuts_frame = True
    begins_anew = True

    seed: int | None = None
    alpha: float | None = None
    """The learning rate from then on; the present one if not given."""
    keeps: bool = True
    """Whether the course that is given up takes the place of the one that was kept before."""

    def check(self) -> None:
        if self.seed is not None:
            check_whole("reset", self.seed, 0, MAX_SEED)
        if self.alpha is not None:
            check_alpha(self.alpha)


class Adjust(Command, frozen=True):
    """Change settings that can change while the run goes on: see `Setting.live`."""

    recorded_as = "adjust"
    changes_course = True

    changes: Changes

    def check(self) -> None:
        check_changes(self.changes)
        if not is_live(self.changes):
            fixed = next(field for field in self.changes if not is_live({field: None}))
            raise ConfigError(fixed.replace("_", "-"), "another value begins the run anew")


class Configure(Command, frozen=True):
    """Start over with other settings, from the initial parameters that these decide."""

    recorded_as = "configure"
    changes_course = True
    cuts_frame = True
    begins_anew = True

    changes: Changes
    keeps: bool = True
    """Whether the course that is given up takes the place of the one that was kept before."""

    def check(self) -> None:
        check_changes(self.changes)


class RestoreCourse(Command, frozen=True):
    """Go on with the course that was kept at a reset, as it stood; the present one is kept instead."""

    recorded_as = "restore"
    changes_course = True
    cuts_frame = True
    begins_anew = True


class Extend(Command, frozen=True):
    """Allow this many updates more, and go on."""

    recorded_as = "extend"
    changes_course = True

    steps: int

    def check(self) -> None:
        check_whole("extend", self.steps, 1, MAX_STEPS)


class Rewind(Command, frozen=True):
    """Go back from a divergence to the best state so far."""

    recorded_as = "rewind"
    changes_course = True
    cuts_frame = True

    alpha: float | None = None
    """The learning rate from then on; half of that which diverged if not given."""

    def check(self) -> None:
        if self.alpha is not None:
            check_alpha(self.alpha)


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

    def reset_to(self, seed: int | None) -> Reset:
        """Start over from there, with a learning rate that may hold."""
        alpha = None if self.restart_alpha == self.alpha else self.restart_alpha
        return Reset(seed, alpha, self.keeps)


class RelativeCommand(Command, frozen=True):
    """Says how to change what the run has now. Never recorded: what it is resolved into is."""

    recorded_as = ""

    def resolved(self, now: Standing) -> Command:
        """The same with a value, for a run that stands as `now` says."""
        raise ConfigError("command", f"{type(self).__name__} means nothing to a run")


class TogglePause(RelativeCommand, frozen=True):
    """Pause a run that goes on; let one go on that is paused."""

    def resolved(self, now: Standing) -> Command:
        return Resume() if now.paused else Pause()


class NudgeAlpha(RelativeCommand, frozen=True):
    """Go `by` rungs up the ladder of learning rates, or down if it is negative."""

    by: int

    def check(self) -> None:
        check_whole("alpha", self.by, -MAX_RUNGS, MAX_RUNGS)

    def resolved(self, now: Standing) -> Command:
        return SetAlpha(alpha_after(now.alpha, self.by))


class NudgePace(RelativeCommand, frozen=True):
    """Go `by` rungs up the ladder of paces, or down if it is negative."""

    by: int

    def check(self) -> None:
        check_whole("pace", self.by, -MAX_RUNGS, MAX_RUNGS)

    def resolved(self, now: Standing) -> Command:
        return SetPace(pace_after(now.pace, self.by))


class ToggleFullSpeed(RelativeCommand, frozen=True):
    """Make as many updates a frame as there is time for, or go back to the pace before."""

    def resolved(self, now: Standing) -> Command:
        return SetPace(now.pace_before if now.pace == FULL_SPEED else FULL_SPEED)


class StartOver(RelativeCommand, frozen=True):
    """Start over from the same initial parameters."""

    begins_anew = True

    def resolved(self, now: Standing) -> Command:
        return now.reset_to(None)


class NextSeed(RelativeCommand, frozen=True):
    """Start over with the data and initial parameters of the next seed."""

    begins_anew = True

    def resolved(self, now: Standing) -> Command:
        return now.reset_to((now.seed + 1) % (MAX_SEED + 1))


class ConfigureAnew(RelativeCommand, frozen=True):
    """Start over with other settings, and keep the course that is given up if it is worth it."""

    begins_anew = True

    changes: Changes

    def check(self) -> None:
        check_changes(self.changes)

    def resolved(self, now: Standing) -> Command:
        return Configure(self.changes, now.keeps)


class UndoDivergence(RelativeCommand, frozen=True):
    """Go back from a divergence to the best state so far, with the last learning rate that held."""

    def resolved(self, now: Standing) -> Command:
        return Rewind(now.undo_alpha)


class TrainAgain(RelativeCommand, frozen=True):
    """Allow as many updates more as the run was configured with, and go on."""

    def resolved(self, now: Standing) -> Command:
        return Extend(now.steps)
