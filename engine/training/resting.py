"""Parameters at rest: updates pass by those that are frozen, and by all that lead to or from a node
that is switched off.

While a parameter rests, nothing changes it: no gradient, no momentum left from before, no penalty.
What an optimizer has gathered of a direction (a velocity, Adam's mean) is 0 meanwhile, so that the
parameter starts from rest when it moves again. The squares, by which steps are made smaller, go on to
follow the gradient of a frozen parameter, which there still is; of a node that is switched off there is
none, so they stay as they were. Without them, the first steps afterwards would be several times as large
as those before. (Adam's count of updates goes on, and is one for all parameters: what rests from its
first updates on moves as fast then as a node that was added.)
"""

from collections.abc import Sequence
from functools import partial
from operator import setitem
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Operation, aligned_empty
from engine.config.edits import Edits
from engine.network.transplant import Shape, layer_views

Marks = npt.NDArray[np.bool_]
"""(parameters,): which of them."""


class Resting(NamedTuple):
    """The parameters that rest, and why."""

    frozen: Marks
    unlinked: Marks
    """Those of nodes that are switched off."""

    @classmethod
    def of(cls, edits: Edits, shapes: Sequence[Shape]) -> Self:
        """Those of a network with layers of `shapes` that has been edited like this."""
        size = sum(nodes * columns for nodes, columns in shapes)
        resting = cls(np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_))
        _mark_frozen(edits, layer_views(resting.frozen, shapes))
        _mark_unlinked(edits, layer_views(resting.unlinked, shapes))
        return resting

    @property
    def all(self) -> Marks:
        """(parameters,): which do not change."""
        return self.frozen | self.unlinked

    def held(
        self, operations: list[Operation], change: Array, slots: Array, directions: Sequence[int]
    ) -> list[Operation]:
        """`operations`, which make a `change` and write the `slots` of an optimizer, so that they leave
        resting parameters alone. `directions` are the slots that hold one.
        """
        resting, unlinked = np.flatnonzero(self.all), np.flatnonzero(self.unlinked)
        if not resting.size:
            return operations
        before: list[Operation] = []
        # by index, as 0 times what is no number is none
        after: list[Operation] = [partial(setitem, change, resting, 0.0)]
        for number, moments in enumerate(slots):
            if number in directions:
                after.append(partial(setitem, moments, resting, 0.0))
            elif unlinked.size:
                kept = aligned_empty(unlinked.size)
                before.append(partial(moments.take, unlinked, 0, kept, "clip"))
                after.append(partial(setitem, moments, unlinked, kept))
        return [*before, *operations, *after]


def _mark_frozen(edits: Edits, layers: list[Marks]) -> None:
    for layer, node, column in edits.frozen:
        rows = slice(None) if node is None else node
        layers[layer][rows, slice(None) if column is None else column] = True


def _mark_unlinked(edits: Edits, layers: list[Marks]) -> None:
    for layer, node in edits.off:
        layers[layer][node] = True
        layers[layer + 1][:, node] = True
