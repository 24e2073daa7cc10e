"""Optimizers: how a gradient becomes a change of the parameters, each as PyTorch defines it.

In the formulas, g is the gradient, with l2 w added (except in AdamW), t the number of this update,
counted from 1, and the change is what is subtracted from the parameters w. Moments are kept without
the factor 1 - beta, which would cost a call on a whole array each: it is put into the scalars.
"""

import math
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Protocol

import numpy as np

from engine.arrays import Array, Operation, aligned_empty, constant
from engine.errors import ConfigError
from engine.training.regularization import with_l2

BETA1, BETA2 = 0.9, 0.999
"""What a step leaves of Adam's averages of gradients and of their squares."""
SMOOTHING = 0.99
"""What a step leaves of RMSprop's average of the squares."""
EPSILON = 1e-8
"""Added to the root of the squares, that nothing is divided by zero."""


class Optimizer(Protocol):
    """A way to turn gradients into changes, with all that it remembers in arrays it is given."""

    @property
    def slots(self) -> int:
        """Arrays of the size of the parameters that it keeps from one update to the next."""

    @property
    def directions(self) -> tuple[int, ...]:
        """The slots that hold a direction to go on in; the others hold squares."""

    def operations(
        self,
        parameters: Array,
        gradient: Array,
        change: Array,
        slots: Array,
        count: Array,
        alpha: Array,
    ) -> list[Operation]:
        """The calls of one update; they write `change` and `slots`, and where Adam counts, `count`.

        `parameters`, `gradient` and `change` are flat, `slots` is (slots, parameters), zeros at first,
        `count` 0-d, zero at first; `alpha` is 0-d and read anew in every update. Slots and count are
        the whole state.
        """


@dataclass(frozen=True, eq=False)
class Sgd:
    """change = alpha g."""

    decay: Array | None = None
    """(parameters,): l2 of each parameter; None for none."""
    slots: ClassVar[int] = 0
    directions: ClassVar[tuple[int, ...]] = ()

    def operations(
        self,
        parameters: Array,
        gradient: Array,
        change: Array,
        slots: Array,
        count: Array,
        alpha: Array,
    ) -> list[Operation]:
        """See `Optimizer.operations`."""
        g, operations = with_l2(parameters, gradient, self.decay)
        return [*operations, partial(np.multiply, g, alpha, change)]


@dataclass(frozen=True, eq=False)
class Momentum:
    """v = momentum v + g; change = alpha v, or with Nesterov's look ahead alpha (g + momentum v).

    Alpha stays outside v: another alpha holds for all that has been gathered, too.
    """

    momentum: float
    nesterov: bool = False
    decay: Array | None = None
    """(parameters,): l2 of each parameter; None for none."""
    slots: ClassVar[int] = 1
    directions: ClassVar[tuple[int, ...]] = (0,)

    def operations(
        self,
        parameters: Array,
        gradient: Array,
        change: Array,
        slots: Array,
        count: Array,
        alpha: Array,
    ) -> list[Operation]:
        """See `Optimizer.operations`."""
        g, operations = with_l2(parameters, gradient, self.decay)
        momentum, velocity = constant(self.momentum), slots[0]
        operations += _gathered(velocity, momentum, g)
        if not self.nesterov:
            return [*operations, partial(np.multiply, velocity, alpha, change)]
        return [
            *operations,
            partial(np.multiply, velocity, momentum, change),
            partial(np.add, change, g, change),
            partial(np.multiply, change, alpha, change),
        ]


@dataclass(frozen=True, eq=False)
class RmsProp:
    """v = smoothing v + (1 - smoothing) g^2; change = alpha g / (sqrt(v) + epsilon).

    With momentum, u = momentum u + g / (sqrt(v) + epsilon) and change = alpha u. The slots are
    v / (1 - smoothing) and, with momentum, u sqrt(1 - smoothing).
    """

    momentum: float = 0.0
    decay: Array | None = None
    """(parameters,): l2 of each parameter; None for none."""

    @property
    def slots(self) -> int:
        """The squares, and what momentum gathers."""
        return 2 if self.momentum else 1

    @property
    def directions(self) -> tuple[int, ...]:
        """What momentum gathers."""
        return (1,) if self.momentum else ()

    def operations(
        self,
        parameters: Array,
        gradient: Array,
        change: Array,
        slots: Array,
        count: Array,
        alpha: Array,
    ) -> list[Operation]:
        """See `Optimizer.operations`."""
        g, operations = with_l2(parameters, gradient, self.decay)
        root, squares = math.sqrt(1.0 - SMOOTHING), slots[0]
        scaled_alpha = constant(0.0)
        operations += [
            partial(np.multiply, alpha, constant(1.0 / root), scaled_alpha),
            *_gathered_squares(squares, constant(SMOOTHING), g, change),
            partial(np.sqrt, squares, change),
            partial(np.add, change, constant(EPSILON / root), change),
            partial(np.divide, g, change, change),
        ]
        if not self.momentum:
            return [*operations, partial(np.multiply, change, scaled_alpha, change)]
        velocity = slots[1]
        return [
            *operations,
            *_gathered(velocity, constant(self.momentum), change),
            partial(np.multiply, velocity, scaled_alpha, change),
        ]


