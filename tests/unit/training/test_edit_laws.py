"""Laws of networks that were edited by hand, for every configuration."""

import copy
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.arrays import Array
from engine.config.edits import NO_EDITS, WIDER, Edits, Place
from engine.errors import ConfigError
from engine.network.transplant import layer_shapes, layer_views
from engine.run.run import Run
from engine.storage import checkpoint
from engine.training.resting import Resting
from engine.training.trainer import Phase, Trainer
from engine.training.trainer_state import LearnedState
from helpers.runs import SMALL, moons, state_of
from helpers.trainings import Training, advance_to, as_many, cuts, steps, to_the_end, trainings


@st.composite
def edits_of(draw: st.DrawFn, trainer: Trainer, *, most_off: int = 3) -> Edits:
    """Some nodes that are off, and parameters that are frozen, of a trainer's network."""
    shapes, edits = layer_shapes(trainer.network), NO_EDITS
    hidden = [
        (layer, node) for layer, (nodes, _) in enumerate(shapes[:-1]) for node in range(nodes)
    ]
    if hidden:
        for layer, node in draw(st.lists(st.sampled_from(hidden), max_size=most_off)):
            edits = edits.with_node(layer, node, on=False)
    for _ in range(draw(st.integers(0, 3))):
        layer = draw(st.integers(0, len(shapes) - 1))
        nodes, columns = shapes[layer]
        place = Place(layer, draw(st.integers(0, nodes - 1)), draw(st.integers(0, columns - 1)))
        edits = edits.with_scope(place, draw(st.sampled_from(list(WIDER))))
    return edits


def resting(trainer: Trainer) -> Resting:
    return Resting.of(trainer.edits, layer_shapes(trainer.network))


# ---- at rest


@given(trainings(), st.data(), steps, cuts)
@as_many(25)
def test_given_any_edits_when_trained_then_what_is_at_rest_keeps_its_bits(
    training: Training, data: st.DataObject, step: int, lengths: list[int]
) -> None:
    trainer = training.trainer()
    advance_to(trainer, step, [10_000])
    trainer.edit(data.draw(edits_of(trainer)))
    at_rest = resting(trainer).all
    before = trainer.network.parameters[at_rest].tobytes()

    to_the_end(trainer, lengths)

    assert trainer.network.parameters[at_rest].tobytes() == before
    moving = trainer.network.parameters[~at_rest]
    assert np.isfinite(moving).all()


@given(trainings(), st.data(), steps, cuts)
@as_many(12)
def test_given_any_edits_when_cut_into_bursts_then_they_add_up_to_the_bit(
    training: Training, data: st.DataObject, step: int, lengths: list[int]
) -> None:
    whole, cut = training.trainer(), training.trainer()
    edits = data.draw(edits_of(whole))
    for trainer, in_turn in ((whole, [10_000]), (cut, lengths)):
        advance_to(trainer, step, in_turn)
        trainer.edit(edits)
        to_the_end(trainer, in_turn)

    assert state_of(cut) == state_of(whole)


def copied(trainer: Trainer) -> Trainer:
    return copy.deepcopy(trainer)


def through_a_file(trainer: Trainer) -> Trainer:
    run = Run(trainer.config, pace=0, dataset=trainer.dataset)
    run.trainer = trainer
    return checkpoint.decode(checkpoint.encode(run)).trainer


@pytest.mark.parametrize("way", [copied, through_a_file])
@given(trainings(), st.data(), steps, st.integers(0, 60))
@as_many(10)
def test_given_any_edits_when_another_takes_over_then_it_goes_on_to_the_bit(
    way: Callable[[Trainer], Trainer],
    training: Training,
    data: st.DataObject,
    step: int,
    more: int,
) -> None:
    """Given a parameter that was set, too, and nodes that are switched on again after it."""
    original = training.trainer()
    advance_to(original, step, [10_000])
    original.edit(data.draw(edits_of(original)))
    original.set_parameter(Place(0, 0, 0), 0.75)
    original.advance(more)

    other = way(original)

    assert state_of(other) == state_of(original)
    for trainer in (other, original):
        to_the_end(trainer, [10_000])
        trainer.edit(NO_EDITS)
        if trainer.phase is Phase.DIVERGED:
            trainer.rewind()
        else:
            trainer.extend(60)
        to_the_end(trainer, [10_000])
    assert state_of(other) == state_of(original)


@given(trainings(), st.data(), steps)
@as_many(12)
def test_given_any_edits_when_taken_back_before_an_update_then_the_course_is_as_without(
    training: Training, data: st.DataObject, step: int
) -> None:
    edited, never = training.trainer(), training.trainer()
    for trainer in (edited, never):
        advance_to(trainer, step, [10_000])
    edited.edit(data.draw(edits_of(edited)))
    edited.take_gradient()

    edited.edit(NO_EDITS)

    for trainer in (edited, never):
        to_the_end(trainer, [10_000])
    assert edited.network.sha256() == never.network.sha256()
    assert (edited.step, edited.phase) == (never.step, never.phase)


# ---- a node that is off is as good as none


def without(flat: Array, trainer: Trainer, off: tuple[tuple[int, int], ...]) -> Array:
    """`flat`, which has a value for each parameter, without those of the nodes that are `off`."""
    layers = list(layer_views(flat, layer_shapes(trainer.network)))
    for layer, node in reversed(off):
        layers[layer] = np.delete(layers[layer], node, axis=0)
        layers[layer + 1] = np.delete(layers[layer + 1], node, axis=1)
    return np.concatenate([layer.reshape(-1) for layer in layers])


