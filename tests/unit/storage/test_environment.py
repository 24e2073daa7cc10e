"""What decides the last bits of a run is kept with it, and a difference is said in a line."""

import pytest

from engine.errors import one_line
from engine.run.replay import Replay
from engine.storage import checkpoint, environment, recording
from helpers.runs import SMALL, moons, new_run

HERE = {"numpy": "2.4.6", "machine": "x86_64", "blas threads": "1"}


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "libraries", lambda: dict(HERE))


def test_given_the_same_when_compared_then_there_is_nothing_to_say() -> None:
    assert environment.differences(HERE) is None
    assert environment.differences({}) is None
    assert environment.differences({"numpy": "2.4.6"}) is None, "an older file"


def test_given_other_threads_and_another_numpy_when_compared_then_one_line() -> None:
    said = environment.differences(HERE | {"numpy": "1.26.4", "blas threads": "2"})

    assert said == (
        "made with numpy 1.26.4 (here 2.4.6), blas threads 2 (here 1):"
        " the same steps may come to other last bits"
    )
    assert one_line(said) == said


def test_given_a_run_from_elsewhere_when_saved_and_recorded_here_then_both_places_are_named() -> (
    None
):
    run = new_run()
    run.libraries = HERE | {"numpy": "1.26.4"}

    again = checkpoint.decode(checkpoint.encode(run))
    twice = checkpoint.decode(checkpoint.encode(again))
    recorded = recording.decode(recording.whole(run.config, [], run.end, run.libraries))

    both = HERE | {"numpy": "1.26.4 and 2.4.6"}
    assert again.libraries == twice.libraries == recorded.libraries == both
    replay = Replay(recorded, 0, moons(SMALL))
    assert environment.differences(replay.libraries) == (
        "made with numpy 1.26.4 and 2.4.6 (here 2.4.6): the same steps may come to other last bits"
    )
