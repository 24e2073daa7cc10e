"""What a dashboard is told of one layer, and of one parameter's next update."""

import msgspec

from engine.arrays import Array
from engine.config.edits import Scope
from engine.messages.view import Window


class UpdateView(msgspec.Struct, frozen=True):
    """The next update of one parameter, as it will be made:

        updated = value - alpha direction

    and then, with l1, nearer to 0 by what the part `l1` says. See `engine.training.update_terms` for what
    the direction is made of.
    """

    node: int
    input: int
    value: float
    gradient: float
    """Of the batch of the next update, clipped."""
    alpha: float
    """As the schedule makes it."""
    direction: float
    """The gradient for plain descent, else what the optimizer makes of it."""
    updated: float
    """With l1, and `value` itself where it is frozen."""
    parts: list[tuple[str, float]] = []
    """What the direction is made of, where it is more than the gradient: a name and a value each, of
    `gradient`, `l2 w`, `momentum`, `mean m`, `root v`; and `l1`, which is not in the direction.
    """
    frozen: Scope = "nothing"
    """How much is frozen around it."""


class LayerView(msgspec.Struct, frozen=True):
    """One layer: a window of its parameters, and figures about all of it."""

    window: Window
    """What is here of what was asked for."""
    num_nodes: int
    num_inputs: int
    activation: str
    parameters: Array
    """(nodes, inputs) of the window; the bias is input `num_inputs`."""
    gradient: Array
    """The same of the gradient at the present parameters."""
    largest: float
    """The greatest magnitude among all the layer's parameters."""
    mean: float
    std: float
    least: float
    greatest: float
    gradient_norm: float
    idle_nodes: int
    """Nodes that do nothing on every training point, or on the first of many."""
    idle_word: str
    """What these are called, such as dead or saturated; empty if no node can be idle."""
    last_change: Array | None = None
    """(nodes, inputs) of the window: what the last update added to them; None before one was made."""
    frozen: list[list[bool]] | None = None
    """(nodes, inputs) of the window: which are frozen; None where none is in the layer."""
    off: list[int] = []
    """Nodes of the layer that are switched off."""
    update: UpdateView | None = None
    """Of the parameter that was asked for, where it exists."""