@dataclass(frozen=True, eq=False)
class Adam:
    """m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2

        change = alpha m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)

    The slots are m / (1 - beta1) and v / (1 - beta2). AdamW's change is alpha l2 w more, from
    gradients without l2.
    """

    decay: Array | None = None
    """(parameters,): l2 of each parameter; None for none."""
    decouples: bool = False
    """Whether l2 is subtracted beside the change, and is not part of the gradient: AdamW."""
    slots: ClassVar[int] = 2
    directions: ClassVar[tuple[int, ...]] = (0,)

    def operations(
        self,
        parameters: Array,
        gradient: Array,
        change: Array,
        slots: Array,
        count: Array,
        alpha: Array,
    ) -> list[Operation]:
        """See `Optimizer.operations`."""
        g, operations = with_l2(parameters, gradient, None if self.decouples else self.decay)
        gradients, squares = slots
        scalars = _AdamScalars(count, alpha)
        operations += [
            scalars.update,
            *_gathered(gradients, constant(BETA1), g),
            *_gathered_squares(squares, constant(BETA2), g, change),
            partial(np.sqrt, squares, change),
            partial(np.add, change, scalars.epsilon, change),
            partial(np.divide, gradients, change, change),
            partial(np.multiply, change, scalars.scale, change),
        ]
        if self.decouples and self.decay is not None:
            decayed = aligned_empty(parameters.size)
            operations += [
                partial(np.multiply, parameters, self.decay, decayed),
                partial(np.multiply, decayed, alpha, decayed),
                partial(np.add, change, decayed, change),
            ]
        return operations


class _AdamScalars:
    """What an update of Adam needs besides arrays of the parameters' size.

    With M = m / (1 - beta1), V = v / (1 - beta2) and r = sqrt((1 - beta2) / (1 - beta2^t)),

        change = scale M / (sqrt(V) + epsilon / r),   scale = alpha (1 - beta1) / (1 - beta1^t) / r
    """

    def __init__(self, count: Array, alpha: Array) -> None:
        self.epsilon, self.scale = constant(0.0), constant(0.0)
        self._count, self._alpha = count, alpha

    def update(self) -> None:
        """Count one more update and work out both."""
        t = self._count.item() + 1.0
        self._count.fill(t)
        r = math.sqrt((1.0 - BETA2) / (1.0 - BETA2**t))
        self.epsilon.fill(EPSILON / r)
        self.scale.fill(self._alpha.item() * (1.0 - BETA1) / ((1.0 - BETA1**t) * r))


def optimizer_named(
    name: str, *, momentum: float = 0.0, nesterov: bool = False, decay: Array | None = None
) -> Optimizer:
    """The optimizer called `name`; ConfigError names the ones there are.

    `momentum` and `nesterov` are those of sgd, the first of rmsprop, too; `decay` (parameters,) is l2
    of each parameter.
    """
    if name == "sgd":
        return Momentum(momentum, nesterov, decay) if momentum else Sgd(decay)
    if name == "rmsprop":
        return RmsProp(momentum, decay)
    if name in ("adam", "adamw"):
        return Adam(decay, decouples=name == "adamw")
    raise ConfigError("optimizer", f"{name!r} is not one of sgd, rmsprop, adam, adamw")


def _gathered(sums: Array, share: Array, g: Array) -> list[Operation]:
    """Operations for sums = share sums + g."""
    return [partial(np.multiply, sums, share, sums), partial(np.add, sums, g, sums)]


def _gathered_squares(sums: Array, share: Array, g: Array, scratch: Array) -> list[Operation]:
    """Operations for sums = share sums + g^2."""
    return [
        partial(np.multiply, sums, share, sums),
        partial(np.square, g, scratch),
        partial(np.add, sums, scratch, sums),
    ]
