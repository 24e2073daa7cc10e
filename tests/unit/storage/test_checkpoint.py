"""A run that was saved and loaded goes on as if it had never stopped, to the bit."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    Command,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.run_state import State
from engine.messages.snapshot import LossCurves
from engine.messages.view import View, Window
from engine.run.run import Run
from engine.storage import checkpoint
from engine.training.trainer import Phase, Trainer
from helpers.runs import (
    SMALL,
    TOO_LARGE,
    assert_same_field,
    carry_out,
    cuts,
    doings,
    moons,
    new_run,
    state_of,
)

VIEW = View(
    series_points=200, field_rows=6, field_columns=10, window=Window(layer=0, nodes=4, inputs=3)
)


def through_a_file(run: Run) -> Run:
    return checkpoint.decode(checkpoint.encode(run))


def advance_to(run: Run, step: int, lengths: list[int]) -> None:
    """Advance to `step` in bursts of `lengths`, taken in turn."""
    turn = 0
    while run.trainer.step < step:
        run.advance(min(lengths[turn % len(lengths)], step - run.trainer.step))
        turn += 1


# ---- going on


@pytest.mark.parametrize("rule", ["exact", "article"])
def test_given_a_save_at_5000_when_resumed_to_10000_then_it_is_the_run_without_a_stop(
    rule: str, tmp_path: Path
) -> None:
    config = TrainingConfig(steps=10_000, rule=rule)  # type: ignore[arg-type] # a parameter of the test
    whole, stopped = Trainer(config, moons(config)), new_run(config)
    whole.advance(10_000)
    stopped.advance(5_000)
    checkpoint.save(stopped, tmp_path / "run.npz")

    resumed = checkpoint.load(tmp_path / "run.npz")
    resumed.advance(5_000)

    assert resumed.trainer.step == 10_000
    assert resumed.trainer.network.sha256() == whole.network.sha256()
    assert state_of(resumed.trainer) == state_of(whole)
    assert resumed.trainer.network.sha256() != stopped.trainer.network.sha256()


@pytest.mark.parametrize("rule", ["exact", "article"])
@given(saved_at=st.integers(0, 300), before=cuts, after=cuts)
@settings(deadline=None, max_examples=25)
def test_given_a_save_anywhere_when_resumed_in_any_bursts_then_the_end_is_the_same(
    rule: str, saved_at: int, before: list[int], after: list[int]
) -> None:
    config = TrainingConfig(samples=40, layers=(4,), steps=300, rule=rule)  # type: ignore[arg-type] # a parameter of the test
    whole, stopped = new_run(config), new_run(config)
    whole.advance(300)
    advance_to(stopped, saved_at, before)

    resumed = through_a_file(stopped)
    advance_to(resumed, 300, after)

    assert state_of(resumed.trainer) == state_of(whole.trainer)
    assert checkpoint.encode(resumed) == checkpoint.encode(whole)


@given(doings, doings)
@settings(deadline=None, max_examples=60)
def test_given_anything_done_when_saved_in_between_then_what_follows_has_the_same_outcome(
    before: list[Command | int], after: list[Command | int]
) -> None:
    stopped = new_run()
    carry_out(stopped, before)
    saved = checkpoint.encode(stopped)

    resumed = checkpoint.decode(saved)

    assert checkpoint.encode(resumed) == saved
    assert resumed.state is stopped.state
    assert state_of(resumed.trainer) == state_of(stopped.trainer)
    carry_out(stopped, after)
    carry_out(resumed, after)
    assert state_of(resumed.trainer) == state_of(stopped.trainer)
    assert checkpoint.encode(resumed) == checkpoint.encode(stopped)


# ---- what is kept


def diverge(run: Run, at: int) -> None:
    run.advance(at - run.trainer.step)
    run.apply(SetAlpha(TOO_LARGE))
    run.advance(1)
    assert (run.trainer.phase, run.trainer.step) == (Phase.DIVERGED, at)


def commanded(run: Run) -> None:
    carry_out(run, [120, SetAlpha(0.125), SetPace(7), Pause(), MakeSteps(3), Resume(), 40])


def begun_again(run: Run) -> None:
    carry_out(run, [120, SetAlpha(0.5), Reset(None), 30, Reset(0), 77])


def diverged_on_an_evaluation(run: Run) -> None:
    diverge(run, 100)


def diverged_between_evaluations(run: Run) -> None:
    diverge(run, 120)


def diverged_at_once(run: Run) -> None:
    diverge(run, 0)


def changed_while_diverged(run: Run) -> None:
    diverge(run, 120)
    run.apply(SetAlpha(0.125))
    run.apply(Pause())


def gone_back(run: Run) -> None:
    diverge(run, 120)
    carry_out(run, [SetAlpha(0.125), Rewind(), 30])


def extended(run: Run) -> None:
    carry_out(run, [300, Extend(100), 60, Pause()])


def untouched(run: Run) -> None:
    """Not one update yet."""


def done(run: Run) -> None:
    run.advance(300)


@pytest.mark.parametrize(
    ("prepare", "step", "state"),
    [
        (untouched, 0, State.RUNNING),
        (commanded, 163, State.RUNNING),
        (begun_again, 77, State.RUNNING),
        (diverged_on_an_evaluation, 100, State.DIVERGED),
        (diverged_between_evaluations, 120, State.DIVERGED),
        (diverged_at_once, 0, State.DIVERGED),
        (changed_while_diverged, 120, State.DIVERGED),
        (gone_back, 130, State.RUNNING),
        (extended, 360, State.PAUSED),
        (done, 300, State.DONE),
    ],
)
def test_given_a_run_when_saved_and_loaded_then_a_dashboard_sees_no_difference(
    prepare: Callable[[Run], None], step: int, state: State
) -> None:
    run = new_run()
    prepare(run)

    loaded = through_a_file(run)

    assert (loaded.trainer.step, loaded.state) == (step, state)
    assert checkpoint.encode(loaded) == checkpoint.encode(run)
    assert state_of(loaded.trainer) == state_of(run.trainer)
    seen, expected = loaded.snapshot(VIEW), run.snapshot(VIEW)
    for curve, original in zip(every_curve(seen.curves), every_curve(expected.curves), strict=True):
        np.testing.assert_array_equal(curve, original)
    assert_same_field(seen.field, expected.field)
    np.testing.assert_array_equal(seen.layer.parameters, expected.layer.parameters)
    np.testing.assert_array_equal(seen.layer.gradient, expected.layer.gradient)
    assert seen.points is not None
    np.testing.assert_array_equal(seen.points.train_x, moons().train.x)
    assert seen.divergence == expected.divergence
    assert (seen.train_loss, seen.test_loss) == (expected.train_loss, expected.test_loss)


def every_curve(curves: LossCurves) -> list[Array]:
    return list(msgspec.structs.astuple(curves))


def test_given_a_steered_run_when_loaded_then_all_that_was_done_to_it_is_known() -> None:
    run = new_run()
    carry_out(run, [50, Reset(None), 120, SetAlpha(0.125), SetPace(7), Extend(20), Pause()])

    loaded = through_a_file(run)

    assert loaded.trainer.alpha == 0.125
    assert loaded.trainer.alpha_changes == [(120, 0.125)]
    assert [(one.step, one.command) for one in loaded.commands] == [
        (50, Reset(None)),
        (120, SetAlpha(0.125)),
        (120, SetPace(7)),
        (120, Extend(20)),
        (120, Pause()),
    ]
    assert (loaded.paused, loaded.pace, loaded.number) == (True, 7, 1)
    assert loaded.trainer.total_steps == 320
    assert (loaded.config, loaded.trainer.config) == (SMALL, SMALL)


def test_given_another_seed_was_taken_when_loaded_then_both_configurations_are_known() -> None:
    """Given a run of seed 5 that began with seed 0, then it goes on with the data in its file."""
    other = TrainingConfig(samples=40, layers=(4,), steps=300, seed=5)
    run = new_run(other)
    run.config = SMALL
    run.advance(60)

    loaded = through_a_file(run)
    loaded.apply(Reset(None))

    assert (loaded.config.seed, loaded.trainer.config.seed) == (0, 5)
    assert loaded.trainer.network.sha256() == new_run(other).trainer.network.sha256()


def test_given_a_diverged_run_when_loaded_then_rewinding_has_the_same_outcome() -> None:
    run = new_run()
    diverge(run, 120)
    loaded = through_a_file(run)

    for one in (run, loaded):
        carry_out(one, [SetAlpha(0.125), Rewind(), 500])

    assert loaded.trainer.alpha_changes == [(100, 0.125)]
    assert state_of(loaded.trainer) == state_of(run.trainer)


@pytest.mark.parametrize("size", [np.inf, np.nan, 4.5e300])
def test_given_a_divergence_to_any_size_when_loaded_then_it_is_the_same(size: float) -> None:
    run = new_run()
    diverge(run, 120)
    divergence = run.trainer.divergence
    assert divergence is not None
    run.trainer.divergence = type(divergence)(120, 2, "biases", size, 1e9)

    loaded = through_a_file(run)

    assert repr(loaded.trainer.divergence) == repr(run.trainer.divergence)
