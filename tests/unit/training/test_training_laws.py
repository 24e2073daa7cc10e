"""Laws that hold for every configuration: bursts add up, copies go on alike, looking changes nothing."""

import copy
import warnings
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.messages.run_state import State
from engine.messages.view import View, Window
from engine.probes.data_points import data_points, plane_of
from engine.probes.decision_field import DecisionField
from engine.probes.evaluation import evaluation_of
from engine.probes.layer_view import layer_view
from engine.probes.loss_curves import loss_curves
from engine.probes.report import report_on
from engine.run.run import Run
from engine.storage import checkpoint
from engine.training.trainer import Phase, Trainer
from helpers.runs import state_of
from helpers.trainings import Training, advance_to, as_many, cuts, steps, to_the_end, trainings


@given(trainings(), cuts)
@as_many(40)
def test_given_any_training_when_cut_into_bursts_then_they_add_up_to_the_bit(
    training: Training, lengths: list[int]
) -> None:
    whole, cut = training.trainer(), training.trainer()
    to_the_end(whole, [10_000])
    to_the_end(cut, lengths)

    assert cut.phase in (Phase.DONE, Phase.DIVERGED)
    assert state_of(cut) == state_of(whole)
    assert cut.advance(5) == 0
    assert state_of(cut) == state_of(whole)


@given(trainings(), cuts, st.integers(1, 200))
@as_many(15)
def test_given_a_training_that_has_ended_when_extended_then_bursts_do_not_matter(
    training: Training, lengths: list[int], more: int
) -> None:
    whole, cut = training.trainer(), training.trainer()
    for trainer, in_turn in ((whole, [10_000]), (cut, lengths)):
        for _ in range(3):
            to_the_end(trainer, in_turn)
            if trainer.phase is Phase.DIVERGED:
                trainer.rewind()
            else:
                trainer.extend(more)
        to_the_end(trainer, in_turn)

    assert state_of(cut) == state_of(whole)


# ---- another that goes on in its place


def copied(trainer: Trainer) -> Trainer:
    return copy.deepcopy(trainer)


def from_its_state(trainer: Trainer) -> Trainer:
    return Trainer.from_state(trainer.state(), trainer.dataset)


def through_a_file(trainer: Trainer) -> Trainer:
    run = Run(trainer.config, pace=0, dataset=trainer.dataset)
    run.trainer = trainer
    return checkpoint.decode(checkpoint.encode(run)).trainer


@pytest.mark.parametrize("way", [copied, from_its_state, through_a_file])
@given(trainings(), steps, cuts)
@as_many(15)
def test_given_any_step_when_another_takes_over_then_it_goes_on_to_the_bit(
    way: Callable[[Trainer], Trainer], training: Training, step: int, lengths: list[int]
) -> None:
    """Given also one that has stopped, has diverged, or stands at an evaluation."""
    original = training.trainer()
    advance_to(original, step, [10_000])

    other = way(original)

    assert state_of(other) == state_of(original)
    to_the_end(other, lengths)
    to_the_end(original, [10_000])
    assert state_of(other) == state_of(original)
    for trainer in (other, original):
        if trainer.phase is Phase.DIVERGED:
            trainer.rewind()
        else:
            trainer.extend(60)
        to_the_end(trainer, [10_000])
    assert state_of(other) == state_of(original)


# ---- a look at it


def look(trainer: Trainer, most: int | None) -> None:
    """Ask for everything that can be drawn of it."""
    now = evaluation_of(trainer, most)
    for layer in range(len(trainer.network.layers)):
        layer_view(trainer, Window(layer, nodes=4, inputs=3), now.gradient_cache, (0, 1))
    plane = plane_of(trainer.dataset.task, ())
    bounds = data_points(trainer.dataset, plane).bounds
    DecisionField(trainer, plane, bounds).field(5, 7)
    loss_curves(trainer, 40)
    report_on(trainer, State.PAUSED, 1.0)


@given(trainings(), st.lists(steps, min_size=1, max_size=3), st.sampled_from([None, 1, 5]))
@as_many(15)
def test_given_any_steps_when_looked_at_then_the_course_is_as_without(
    training: Training, at: list[int], most: int | None
) -> None:
    watched, alone = training.trainer(), training.trainer()
    for step in sorted(at):
        advance_to(watched, step, [10_000])
        advance_to(alone, step, [10_000])
        with warnings.catch_warnings(action="error"):
            look(watched, most)
        assert state_of(watched) == state_of(alone)
    to_the_end(watched, [10_000])
    to_the_end(alone, [10_000])

    assert state_of(watched) == state_of(alone)


@given(trainings(), steps)
@as_many(10)
def test_given_a_run_when_a_dashboard_looks_twice_then_both_see_the_same(
    training: Training, step: int
) -> None:
    run = training.run()
    run.advance(step)
    view = View(20, 4, 6, Window(layer=1, nodes=3, inputs=3))

    first, second = run.snapshot(view), run.snapshot(view)
    run.touch()
    third = run.snapshot(view)

    for seen in (second, third):
        assert (seen.train, seen.test) == (first.train, first.test)
        assert seen.layer.gradient.tobytes() == first.layer.gradient.tobytes()
