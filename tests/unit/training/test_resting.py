"""Parameters at rest: updates leave them alone, and they start gently when they move again."""

import msgspec
import numpy as np
import pytest

from engine.arrays import Array, Operation, constant
from engine.config.edits import NO_EDITS, Edits, Frozen
from engine.training.optimizers import Optimizer, optimizer_named
from engine.training.regularization import charges
from engine.training.resting import Resting
from engine.training.trainer import Phase, Trainer
from helpers.runs import SMALL, TOO_LARGE, moons

SHAPES = [(2, 3), (1, 3)]
"""2-2-1: the second node of the first layer has the parameters 3, 4 and 5, and leads to 7."""

OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": optimizer_named("sgd"),
    "momentum": optimizer_named("sgd", momentum=0.9),
    "nesterov": optimizer_named("sgd", momentum=0.9, nesterov=True),
    "rmsprop": optimizer_named("rmsprop"),
    "rmsprop with momentum": optimizer_named("rmsprop", momentum=0.9),
    "adam": optimizer_named("adam"),
    "adamw": optimizer_named("adamw", decay=charges(SHAPES, 0.1)),
    "sgd with l2": optimizer_named("sgd", decay=charges(SHAPES, 0.1)),
}

WITHOUT_L2 = [name for name, one in OPTIMIZERS.items() if getattr(one, "decay", None) is None]
"""Those whose steps do not depend on the parameters."""

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


class Descent:
    """Nine parameters with the operations of an optimizer; some can rest."""

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.parameters, self.change = np.full(9, 0.5), np.zeros(9)
        self.gradient, self.alpha = np.zeros(9), constant(0.01)
        self.slots, self.count = np.zeros((optimizer.slots, 9)), constant(0.0)

    def follow(self, gradient: float, steps: int, edits: Edits = NO_EDITS) -> Array:
        """Make so many updates with that gradient in each parameter that leads to or from no node that is
        off; the last change.
        """
        resting = Resting.of(edits, SHAPES)
        operations: list[Operation] = self.optimizer.operations(
            self.parameters, self.gradient, self.change, self.slots, self.count, self.alpha
        )
        operations = resting.held(operations, self.change, self.slots, self.optimizer.directions)
        for _ in range(steps):
            self.gradient[...] = np.where(resting.unlinked, 0.0, gradient)
            for operation in operations:
                operation()
            self.parameters -= self.change
        return self.change.copy()


# ---- which they are


@pytest.mark.parametrize(
    ("edits", "frozen", "unlinked"),
    [
        (NO_EDITS, [], []),
        (Edits(frozen=(Frozen(0, 1, 2),)), [5], []),
        (Edits(frozen=(Frozen(0, 1), Frozen(0, 0, 0))), [0, 3, 4, 5], []),
        (Edits(frozen=(Frozen(1),)), [6, 7, 8], []),
        (Edits(off=((0, 1),)), [], [3, 4, 5, 7]),
        (Edits(((0, 0),), (Frozen(1, 0, 2),)), [8], [0, 1, 2, 6]),
    ],
    ids=str,
)
def test_given_edits_when_marked_then_these_parameters_rest(
    edits: Edits, frozen: list[int], unlinked: list[int]
) -> None:
    resting = Resting.of(edits, SHAPES)

    assert np.flatnonzero(resting.frozen).tolist() == frozen
    assert np.flatnonzero(resting.unlinked).tolist() == unlinked
    assert np.flatnonzero(resting.all).tolist() == sorted(frozen + unlinked)


def test_given_nothing_at_rest_when_bound_then_the_calls_are_the_same_ones() -> None:
    calls: list[Operation] = [list, dict]

    assert Resting.of(NO_EDITS, SHAPES).held(calls, np.zeros(9), np.zeros((2, 9)), (0,)) is calls


# ---- what becomes of them


@every_optimizer
@pytest.mark.parametrize(
    "edits", [Edits(frozen=(Frozen(0, 1), Frozen(1, 0, 1))), Edits(off=((0, 1),))], ids=str
)
def test_given_momentum_from_before_when_at_rest_then_nothing_moves_and_all_others_do(
    optimizer: Optimizer, edits: Edits
) -> None:
    descent, free = Descent(optimizer), Descent(optimizer)
    for one in (descent, free):
        one.follow(0.3, 20)
    before = descent.parameters.copy()

    descent.follow(0.3, 20, edits)
    free.follow(0.3, 20)

    at_rest = [3, 4, 5, 7]
    others = [0, 1, 2, 6, 8]
    assert descent.parameters[at_rest].tobytes() == before[at_rest].tobytes()
    assert descent.parameters[others].tolist() == free.parameters[others].tolist()
    assert descent.slots[:, others].tolist() == free.slots[:, others].tolist()


