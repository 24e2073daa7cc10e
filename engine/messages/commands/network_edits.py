"""Commands that change a network by hand: one weight, one node, what is frozen."""

from engine.config.checks import (
    MAX_LAYERS,
    MAX_NODES,
    MAX_WEIGHT,
    check_name,
    check_range,
    check_whole,
)
from engine.config.edits import WIDER, Place, Scope
from engine.messages.commands.command import Command, RelativeCommand, Standing


def _check_node(layer: int, node: int) -> None:
    check_whole("layer", layer, 0, MAX_LAYERS)
    check_whole("node", node, 0, MAX_NODES)


class SetParameter(Command, frozen=True):
    """Give one parameter another value. It goes on from rest: the direction that momentum or adam has
    gathered for it is forgotten.
    """

    recorded_as = "parameter"
    changes_course = True

    layer: int
    node: int
    input: int
    """The bias is the one after the last input."""
    value: float

    def check(self) -> None:
        _check_node(self.layer, self.node)
        check_whole("input", self.input, 0, MAX_NODES)
        check_range("parameter", self.value, -MAX_WEIGHT, MAX_WEIGHT)


class SwitchNode(Command, frozen=True):
    """Switch a hidden node off, so that its output is 0, or on again."""

    recorded_as = "node"
    changes_course = True

    layer: int
    node: int
    on: bool

    def check(self) -> None:
        _check_node(self.layer, self.node)


class Freeze(Command, frozen=True):
    """Have updates pass by one parameter, its node or its layer, or by none of these any more."""

    recorded_as = "freeze"
    changes_course = True

    layer: int
    node: int
    input: int
    scope: Scope

    def check(self) -> None:
        _check_node(self.layer, self.node)
        check_whole("input", self.input, 0, MAX_NODES)
        check_name("freeze", self.scope, tuple(WIDER))


class ToggleNode(RelativeCommand, frozen=True):
    """Switch a node off if it is on, or on if it is off."""

    layer: int
    node: int

    def check(self) -> None:
        _check_node(self.layer, self.node)

    def resolved(self, now: Standing) -> Command:
        return SwitchNode(self.layer, self.node, on=(self.layer, self.node) in now.edits.off)


class FreezeWider(RelativeCommand, frozen=True):
    """Freeze more around a parameter: it, its node, its layer, and after that nothing again."""

    layer: int
    node: int
    input: int

    def check(self) -> None:
        _check_node(self.layer, self.node)
        check_whole("input", self.input, 0, MAX_NODES)

    def resolved(self, now: Standing) -> Command:
        place = Place(self.layer, self.node, self.input)
        return Freeze(*place, WIDER[now.edits.scope_at(place)])
