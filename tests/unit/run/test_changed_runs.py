"""Runs whose settings are changed while they go on: replayed, resumed, undone, to the same bits."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from engine.messages.commands import (
    Adjust,
    Command,
    Configure,
    Extend,
    MakeSteps,
    Reset,
    RestoreCourse,
    Rewind,
    SetAlpha,
    UndoDivergence,
)
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint, recording
from engine.training.trainer import Phase
from helpers.runs import carry_out, play, recorded, state_of
from helpers.trainings import LIVE, Training, as_many, cuts, one_of, optimizers, steps, trainings

planes = one_of((), ("x", "y"), ("y", "x"))


@st.composite
def live_changes(draw: st.DrawFn) -> dict[str, Any]:
    """New values of one to four settings that can change live."""
    fields = st.lists(
        st.sampled_from([*LIVE, "optimizer", "plane", "steps"]), min_size=1, max_size=4
    )
    changes: dict[str, Any] = {}
    for field in draw(fields):
        if field == "optimizer":
            changes |= draw(optimizers)
        elif field == "steps":
            changes[field] = draw(st.integers(1, 400))
        else:
            changes[field] = draw(LIVE[field] if field != "plane" else planes)
    return changes


NEW_DATA = (
    {"data": "xor", "samples": 40},
    {"data": "spiral:3", "samples": 50, "noise": 0.1},
    {"data": "sine", "samples": 30},
    {"data": "circles", "samples": 40, "features": ("x2", "y2"), "scaling": "standard"},
    {"data": "gauss", "samples": 40, "balance": 0.3},
    {"data_seed": 5},
)
"""Drawn by their formulas, without scikit-learn."""

new_settings = (
    live_changes()
    | one_of(
        {"loss": "squared_error"},
        {"loss": "auto", "initialization": "glorot"},
        {"weight_seed": 9},
        {"weight_seed": None, "layers": (3, "2:tanh"), "optimizer": "adam", "momentum": 0.0},
        {"features": ("x", "xy"), "scaling": "minmax", "data": "xor", "samples": 36},
        {"rule": "article"},
    )
    | st.sampled_from(NEW_DATA)
)

commands: st.SearchStrategy[Command] = st.one_of(
    *[st.builds(Adjust, live_changes())] * 3,
    st.builds(Configure, new_settings, st.booleans()),
    st.builds(SetAlpha, LIVE["alpha"]),
    st.builds(Extend, st.integers(1, 80)),
    st.builds(MakeSteps, st.integers(1, 100)),
    st.just(Rewind()),
    st.just(RestoreCourse()),
    st.just(UndoDivergence()),
    st.just(Reset(None)),
)

doings: st.SearchStrategy[list[Command | int]] = st.lists(
    st.one_of(commands, st.integers(1, 130)), min_size=1, max_size=14
)
"""What happens to a run: commands, and bursts of so many updates."""


def steered(training: Training, doings: list[Command | int]) -> Run:
    run = training.run()
    carry_out(run, doings)
    return run


def through_a_file(run: Run) -> Run:
    return checkpoint.decode(checkpoint.encode(run))


@given(trainings(), doings, cuts)
@as_many(40)
def test_given_a_run_that_was_changed_when_its_recording_is_replayed_then_it_comes_to_the_same(
    training: Training, doings: list[Command | int], lengths: list[int]
) -> None:
    run = steered(training, doings)
    what = recorded(run)

    replay = play(Replay(what, pace=0, dataset=training.dataset), lengths)

    assert replay.matches
    here, there = replay.trainer, run.trainer
    assert (here.step, here.config, here.alpha) == (there.step, there.config, there.alpha)
    assert here.state().learned.moments.tobytes() == there.state().learned.moments.tobytes()


@given(trainings(), doings, st.sets(st.integers(0, 14), max_size=4))
@as_many(25)
def test_given_a_run_that_was_changed_when_saved_in_between_then_nothing_differs(
    training: Training, doings: list[Command | int], saved_before: set[int]
) -> None:
    never, run = steered(training, [*doings, 300]), training.run()
    for number, doing in enumerate([*doings, 300]):
        if number in saved_before:
            run = through_a_file(run)
        carry_out(run, [doing])

    assert state_of(run.trainer) == state_of(never.trainer)
    assert recording.encoded(run.commands) == recording.encoded(never.commands)
    assert (run.paused, run.number, run.state) == (never.paused, never.number, never.state)
    assert (run.kept is None) == (never.kept is None)
    for one in (run, never):
        carry_out(one, [RestoreCourse(), Rewind(), 300])
    assert state_of(run.trainer) == state_of(never.trainer)


@given(trainings(), st.lists(st.builds(Adjust, live_changes()), max_size=2), steps, new_settings)
@as_many(25)
def test_given_a_run_configured_anew_when_undone_then_it_goes_on_as_if_it_never_was(
    training: Training, before: list[Command | int], step: int, changes: dict[str, Any]
) -> None:
    run, never = training.run(), training.run()
    for one in (run, never):
        carry_out(one, [30, *before, step + 1])
    had_begun = never.trainer.step > 0
    carry_out(run, [Configure(changes), 70])
    if run.number == 0 or not had_begun:
        return  # it was refused, or there was nothing to keep

    run.apply(RestoreCourse())

    assert state_of(run.trainer) == state_of(never.trainer)
    assert run.trainer.dataset is never.trainer.dataset
    for one in (run, never):
        one.paused = False
        carry_out(one, [300])
    assert state_of(run.trainer) == state_of(never.trainer)


@given(trainings(alphas=(0.02, 0.3)), steps, one_of(0.01, 0.1), cuts)
@as_many(25)
def test_given_a_divergence_with_moments_when_rewound_then_what_follows_is_as_if_it_never_was(
    training: Training, step: int, alpha: float, lengths: list[int]
) -> None:
    """Given what knows the step alone, not the losses before: a plateau is no longer where it was."""
    schedule = training.config.schedule
    schedule = "constant" if schedule.startswith("plateau") else schedule
    config = msgspec.structs.replace(
        training.config, until_loss=None, patience=None, schedule=schedule
    )
    run, never = (Training(config, training.dataset).run() for _ in range(2))
    carry_out(run, [step, SetAlpha(1e300), 1])
    if run.trainer.phase is not Phase.DIVERGED:
        return  # its last update was made, or there was no gradient

    run.apply(Rewind(alpha))
    never.advance(run.trainer.step)
    never.apply(SetAlpha(alpha))

    for length in lengths:
        run.advance(length)
    for one in (run, never):
        one.advance(300)
    assert state_of(run.trainer) == state_of(never.trainer)