def without_nodes(trainer: Trainer) -> Trainer:
    """A trainer of the network that there is once its nodes that are off have been taken out."""
    off, state = trainer.edits.off, trainer.state()

    def smaller(learned: LearnedState) -> LearnedState:
        moments = [without(slot, trainer, off) for slot in learned.moments]
        parameters = without(learned.parameters, trainer, off)
        shaped = np.array(moments).reshape(len(moments), parameters.size)
        return msgspec.structs.replace(learned, parameters=parameters, moments=shaped)

    sizes = [
        nodes - sum(at == layer for at, _ in off) for layer, nodes in enumerate(_hidden(trainer))
    ]
    names = trainer.config.hidden_activations
    layers = tuple(f"{size}:{name}" for size, name in zip(sizes, names, strict=True))
    smaller_state = msgspec.structs.replace(
        state,
        config=msgspec.structs.replace(state.config, layers=layers),
        learned=smaller(state.learned),
        best=smaller(state.best),
        edits=NO_EDITS,
    )
    return Trainer.from_state(smaller_state, trainer.dataset)


def _hidden(trainer: Trainer) -> list[int]:
    return [layer.num_nodes for layer in trainer.network.layers[:-1]]


@given(trainings(alphas=(1e-3, 0.02)), st.data(), st.integers(0, 60))
@as_many(25)
def test_given_nodes_that_are_off_when_trained_then_as_if_they_were_not_there(
    training: Training, data: st.DataObject, step: int
) -> None:
    """Given every optimizer, penalty and rule: predictions and the updates of all others are the same,
    but for rounding.
    """
    values = msgspec.structs.replace(training.config, dropout=0.0, steps=260)
    trainer = Training(values, training.dataset).trainer()
    trainer.advance(step)
    assume(trainer.phase is Phase.TRAINING)
    off = data.draw(edits_of(trainer)).off
    left = [
        nodes - sum(at == layer for at, _ in off) for layer, nodes in enumerate(_hidden(trainer))
    ]
    assume(off and min(left) > 0)
    trainer.edit(Edits(off=off))
    pruned = without_nodes(trainer)

    for _ in range(3):
        np.testing.assert_allclose(trainer.test_side.loss(), pruned.test_side.loss(), rtol=1e-9)
        whole = trainer.take_gradient()
        mine, its = without(whole.gradient, trainer, off), pruned.take_gradient().gradient
        np.testing.assert_allclose(mine, its, rtol=1e-7, atol=1e-10)
        trainer.advance(1)
        pruned.advance(1)
        others = without(trainer.network.parameters, trainer, off)
        np.testing.assert_allclose(others, pruned.network.parameters, rtol=1e-7, atol=1e-8)


# ---- one parameter


@given(trainings(alphas=(1e-3, 0.02)), st.data(), steps, st.floats(-50.0, 50.0))
@as_many(12)
def test_given_any_parameter_when_set_then_it_alone_is_another_and_goes_on_from_rest(
    training: Training, data: st.DataObject, step: int, value: float
) -> None:
    trainer = training.trainer()
    advance_to(trainer, step, [10_000])
    before = trainer.state()
    position = data.draw(st.integers(0, trainer.network.parameters.size - 1))

    trainer.set_parameter(_place(trainer, position), value)

    after = trainer.state()
    assert after.learned.parameters[position] == value
    expected = before.learned.moments.copy()
    expected[list(trainer.updates.directions), position] = 0.0
    assert after.learned.moments.tobytes() == expected.tobytes()
    others = np.arange(after.learned.parameters.size) != position
    assert after.learned.parameters[others].tobytes() == before.learned.parameters[others].tobytes()
    assert (after.learned.step, after.learned.count) == (before.learned.step, before.learned.count)
    assert after.losses.train.count == before.losses.train.count


def _place(trainer: Trainer, position: int) -> Place:
    """Where the parameter is that has this number among all."""
    for layer, (nodes, columns) in enumerate(layer_shapes(trainer.network)):
        if position < nodes * columns:
            return Place(layer, *divmod(position, columns))
        position -= nodes * columns
    raise AssertionError("there are not so many")


def test_given_minus_0_when_set_then_it_is_0_and_keeps_that_at_rest() -> None:
    trainer = Trainer(msgspec.structs.replace(SMALL, l1=0.1), moons())
    trainer.set_parameter(Place(0, 0, 0), -0.0)
    trainer.edit(NO_EDITS.with_scope(Place(0, 0, 0), "parameter"))
    before = str(trainer.network.parameters[0])

    trainer.advance(10)

    assert (before, str(trainer.network.parameters[0])) == ("0.0", "0.0")


def test_given_values_that_together_are_those_of_a_divergence_when_set_then_the_last_is_refused() -> (
    None
):
    config = msgspec.structs.replace(SMALL, layers=())
    trainer = Trainer(config, moons(config))
    trainer.set_parameter(Place(0, 0, 0), 1000.0)
    trainer.set_parameter(Place(0, 0, 1), -1000.0)
    before = state_of(trainer)

    with pytest.raises(ConfigError) as caught:
        trainer.set_parameter(Place(0, 0, 2), 1000.0)

    assert str(caught.value) == (
        "parameter: with 1000, the root mean square of all would be 1,000; a run diverges at 1,000"
    )
    assert state_of(trainer) == before
    trainer.set_parameter(Place(0, 0, 2), 999.0)
