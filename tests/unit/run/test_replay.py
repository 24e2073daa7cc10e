"""A replay comes to the same parameters as the run that was recorded, to the bit."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ConfigError
from engine.messages.commands import (
    Adjust,
    Command,
    Configure,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    RestoreCourse,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
    UndoDivergence,
)
from engine.messages.run_state import State
from engine.run.command_log import End
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import recording
from helpers.runs import (
    SMALL,
    TOO_LARGE,
    carry_out,
    cuts,
    doings,
    new_replay,
    new_run,
    play,
    recorded,
    state_of,
)

NOT_ITS_END = "0" * 64


# ---- what can be done to a run

SCENARIOS: dict[str, tuple[list[Command | int], int]] = {
    "left alone": ([300], 300),
    "ended early": ([77], 77),
    "ended before it began": ([], 0),
    "alpha down": ([120, SetAlpha(0.125), 180], 300),
    "alpha before the first update": ([SetAlpha(0.5), SetAlpha(2.0), 90], 90),
    "paused": ([100, Pause(), 50, Resume(), 60, Pause()], 160),
    "stepped": ([100, MakeSteps(7), MakeSteps(), SetAlpha(2.0), MakeSteps(30)], 138),
    "pace": ([100, SetPace(3), 50], 150),
    "begun again": ([120, SetAlpha(0.125), 80, Reset(None), 150], 150),
    "begun again at once": ([120, Reset(None)], 0),
    "begun again twice, with a change in each": (
        [120, SetAlpha(0.125), Reset(None), 50, SetAlpha(2.0), Reset(0), 50, SetAlpha(1.0), 9],
        59,
    ),
    "extended": ([300, Extend(100), 60], 360),
    "extended on the way": ([50, Extend(100), 350], 400),
    "alpha at the end": ([300, SetAlpha(0.125), Extend(50), 50], 350),
    "diverged": ([120, SetAlpha(TOO_LARGE), 1], 120),
    "about to diverge": ([120, SetAlpha(TOO_LARGE)], 120),
    "diverged on an evaluation": ([100, SetAlpha(1e300), 500], 100),
    "diverged at once": ([SetAlpha(TOO_LARGE), 5], 0),
    "alpha down while diverged": ([120, SetAlpha(TOO_LARGE), 1, SetAlpha(0.125)], 120),
    "extended while diverged": ([120, SetAlpha(TOO_LARGE), 1, Extend(5)], 120),
    "begun again from a divergence": (
        [120, SetAlpha(TOO_LARGE), 1, Reset(None), SetAlpha(0.25), 80],
        80,
    ),
    "diverged twice": (
        [120, SetAlpha(TOO_LARGE), 1, Reset(None), 1, SetAlpha(0.25), Rewind(), 30],
        30,
    ),
    "gone back": ([100, SetAlpha(200.0), 200, SetAlpha(0.125), Rewind(), 150], 250),
    "gone back at once": ([120, SetAlpha(TOO_LARGE), 1, SetAlpha(0.125), Rewind()], 100),
    "gone back to the alpha that held": ([120, SetAlpha(TOO_LARGE), 1, UndoDivergence(), 60], 160),
    "begun again with another alpha": ([120, SetAlpha(2.0), 30, Reset(None, 0.25), 70], 70),
    "restored": ([120, SetAlpha(0.125), 30, Reset(None), 70, RestoreCourse(), 20], 170),
    "restored twice": (
        [120, Reset(None), SetAlpha(2.0), 70, RestoreCourse(), 20, RestoreCourse(), 9],
        79,
    ),
    "restored from beyond a reset that keeps nothing": (
        [120, Reset(None), 70, Reset(None, keeps=False), 30, RestoreCourse(), 20],
        140,
    ),
    "restored to a divergence": (
        [120, SetAlpha(TOO_LARGE), 1, Reset(None, 0.25), 70, RestoreCourse()],
        120,
    ),
    "restored from a divergence": (
        [120, Reset(None, TOO_LARGE), 1, RestoreCourse(), SetAlpha(0.25), 30],
        150,
    ),
    "gone back until it learned": ([120, SetAlpha(1e5), *[300, Rewind()] * 16], 300),
}


@pytest.mark.parametrize("lengths", [(1_000,), (1,), (37, 50, 3)], ids=str)
@pytest.mark.parametrize(("done", "step"), SCENARIOS.values(), ids=SCENARIOS.keys())
def test_given_a_run_when_replayed_then_it_comes_to_the_same_end(
    done: list[Command | int], step: int, lengths: tuple[int, ...]
) -> None:
    run = new_run()
    carry_out(run, done)
    assert run.trainer.step == step

    replay = play(new_replay(recorded(run)), lengths)

    assert replay.trainer.network.sha256() == run.trainer.network.sha256()
    assert state_of(replay.trainer) == state_of(run.trainer)
    assert replay.matches is True
    assert replay.report().matches is True
    diverged = run.state is State.DIVERGED
    assert replay.state is (State.DIVERGED if diverged else State.DONE)
    assert replay.advance(10) == 0


def test_given_another_seed_was_taken_when_replayed_then_its_data_are_drawn_again() -> None:
    run = Run(SMALL, pace=0)
    carry_out(run, [120, Reset(5), 80, SetAlpha(0.125), 70])

    replay = play(Replay(recorded(run), pace=0), (37,))

    assert replay.trainer.config.seed == 5
    assert state_of(replay.trainer) == state_of(run.trainer)
    assert replay.matches is True
    replay.apply(Reset(None))
    assert replay.trainer.config == SMALL
    assert play(replay).matches is True


@pytest.mark.parametrize(
    "command",
    [
        Adjust({"layers": (3, 2)}),
        Adjust({"batch_size": 7, "optimizer": "adam"}),
        Configure({"layers": (3,), "loss": "squared_error"}),
        Configure({"data": "circles", "samples": 60, "noise": 0.1}),
        Configure({"seed": 4, "features": ("x", "x2")}),
    ],
    ids=repr,
)
def test_given_other_settings_in_the_recording_when_begun_again_then_with_those_it_began_with(
    command: Command,
) -> None:
    run = Run(SMALL, pace=0)
    carry_out(run, [120, command, 80])
    replay = play(Replay(recorded(run), pace=0))

    replay.apply(Reset(None))

    assert (replay.trainer.config, replay.trainer.step) == (SMALL, 0)
    assert play(replay).matches is True
    assert state_of(replay.trainer) == state_of(run.trainer)


def test_given_a_file_that_has_changed_when_its_data_are_loaded_again_then_one_line_says_so(
    tmp_path: Path,
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("\n".join(f"{n},{n * n % 7},{'pq'[n % 2]}" for n in range(40)))
    run = new_run()
    carry_out(run, [120, Configure({"data": str(table), "samples": None, "noise": 0.0}), 80])
    what, before = recorded(run), state_of(run.trainer)
    table.write_text(table.read_text() + "\n1,2,p")

    with pytest.raises(ConfigError, match="it has changed since this run began") as caught:
        run.apply(Reset(5))

    assert caught.value.setting == "data"
    assert state_of(run.trainer) == before
    with pytest.raises(ConfigError, match="it has changed since this run began"):
        play(new_replay(what))
    table.unlink()
    with pytest.raises(ConfigError, match="there is no file"):
        play(new_replay(what))


def test_given_another_end_in_the_recording_when_replayed_then_it_does_not_match() -> None:
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), 100])
    tampered = msgspec.structs.replace(recorded(run), end=End(220, NOT_ITS_END))

    replay = new_replay(tampered)
    assert replay.matches is None
    play(replay)

    assert replay.trainer.network.sha256() == run.trainer.network.sha256()
    assert replay.matches is False
    assert replay.report().matches is False


def test_given_another_alpha_in_the_recording_when_replayed_then_it_does_not_match() -> None:
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), 100])
    lines = recording.whole(run.config, run.commands, run.end)
    edited = recording.decode(lines.replace(b'"value":0.125', b'"value":0.126'))
    assert play(new_replay(edited)).matches is False


def test_given_a_run_that_was_never_ended_when_replayed_then_it_goes_to_its_last_step() -> None:
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), 50])
    cut_off = recording.header(run.config) + recording.encoded(run.commands)

    replay = play(new_replay(recording.decode(cut_off)))

    run.advance(1_000)
    assert replay.trainer.step == 300
    assert state_of(replay.trainer) == state_of(run.trainer)
    assert replay.matches is None


watching = st.lists(
    st.one_of(
        st.integers(1, 90),
        st.builds(MakeSteps, st.integers(1, 100)),
        st.just(Pause()),
        st.just(Resume()),
        st.builds(SetPace, st.integers(0, 1000)),
    ),
    max_size=12,
)
"""What a person can do to a replay, and bursts."""


@given(doings, watching, cuts)
@settings(deadline=None, max_examples=150)
def test_given_anything_done_when_replayed_and_watched_in_any_way_then_the_end_is_the_same(
    done: list[Command | int], watched: list[Command | int], lengths: list[int]
) -> None:
    run = new_run()
    carry_out(run, done)

    replay = new_replay(recorded(run))
    carry_out(replay, watched)
    replay.apply(Resume())
    play(replay, lengths)

    assert state_of(replay.trainer) == state_of(run.trainer)
    assert replay.trainer.step == run.trainer.step
    assert replay.matches is True
    assert (replay.state is State.DIVERGED) == (run.state is State.DIVERGED)


# ---- what a person can do to a replay


@pytest.mark.parametrize(
    "command", [SetAlpha(0.5), Extend(10), Rewind(), Reset(1), Reset(0), RestoreCourse()], ids=repr
)
def test_given_a_replay_when_a_command_would_change_its_course_then_it_is_refused(
    command: Command,
) -> None:
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), 100])
    replay = new_replay(recorded(run))
    replay.advance(50)
    before = state_of(replay.trainer)

    with pytest.raises(ConfigError) as caught:
        replay.apply(command)

    assert str(caught.value) == "replay: a replay keeps to its recording"
    assert state_of(replay.trainer) == before
    assert play(replay).matches is True


def test_given_a_recorded_pause_when_replayed_then_it_does_not_stop() -> None:
    """Given a pause, steps and a pace in the recording, then they are for whoever watched."""
    run = new_run()
    carry_out(run, [100, SetPace(7), Pause(), MakeSteps(5), SetAlpha(0.125)])
    replay = new_replay(recorded(run))
    assert replay.advance(1_000) == 105
    assert (replay.pace, replay.paused) == (0, False)


def test_given_a_paused_replay_when_stepped_over_an_extension_then_it_stays_paused() -> None:
    run = new_run()
    carry_out(run, [300, Extend(50), 50])
    replay = new_replay(recorded(run))
    replay.advance(295)
    replay.apply(MakeSteps(10))
    assert (replay.trainer.step, replay.paused, replay.state) == (305, True, State.PAUSED)
    assert replay.advance(10) == 0
    replay.apply(Resume())
    assert play(replay).matches is True


def test_given_a_finished_replay_when_stepped_then_no_update_is_made() -> None:
    run = new_run()
    run.advance(77)
    replay = play(new_replay(recorded(run)))
    replay.apply(MakeSteps(5))
    assert replay.trainer.step == 77
    assert replay.matches is True


@given(doings, st.integers(0, 400), cuts)
@settings(deadline=None, max_examples=80)
def test_given_a_replay_when_begun_again_anywhere_then_it_comes_to_the_same_end(
    done: list[Command | int], played: int, lengths: list[int]
) -> None:
    run = new_run()
    carry_out(run, done)
    replay = new_replay(recorded(run))
    replay.advance(played)
    number = replay.number

    replay.apply(Reset(None))

    assert replay.number > number
    play(replay, lengths)
    assert state_of(replay.trainer) == state_of(run.trainer)
    assert replay.matches is True