@pytest.mark.parametrize("name", WITHOUT_L2)
@pytest.mark.parametrize("before", [0, 20, 3_000])
def test_given_a_long_freeze_when_it_ends_then_no_step_is_larger_than_without(
    name: str, before: int
) -> None:
    descent, free = Descent(OPTIMIZERS[name]), Descent(OPTIMIZERS[name])
    for one in (descent, free):
        one.follow(0.3, before)
    descent.follow(0.3, 3_000, Edits(frozen=(Frozen(0, 1), Frozen(1, 0, 1))))
    free.follow(0.3, 3_000)

    steps = [descent.follow(0.3, 1)[3] for _ in range(30)]

    assert 0.0 < max(steps) <= free.follow(0.3, 1)[3] * (1.0 + 1e-9)


@pytest.mark.parametrize("name", WITHOUT_L2)
def test_given_a_node_that_was_off_for_long_when_it_is_on_then_no_step_is_larger_than_before(
    name: str,
) -> None:
    """But for what Adam's count makes of it: it goes on meanwhile."""
    descent = Descent(OPTIMIZERS[name])
    last = descent.follow(0.3, 3_000)[3]
    descent.follow(0.3, 3_000, Edits(off=((0, 1),)))

    steps = [descent.follow(0.3, 1)[3] for _ in range(30)]

    assert 0.0 < max(steps) <= last * 1.03


@pytest.mark.parametrize("name", WITHOUT_L2)
@pytest.mark.parametrize("edits", [Edits(frozen=(Frozen(0),)), Edits(off=((0, 1),))], ids=str)
def test_given_a_velocity_when_at_rest_in_between_then_it_is_gone(name: str, edits: Edits) -> None:
    descent = Descent(OPTIMIZERS[name])
    descent.follow(0.3, 50)
    descent.follow(0.3, 1, edits)

    assert descent.follow(0.0, 1)[3:6].tolist() == [0.0] * 3


@every_optimizer
def test_given_a_rest_of_no_update_when_it_ends_then_nothing_was_forgotten(
    optimizer: Optimizer,
) -> None:
    descent, free = Descent(optimizer), Descent(optimizer)
    for one in (descent, free):
        one.follow(0.3, 20)
    descent.follow(0.3, 0, Edits(frozen=(Frozen(0),)))

    assert descent.follow(0.3, 1).tolist() == free.follow(0.3, 1).tolist()


def test_given_a_change_that_is_no_number_when_at_rest_then_it_is_0() -> None:
    descent = Descent(OPTIMIZERS["sgd"])

    change = descent.follow(np.nan, 1, Edits(frozen=(Frozen(0),)))

    assert change[:6].tolist() == [0.0] * 6
    assert np.isnan(change[6:]).all()


# ---- divergence


def all_frozen_but(trainer: Trainer, *layers: int) -> Edits:
    kept = [index for index in range(len(trainer.network.layers)) if index not in layers]
    return Edits(frozen=tuple(Frozen(layer) for layer in kept))


@pytest.mark.parametrize("name", ["sgd", "adam", "rmsprop"])
def test_given_all_frozen_when_trained_with_an_alpha_that_diverges_then_it_does_not(
    name: str,
) -> None:
    config = msgspec.structs.replace(SMALL, optimizer=name, l1=0.1, l2=0.1, warm_up=5)
    trainer = Trainer(config, moons())
    before = trainer.network.sha256()
    trainer.edit(all_frozen_but(trainer))
    trainer.set_alpha(TOO_LARGE)

    assert trainer.advance(300) == 300

    assert trainer.network.sha256() == before
    assert trainer.phase is Phase.DONE


def test_given_one_layer_that_moves_when_it_diverges_then_that_one_is_named() -> None:
    trainer = Trainer(SMALL, moons())
    trainer.edit(all_frozen_but(trainer, 1))
    trainer.set_alpha(TOO_LARGE)

    trainer.advance(300)

    assert trainer.divergence is not None
    assert (trainer.divergence.step, trainer.divergence.layer) == (0, 2)


def test_given_a_frozen_layer_when_the_gradient_is_shown_then_it_is_the_true_one() -> None:
    trainer, other = Trainer(SMALL, moons()), Trainer(SMALL, moons())
    trainer.edit(all_frozen_but(trainer, 1))

    shown, true = trainer.take_gradient().gradient, other.take_gradient().gradient

    assert shown.tobytes() == true.tobytes()
    assert np.abs(true[:12]).max() > 0.0
