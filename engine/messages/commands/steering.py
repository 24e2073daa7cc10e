"""Commands that say whether, how fast and with which learning rate a run goes on."""

from engine.config.checks import (
    FULL_SPEED,
    MAX_STEPS_AT_ONCE,
    check_alpha,
    check_pace,
    check_whole,
)
from engine.config.ladders import alpha_after, pace_after
from engine.messages.commands.command import MAX_RUNGS, Command, RelativeCommand, Standing


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
