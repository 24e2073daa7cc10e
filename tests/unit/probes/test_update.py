"""The next update of one parameter: it is what training then does, to the last bit, and asking for it
changes nothing.
"""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.config.edits import NO_EDITS, Place, Scope
from engine.config.training_config import TrainingConfig
from engine.messages.layer_view import UpdateView
from engine.messages.view import View, Window
from engine.probes.evaluation import evaluation_of
from engine.probes.layer_view import layer_view
from engine.probes.update import update_view
from engine.training.optimizers import EPSILON
from engine.training.trainer import Phase, Trainer
from helpers.runs import moons, new_run, state_of
from helpers.trainings import Training, advance_to, as_many, steps, trainings

CURSOR = (1, 2)
"""The bias of the second node of the first layer."""


def trainer_of(**settings: object) -> Trainer:
    config = TrainingConfig(samples=40, layers=(4,), steps=300, **settings)  # type: ignore[arg-type] # drawn by name
    return Trainer(config, moons(config))


def next_update(trainer: Trainer, layer: int, cursor: tuple[int, int]) -> UpdateView:
    found = update_view(trainer, layer, cursor, evaluation_of(trainer).gradient_cache)
    assert found is not None
    return found


def every_update(trainer: Trainer) -> list[list[list[UpdateView]]]:
    """That of every parameter: by layer, node and input."""
    gradients = evaluation_of(trainer).gradient_cache
    found = []
    for number, layer in enumerate(trainer.network.layers):
        nodes, columns = layer.parameters.shape
        found.append(
            [
                [
                    update_view(trainer, number, (node, input_), gradients)
                    for input_ in range(columns)
                ]
                for node in range(nodes)
            ]
        )
    return found  # type: ignore[return-value] # each of these exists


@given(trainings(), steps)
@as_many(60)
def test_given_any_training_when_an_update_is_told_then_that_is_what_is_made_to_the_bit(
    training: Training, step: int
) -> None:
    trainer = training.trainer()
    advance_to(trainer, step, [10_000])
    assume(trainer.phase is Phase.TRAINING)
    before = state_of(trainer)
    told = every_update(trainer)
    assert state_of(trainer) == before

    plateau = trainer.updates.schedule.state().factor
    made = trainer.advance(1)

    assume(made == 1)  # it may stop or diverge at this step instead
    assume(trainer.updates.schedule.state().factor == plateau)  # judged at this very step
    for layer, updates in zip(trainer.network.layers, told, strict=True):
        updated = np.array([[update.updated for update in row] for row in updates])
        assert updated.tobytes() == layer.parameters.tobytes()


@given(trainings(), steps)
@as_many(40)
def test_given_any_training_when_an_update_is_told_then_its_terms_make_up_what_is_subtracted(
    training: Training, step: int
) -> None:
    trainer = training.trainer()
    advance_to(trainer, step, [10_000])
    assume(trainer.phase is not Phase.DIVERGED)

    for update in (update for layer in every_update(trainer) for row in layer for update in row):
        parts = dict(update.parts)
        change, l1 = update.alpha * update.direction, parts.pop("l1", 0.0)
        taken = change + l1
        # where l1 takes back nearly all of a huge change, what is left of both is rounding
        scale = abs(update.value) + abs(change) + abs(l1)
        assert update.updated == pytest.approx(update.value - taken, rel=1e-9, abs=1e-12 * scale)
        assert update.direction == pytest.approx(recombined(update, parts), rel=1e-6, abs=1e-12)


def recombined(update: UpdateView, parts: dict[str, float]) -> float:
    """The direction, put together again from its terms."""
    if not parts:
        return update.gradient
    root = parts.get("root v")
    top = parts.get("mean m", 0.0) + parts.get("gradient", 0.0)
    if root is None:
        return top + parts.get("l2 w", 0.0) + parts.get("momentum", 0.0)
    if "mean m" in parts:
        return top / (root + EPSILON) + parts.get("l2 w", 0.0)
    return (top + parts.get("l2 w", 0.0)) / (root + EPSILON) + parts.get("momentum", 0.0)


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, []),
        ({"l2": 0.01}, ["gradient", "l2 w"]),
        ({"l1": 0.01}, ["l1"]),
        ({"momentum": 0.9}, ["gradient", "momentum"]),
        ({"momentum": 0.9, "nesterov": True, "l2": 0.01}, ["gradient", "l2 w", "momentum"]),
        ({"optimizer": "rmsprop", "alpha": 0.01}, ["gradient", "root v"]),
        (
            {"optimizer": "rmsprop", "momentum": 0.5, "alpha": 0.01},
            ["gradient", "root v", "momentum"],
        ),
        ({"optimizer": "adam", "alpha": 0.01, "l2": 0.01}, ["mean m", "root v"]),
        ({"optimizer": "adamw", "alpha": 0.01, "l2": 0.01}, ["mean m", "root v", "l2 w"]),
    ],
)
def test_given_an_optimizer_when_an_update_is_told_then_its_terms_have_these_names(
    settings: dict[str, object], names: list[str]
) -> None:
    trainer = trainer_of(**settings)
    trainer.advance(7)

    assert [name for name, _ in next_update(trainer, 0, (1, 1)).parts] == names


