"""Commands that give a run another course: other settings, a beginning, a state to go back to."""

from engine.config.changes import Changes, check_changes, is_live
from engine.config.checks import MAX_SEED, MAX_STEPS, check_alpha, check_whole
from engine.errors import ConfigError
from engine.messages.commands.command import Command, RelativeCommand, Standing


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


class StartOver(RelativeCommand, frozen=True):
    """Start over from the same initial parameters."""

    begins_anew = True

    def resolved(self, now: Standing) -> Command:
        return _reset_to(now, None)


class NextSeed(RelativeCommand, frozen=True):
    """Start over with the data and initial parameters of the next seed.

    Data and weights with seeds of their own are unpinned: both come from a seed that none of them had.
    """

    begins_anew = True

    def resolved(self, now: Standing) -> Command:
        seed = (max(now.seed, now.data_seed, now.weight_seed) + 1) % (MAX_SEED + 1)
        if now.pins_seeds:
            return Configure({"seed": seed, "data_seed": None, "weight_seed": None}, now.keeps)
        return _reset_to(now, seed)


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


class NextWeights(RelativeCommand, frozen=True):
    """Start over with other initial parameters on the same data."""

    begins_anew = True

    def resolved(self, now: Standing) -> Command:
        seed = (now.weight_seed + 1) % (MAX_SEED + 1)
        return Configure({"weight_seed": seed}, now.keeps)


def _reset_to(now: Standing, seed: int | None) -> Reset:
    """Start over from there, with a learning rate that may hold."""
    alpha = None if now.restart_alpha == now.alpha else now.restart_alpha
    return Reset(seed, alpha, now.keeps)
