"""Runs that earlier versions wrote go on as they did then, to the bit.

How the files were made stands in `older_files.json`, under `how`, with what their version came to.
"""

import functools
import json
from typing import Any

import numpy as np
import pytest

from engine.messages.commands import Extend, RestoreCourse, SetAlpha, SetPace
from engine.messages.run_state import State
from engine.network.neural_network import NeuralNetwork
from engine.run.replay import Replay
from engine.storage import checkpoint, environment, recording
from engine.training.stop_conditions import PatienceState
from helpers.data import DATA_FOLDER
from helpers.runs import carry_out, play


@functools.cache
def known() -> Any:
    return json.loads((DATA_FOLDER / "older_files.json").read_text(encoding="utf-8"))


def sums_up_alike() -> bool:
    """Whether sums of products have the same last bits here as where the files were made."""
    then = {key: value for key, value in known()["libraries"].items() if key != "moonwalk"}
    return environment.differences(then) is None


def assert_comes_to(step: int, network: NeuralNetwork, name: str) -> None:
    """Fail where it is not what the earlier version came to: to the bit where matrices are multiplied
    by the same library on the same kind of processor, else but for the last digits.
    """
    expected = known()[name]
    assert step == expected["step"]
    np.testing.assert_allclose(network.parameters, expected["parameters"], rtol=0.0, atol=1e-9)
    if sums_up_alike():
        assert network.sha256() == expected["sha256"]


def test_given_a_checkpoint_of_format_2_when_loaded_then_all_of_it_is_there() -> None:
    run = checkpoint.load(DATA_FOLDER / "checkpoint-2.npz")
    trainer = run.trainer

    assert (run.state, run.number, run.pace) == (State.RUNNING, 1, 3)
    assert (trainer.step, trainer.total_steps, trainer.config.seed) == (137, 340, 7)
    assert (trainer.alpha, trainer.alpha_changes) == (0.3, [(50, 0.3)])
    assert (trainer.losses.train.count, trainer.losses.test.count) == (137, 3)
    assert len(trainer.losses.early.state()) == 49 + 49 + 7
    assert (trainer.best.learned.step, trainer.best.learned.moments.shape) == (100, (0, 17))
    assert (trainer.stops.reason, trainer.stops.patience) == ("", PatienceState())
    assert run.kept is not None
    assert (run.kept.trainer.learned.step, run.kept.trainer.config.seed) == (167, 5)
    assert [one.command for one in run.commands][-2:] == [Extend(40), SetPace(3)]


@pytest.mark.parametrize("again", [False, True], ids=["as it was", "saved in today's format"])
@pytest.mark.parametrize(
    ("file", "doings", "name"),
    [
        ("checkpoint-2.npz", [30, SetAlpha(0.2), 1000], "continued"),
        ("checkpoint-2.npz", [RestoreCourse(), 1000], "restored"),
        ("version1.npz", [Extend(100), 100], "first"),
    ],
)
def test_given_an_older_checkpoint_when_going_on_then_it_comes_to_what_its_version_came_to(
    file: str, doings: list[Any], name: str, again: bool
) -> None:
    run = checkpoint.load(DATA_FOLDER / file)
    if again:
        run = checkpoint.decode(checkpoint.encode(run))

    carry_out(run, doings)

    assert_comes_to(run.trainer.step, run.trainer.network, name)


@pytest.mark.parametrize("lengths", [[1_000], [7, 50, 1]], ids=["at once", "in bursts"])
def test_given_a_recording_of_format_1_when_replayed_then_it_comes_to_what_its_version_came_to(
    lengths: list[int],
) -> None:
    """Given commands of every kind, a divergence, another seed and a course restored."""
    replay = play(Replay(recording.load(DATA_FOLDER / "recording-1.jsonl"), pace=0), lengths)

    assert (replay.state, replay.trainer.config.seed) == (State.DONE, 5)
    assert_comes_to(replay.trainer.step, replay.trainer.network, "replayed")
    if sums_up_alike():
        assert replay.matches
