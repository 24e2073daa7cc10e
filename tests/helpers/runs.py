"""What the tests of runs, their files and their replays share: small runs, and a look at all of one."""

import functools
import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import strategies as st

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.errors import ConfigError, FileError
from engine.messages.commands import (
    AddPoint,
    Command,
    Extend,
    MakeSteps,
    Pause,
    RemovePoint,
    Reset,
    RestoreCourse,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
    UndoDivergence,
)
from engine.messages.run_state import State
from engine.messages.snapshot import Field
from engine.run.command_log import Recording
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint, recording
from engine.training.trainer import Trainer

SMALL = TrainingConfig(samples=40, layers=(4,), steps=300)

TOO_LARGE = 1e9
"""An alpha whose first update diverges."""


def moons(config: TrainingConfig = SMALL) -> Dataset:
    """Two half moons as many as `config` says, made without scikit-learn, which takes a second."""
    return _moons(config.samples)


@functools.cache
def _moons(samples: int) -> Dataset:
    rng = np.random.default_rng(samples)
    y = (np.arange(samples) % 2).astype(np.float64)
    angle = rng.uniform(0.0, np.pi, samples)
    above = np.stack([np.cos(angle), np.sin(angle)])
    below = np.stack([1.0 - np.cos(angle), 0.5 - np.sin(angle)])
    x = np.where(y == 0.0, above, below) + rng.normal(0.0, 0.2, (2, samples))
    trained = samples * 3 // 4
    return Dataset(
        Points(np.ascontiguousarray(x[:, :trained]), y[:trained]),
        Points(np.ascontiguousarray(x[:, trained:]), y[trained:]),
    )


def new_run(config: TrainingConfig = SMALL) -> Run:
    return Run(config, pace=0, dataset=moons(config))


def state_of(trainer: Trainer) -> tuple[Any, ...]:
    """Everything that a trainer is judged by, to the bit."""
    state = trainer.state()
    histories = (trainer.losses.train.reduced(4096), trainer.losses.test.reduced(4096))
    return (
        trainer.step,
        trainer.total_steps,
        trainer.phase,
        trainer.alpha,
        trainer.alpha_changes,
        repr(trainer.divergence),  # its size may be no number
        trainer.network.sha256(),
        (trainer.best.learned.step, trainer.best.loss, trainer.best.learned.parameters.tobytes()),
        [array.tobytes() for history in histories for array in history],
        trainer.losses.early.state(),
        (state.learned.moments.tobytes(), state.learned.count),
        (state.best.moments.tobytes(), state.best.count),
        repr(state.losses.since_interval),
        (state.plateau, state.patience, state.stopped, state.goes_past),
        (state.batch_sizes, state.sample_counts),
        state.edits,
        [side.tobytes() for points in trainer.dataset[:2] for side in points],
        state.past_schedules,
    )


def assert_same_field(one: Field, other: Field) -> None:
    """Fail where two pictures of the plane differ in a single bit."""
    assert type(one) is type(other)
    for array, expected in zip(
        msgspec.structs.astuple(one), msgspec.structs.astuple(other), strict=True
    ):
        assert (array.shape, array.tobytes()) == (expected.shape, expected.tobytes())


def carry_out(run: Run, doings: Iterable[Command | int]) -> None:
    """Commands, and numbers of updates in between; what is not allowed at its time is let go."""
    for doing in doings:
        if isinstance(doing, int):
            run.advance(doing)
        else:
            try:
                run.apply(doing)
            except ConfigError:
                continue


@functools.cache
def saved() -> bytes:
    """The file of a run after 123 updates."""
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), Pause(), MakeSteps(3)])
    return checkpoint.encode(run)


def refusal(data: bytes) -> str:
    """What is said of `data`, which is no checkpoint, in one line."""
    with pytest.raises(FileError) as caught:
        checkpoint.decode(data)
    return one_line(caught.value)


def one_line(error: Exception) -> str:
    """What `error` says, which must be fit for a line of a terminal."""
    said = str(error)
    assert said.splitlines() == [said]
    assert not any(unicodedata.category(character) == "Cc" for character in said), repr(said)
    return said


def recorded(run: Run) -> Recording:
    """The recording of `run`, as a file holds it."""
    return recording.decode(recording.whole(run.config, run.commands, run.end))


def new_replay(what: Recording) -> Replay:
    return Replay(what, pace=0, dataset=moons(what.config))


def play(replay: Replay, lengths: tuple[int, ...] | list[int] = (1_000,)) -> Replay:
    """Let it go to its end in bursts of `lengths`, taken in turn; fail if it comes to none."""
    turn = 0
    while replay.state is State.RUNNING:
        made = replay.advance(lengths[turn % len(lengths)])
        turn += 1
        assert made or replay.state is not State.RUNNING, "it runs, and makes no update"
        assert turn < 10_000, "it has not come to an end"
    return replay


alphas = st.sampled_from([1e-3, 0.25, 2.0, 300.0, 500.0, TOO_LARGE, 1e300])
"""Three with which this network learns, two that fail after some updates, two at once."""

places = st.floats(-3.0, 3.0)
"""In the plane of the moons, or outside of it."""

commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(SetAlpha, alphas),
    st.just(Rewind()),
    st.just(Reset(None)),
    st.just(Reset(None, 0.25, keeps=False)),
    st.just(RestoreCourse()),
    st.builds(Extend, st.integers(1, 80)),
    st.builds(MakeSteps, st.integers(1, 100)),
    st.just(Pause()),
    st.just(Resume()),
    st.builds(SetPace, st.integers(0, 1000)),
    st.builds(AddPoint, places, places, st.sampled_from([0.0, 1.0, 2.0]), st.booleans()),
    st.builds(RemovePoint, places, places, st.booleans()),
)

doings: st.SearchStrategy[list[Command | int]] = st.lists(
    st.one_of(commands, st.just(UndoDivergence()), st.integers(1, 130)), max_size=16
)
"""What happens to a run: commands, and bursts of so many updates."""

cuts = st.lists(st.integers(1, 130), min_size=1, max_size=8)
"""Lengths of bursts, taken in turn."""
