"""Replays of what no run has left: recordings edited by hand, and recordings of replays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import FileError
from engine.messages.commands import Extend, MakeSteps, Reset, Resume, Rewind, SetAlpha
from engine.run.command_log import End, Recorded, Recording
from engine.storage import recording
from engine.training.trainer import Phase
from helpers.runs import (
    SMALL,
    TOO_LARGE,
    alphas,
    carry_out,
    cuts,
    new_replay,
    new_run,
    play,
    recorded,
    state_of,
)

NOT_ITS_END = "0" * 64

# ---- a replay is a run, and is recorded as one


def test_given_a_replay_that_was_stepped_when_recorded_then_that_is_a_recording_of_the_run() -> (
    None
):
    """Given steps that take a replay past a change of alpha, then its lines are in order."""
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), 80])
    replay = new_replay(recorded(run))
    carry_out(replay, [115, MakeSteps(10), Resume()])
    play(replay)

    again = play(new_replay(recorded(replay)))

    assert state_of(again.trainer) == state_of(run.trainer)
    assert again.matches is True


def test_given_a_replay_that_was_begun_again_when_recorded_then_that_is_a_recording_of_the_run() -> (
    None
):
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), 80])
    replay = new_replay(recorded(run))
    carry_out(replay, [150, Reset(None)])
    play(replay)

    again = play(new_replay(recorded(replay)))

    assert again.trainer.step == 200
    assert again.trainer.network.sha256() == run.trainer.network.sha256()
    assert again.matches is True


# ---- recordings with steps that do not fit


@pytest.mark.parametrize(
    ("script", "end", "step"),
    [
        ([], End(10**12, NOT_ITS_END), 300),
        ([], End(5, NOT_ITS_END, True), 300),
        ([Recorded(301, SetAlpha(0.125))], End(400, NOT_ITS_END), 300),
        ([Recorded(10**12, Reset(None))], None, 300),
        ([Recorded(120, Rewind(), True)], End(200, NOT_ITS_END), 300),
        ([Recorded(120, SetAlpha(0.125), True), Recorded(130, Extend(5))], None, 300),
        ([Recorded(120, Extend(50)), Recorded(60, SetAlpha(0.125))], End(340, NOT_ITS_END), 340),
        ([Recorded(120, Extend(50)), Recorded(60, SetAlpha(0.125))], End(60, NOT_ITS_END), 120),
        ([Recorded(0, Reset(None))] * 50, End(0, NOT_ITS_END), 0),
        ([Recorded(200, Reset(None))] * 3, End(100, NOT_ITS_END), 100),
        ([Recorded(0, SetAlpha(TOO_LARGE)), *[Recorded(0, Rewind(), True)] * 5], None, 0),
    ],
)
@pytest.mark.parametrize("lengths", [(1_000,), (1,)], ids=str)
def test_given_steps_that_do_not_fit_when_replayed_then_it_still_comes_to_an_end(
    script: list[Recorded], end: End | None, step: int, lengths: tuple[int, ...]
) -> None:
    """Given commands behind or beyond, or at divergences that do not come, then none is waited for."""
    replay = play(new_replay(Recording(SMALL, script, end)), lengths)
    assert replay.trainer.step == step
    assert replay.trainer.phase is not Phase.TRAINING or replay.matches is False
    assert not replay.matches


scripts = st.lists(
    st.builds(
        Recorded,
        st.integers(0, 500),
        st.one_of(st.builds(SetAlpha, alphas), st.just(Reset(None)), st.just(Extend(80))),
        st.booleans(),
    )
    | st.builds(Recorded, st.integers(0, 500), st.just(Rewind()), st.just(True)),
    max_size=12,
)
ends = st.none() | st.builds(End, st.integers(0, 2_000), st.just(NOT_ITS_END), st.booleans())


@given(scripts, ends, cuts)
@settings(deadline=None, max_examples=60)
def test_given_a_script_that_no_run_can_have_when_replayed_then_it_still_comes_to_an_end(
    script: list[Recorded], end: End | None, lengths: list[int]
) -> None:
    whole, cut = (new_replay(Recording(SMALL, script, end)) for _ in range(2))
    play(whole)
    play(cut, lengths)
    assert state_of(cut.trainer) == state_of(whole.trainer)
    assert whole.matches in (None, False)


@pytest.mark.parametrize(
    "line",
    [
        b'{"step":120,"command":"rewind"}\n',
        b'{"step":0,"command":"rewind"}\n',
        b'{"step":120,"command":"extend","value":1000000000000}\n',
    ],
)
def test_given_a_command_that_is_not_allowed_there_when_replayed_then_it_is_refused_or_let_go(
    line: bytes,
) -> None:
    """Given a rewind without a divergence, or more steps than there may be, then the file is refused
    or the replay goes on; it does not fail in the middle.
    """
    try:
        edited = recording.decode(recording.header(SMALL) + line)
    except FileError as error:
        assert "line 2" in str(error)  # noqa: PT017 # that it is not raised is allowed, too
        return
    assert play(new_replay(edited)).trainer.step == 300
