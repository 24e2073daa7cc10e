"""A run that stopped by itself, in recordings and replays."""

from typing import Any

import msgspec
import pytest

from engine.messages.commands import (
    Adjust,
    Configure,
    Extend,
    Reset,
    RestoreCourse,
    SetAlpha,
)
from engine.messages.run_state import State
from engine.run.command_log import Recorded
from engine.storage import recording
from helpers.runs import (
    SMALL,
    carry_out,
    new_replay,
    new_run,
    play,
    recorded,
    state_of,
)

STOPS = msgspec.structs.replace(SMALL, until_loss=0.4, patience=100)


@pytest.mark.parametrize(
    "doings",
    [
        [1000],
        [1000, Extend(30), 1000],
        [1000, SetAlpha(0.5), Extend(30), 20, SetAlpha(0.125), 1000],
        [1000, Adjust({"until_loss": 0.3}), 1000, Extend(7), 1000],
        [1000, Adjust({"l2": 0.01}), Extend(50), 1000],
        [1000, Reset(None), 30, RestoreCourse(), Extend(20), 1000],
        [1000, Configure({"layers": (3,)}), 1000, Extend(10), 1000],
    ],
    ids=str,
)
def test_given_a_run_that_stopped_by_itself_when_replayed_then_it_comes_to_the_same(
    doings: list[Any],
) -> None:
    run = new_run(STOPS)
    carry_out(run, [1000])
    assert 0 < run.trainer.step < 300
    run = new_run(STOPS)
    carry_out(run, doings)

    replay = play(new_replay(recorded(run)), [50, 7])

    assert (replay.matches, replay.state) == (True, State.DONE)
    assert state_of(replay.trainer) == state_of(run.trainer)


def test_given_a_run_that_stopped_by_itself_when_recorded_then_its_lines_say_so() -> None:
    run = new_run(STOPS)
    carry_out(run, [1000, Extend(30)])
    step = run.trainer.step
    assert recording.encoded(run.commands) == (
        b'{"step":%d,"command":"extend","value":30,"stopped":true}\n' % step
    )
    assert recorded(run).commands == [Recorded(step, Extend(30), stopped=True)]
    ends = [recorded(run).end]
    carry_out(run, [Adjust({"until_loss": 5.0}), 1000])
    ends.append(recorded(run).end)
    assert [(end.step, end.stopped) for end in ends if end] == [(step, False), (step + 1, True)]