def test_given_a_bias_when_its_update_is_told_then_no_penalty_is_in_it() -> None:
    trainer = trainer_of(l1=0.01, l2=0.01)
    trainer.advance(7)

    assert next_update(trainer, 0, CURSOR).parts == []


def test_given_warm_up_when_alpha_is_told_then_it_is_that_of_the_next_update() -> None:
    trainer = trainer_of(warm_up=10, alpha=0.5)
    trainer.advance(3)

    assert next_update(trainer, 0, CURSOR).alpha == 0.2


@pytest.mark.parametrize("cursor", [(4, 0), (0, 3), (-1, 0), (0, -1)])
def test_given_no_such_parameter_when_asked_for_then_nothing_is_told(
    cursor: tuple[int, int],
) -> None:
    trainer = trainer_of()

    assert update_view(trainer, 0, cursor, evaluation_of(trainer).gradient_cache) is None


def test_given_a_view_when_it_has_a_cursor_then_the_snapshot_tells_its_update_and_no_other_does() -> (
    None
):
    run = new_run()
    run.advance(20)

    told = run.snapshot(View(window=Window(1, nodes=1, inputs=2), cursor=(0, 4))).layer.update
    assert told is not None
    assert (told.node, told.input) == (0, 4)
    assert told.value == run.trainer.network.layers[1].biases[0]
    assert run.snapshot(View(window=Window(1, nodes=1, inputs=2))).layer.update is None


@pytest.mark.parametrize("scope", ["parameter", "node", "layer"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_given_frozen_parameters_when_their_update_is_told_then_they_stay(
    scope: Scope, optimizer: str
) -> None:
    trainer = trainer_of(optimizer=optimizer, alpha=0.05, l1=0.01, l2=0.01)
    trainer.advance(5)
    trainer.edit(NO_EDITS.with_scope(Place(0, 1, 2), scope))
    told = next_update(trainer, 0, CURSOR)
    every = every_update(trainer)
    trainer.advance(1)

    assert told.frozen == scope
    assert told.updated == told.value
    assert told.gradient != 0.0
    for layer, updates in zip(trainer.network.layers, every, strict=True):
        updated = np.array([[update.updated for update in row] for row in updates])
        assert updated.tobytes() == layer.parameters.tobytes()


def test_given_a_node_that_is_off_when_an_update_is_told_then_that_is_what_is_made() -> None:
    trainer = trainer_of(momentum=0.9, l1=0.01)
    trainer.advance(5)
    trainer.edit(NO_EDITS.with_node(0, 1, on=False))
    every = every_update(trainer)
    trainer.advance(1)

    for layer, updates in zip(trainer.network.layers, every, strict=True):
        updated = np.array([[update.updated for update in row] for row in updates])
        assert updated.tobytes() == layer.parameters.tobytes()


# ---- what the last update changed


def last_change(trainer: Trainer) -> list[list[float]] | None:
    window = Window(0, nodes=4, inputs=3)
    found = layer_view(trainer, window, evaluation_of(trainer).gradient_cache).last_change
    return None if found is None else found.tolist()


@given(trainings(), steps, st.integers(1, 3))
@as_many(30)
def test_given_any_training_when_an_update_was_made_then_its_change_is_told(
    training: Training, step: int, more: int
) -> None:
    trainer = training.trainer()
    advance_to(trainer, step, [10_000])
    trainer.advance(more - 1)
    before = trainer.network.parameters.copy()
    assume(trainer.advance(1) == 1)

    for number, layer in enumerate(trainer.network.layers):
        window = Window(number, nodes=1, node=0, inputs=1, input=layer.num_inputs)
        told = layer_view(trainer, window, evaluation_of(trainer).gradient_cache).last_change
        was = before[trainer.network.part(number)].reshape(layer.parameters.shape)
        assert told is not None
        size = max(abs(float(was[0, -1])), math.fabs(float(told[0, 0])))
        assert float(was[0, -1]) + float(told[0, 0]) == pytest.approx(
            float(layer.parameters[0, -1]), rel=1e-12, abs=1e-12 * size
        )


def test_given_l1_when_an_update_was_made_then_what_it_took_is_in_the_change() -> None:
    trainer = trainer_of(l1=0.05)
    trainer.advance(10)
    before = trainer.network.layers[0].parameters.copy()
    trainer.advance(1)

    after = trainer.network.layers[0].parameters
    assert last_change(trainer) == pytest.approx(after - before, abs=1e-15)


def test_given_no_update_yet_when_the_change_is_asked_for_then_there_is_none() -> None:
    """Given a new run, one that was reset, one with other layers, one from a file, one that went back."""
    trainer = trainer_of()
    assert last_change(trainer) is None
    trainer.advance(3)
    assert last_change(trainer) is not None
    assert last_change(Trainer.from_state(trainer.state(), trainer.dataset)) is None
    trainer.reset()
    assert last_change(trainer) is None


def test_given_a_divergence_when_the_change_is_asked_for_then_it_was_not_made() -> None:
    trainer = trainer_of()
    trainer.advance(3)
    trainer.set_alpha(1e9)
    trainer.advance(1)
    assert trainer.phase is Phase.DIVERGED
    assert last_change(trainer) is None
    trainer.rewind()
    assert last_change(trainer) is None
