"""What a person has taken out of training by hand: nodes that are switched off, parameters that are
frozen.
"""

from typing import Literal, NamedTuple

import msgspec

Scope = Literal["nothing", "parameter", "node", "layer"]
"""How much is frozen around one parameter."""

WIDER: dict[Scope, Scope] = {
    "nothing": "parameter",
    "parameter": "node",
    "node": "layer",
    "layer": "nothing",
}
"""What comes after a scope when more is to be frozen; after all, nothing again."""


class Place(NamedTuple):
    """One parameter; each number is counted from 0."""

    layer: int
    node: int
    input: int
    """The bias is the one after the last input."""


class Frozen(NamedTuple):
    """Parameters that updates pass by: one, all of a node's, or all of a layer's."""

    layer: int
    node: int | None = None
    """None: all of the layer."""
    input: int | None = None
    """None: all of the node."""

    @property
    def scope(self) -> Scope:
        """How much it is."""
        if self.node is None:
            return "layer"
        return "node" if self.input is None else "parameter"


class Edits(msgspec.Struct, frozen=True):
    """Both, each in order; empty for a run that nobody has changed by hand."""

    off: tuple[tuple[int, int], ...] = ()
    """Layer and node of each hidden node whose output is 0."""
    frozen: tuple[Frozen, ...] = ()

    def scope_at(self, place: Place) -> Scope:
        """The widest scope that is frozen around `place`."""
        for scope in ("layer", "node", "parameter"):
            if frozen_around(place, scope) in self.frozen:
                return scope
        return "nothing"

    def with_scope(self, place: Place, scope: Scope) -> "Edits":
        """The same with `scope` frozen around `place`, in the place of what was there; frozen parameters
        beside it stay.
        """
        around = {frozen_around(place, one) for one in ("parameter", "node", "layer")}
        kept = {one for one in self.frozen if one not in around}
        wanted = frozen_around(place, scope)
        frozen = kept if wanted is None else {*kept, wanted}
        return Edits(self.off, tuple(sorted(frozen, key=_order)))

    def with_node(self, layer: int, node: int, *, on: bool) -> "Edits":
        """The same with that node switched on, or off."""
        others = {one for one in self.off if one != (layer, node)}
        off = others if on else {*others, (layer, node)}
        return Edits(tuple(sorted(off)), self.frozen)


NO_EDITS = Edits()


def frozen_around(place: Place, scope: Scope) -> Frozen | None:
    """What is frozen when `scope` is, around `place`; None for nothing."""
    match scope:
        case "parameter":
            return Frozen(*place)
        case "node":
            return Frozen(place.layer, place.node)
        case "layer":
            return Frozen(place.layer)
        case _:
            return None


def _order(one: Frozen) -> tuple[int, int, int]:
    return one.layer, -1 if one.node is None else one.node, -1 if one.input is None else one.input
