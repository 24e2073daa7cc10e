"""Commands that change the data by hand, and leave the network as it is."""

from engine.config.checks import MAX_COORDINATE, MAX_SEED, check_range, check_whole
from engine.messages.commands.command import Command, RelativeCommand, Standing


class AddPoint(Command, frozen=True):
    """Add a point to the training points, or to the test points, in the plane that is drawn; its other
    inputs are the median of the training points.
    """

    recorded_as = "add-point"
    changes_course = True

    across: float
    up: float
    """With one input, without meaning: what is drawn upwards there is the label."""
    label: float
    """The number of its class, or its value."""
    test: bool = False

    def check(self) -> None:
        for value in (self.across, self.up, self.label):
            check_range("add-point", value, -MAX_COORDINATE, MAX_COORDINATE)


class RemovePoint(Command, frozen=True):
    """Remove the training point, or the test point, that is nearest to a place in the plane."""

    recorded_as = "remove-point"
    changes_course = True

    across: float
    up: float
    test: bool = False

    def check(self) -> None:
        for value in (self.across, self.up):
            check_range("remove-point", value, -MAX_COORDINATE, MAX_COORDINATE)


class NewData(Command, frozen=True):
    """Go on with the same network on the data of another seed."""

    recorded_as = "new-data"
    changes_course = True

    seed: int

    def check(self) -> None:
        check_whole("data-seed", self.seed, 0, MAX_SEED)


class NextData(RelativeCommand, frozen=True):
    """Go on with the same network on the data of the next seed."""

    def resolved(self, now: Standing) -> Command:
        return NewData((now.data_seed + 1) % (MAX_SEED + 1))
