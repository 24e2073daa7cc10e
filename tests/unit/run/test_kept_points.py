"""Points that were changed by hand: what keeps them, what drops them, and that a replay has them, too."""

import msgspec
import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    AddPoint,
    Adjust,
    Command,
    Configure,
    Freeze,
    NewData,
    NextData,
    NextSeed,
    NextWeights,
    RemovePoint,
    Reset,
    RestoreCourse,
    SwitchNode,
)
from engine.messages.view import View
from engine.run.replay import Replay
from engine.run.run import Run
from engine.storage import checkpoint
from helpers.edited_points import ADAM, EDITS, XOR
from helpers.runs import carry_out, new_replay, new_run, play, recorded, state_of

# ---- what keeps them, and what drops them


def test_given_painted_points_when_reset_or_given_other_weights_then_they_stay() -> None:
    run = new_run()
    carry_out(run, [*EDITS[:2], 20])
    painted = run.trainer.dataset

    run.apply(Reset(None))
    assert run.trainer.dataset is painted
    run.advance(5)
    run.apply(NextWeights())
    assert run.trainer.dataset is painted
    assert (run.trainer.step, run.trainer.config.weight_seed) == (0, 1)


@pytest.mark.parametrize(
    "command", [Reset(3), Configure({"samples": 50}), NewData(3), NextData()], ids=repr
)
def test_given_painted_points_when_other_data_are_loaded_then_they_are_dropped(
    command: Command,
) -> None:
    run = Run(XOR, pace=0)
    carry_out(run, [*EDITS, 20])
    assert run.snapshot(View()).edited_points == 4

    run.apply(command)

    assert run.trainer.dataset.edited is None
    assert run.snapshot(View()).edited_points == 0


def test_given_painted_points_that_were_dropped_when_the_course_is_restored_then_they_are_back() -> (
    None
):
    run = Run(XOR, pace=0)
    carry_out(run, [*EDITS, 20])
    before = state_of(run.trainer)
    run.apply(Reset(3))

    run.apply(RestoreCourse())

    assert state_of(run.trainer) == before
    assert run.snapshot(View()).edited_points == 4


def test_given_another_data_seed_when_new_data_are_taken_then_they_are_those_of_a_run_with_it() -> (
    None
):
    run, other = Run(XOR, pace=0), Run(msgspec.structs.replace(XOR, data_seed=1), pace=0)
    carry_out(run, [20, NextData()])

    assert run.commands[-1].command == NewData(1)
    assert run.trainer.dataset.train.x.tobytes() == other.trainer.dataset.train.x.tobytes()
    assert run.trainer.config == other.trainer.config
    assert (run.trainer.step, run.trainer.config.seed) == (20, 0)


# ---- the same again


@pytest.mark.parametrize(
    "config",
    [XOR, msgspec.structs.replace(XOR, optimizer="adam", alpha=0.02, batch_size=7, dropout=0.2)],
    ids=["full", "batches"],
)
def test_given_edited_data_when_replayed_or_resumed_then_it_comes_to_the_same_parameters(
    config: TrainingConfig,
) -> None:
    run = Run(config, pace=0)
    doings = [33, *EDITS[:2], 50, *EDITS[2:], 20, NextData(), 17, EDITS[0], 30]
    carry_out(run, doings)
    resumed = checkpoint.decode(checkpoint.encode(run))
    for one in (run, resumed):
        carry_out(one, [Adjust({"l2": 0.01}), RemovePoint(0.0, 0.0), 40])

    replay = play(Replay(recorded(run), pace=0), [7, 31, 64])

    assert state_of(resumed.trainer) == state_of(run.trainer)
    assert replay.matches is True
    assert state_of(replay.trainer) == state_of(run.trainer)


def test_given_a_network_edited_by_hand_when_points_are_changed_then_it_stays_so() -> None:
    run = Run(XOR, pace=0)
    carry_out(run, [20, SwitchNode(0, 1, on=False), Freeze(0, 2, 0, "node")])
    edits, frozen = run.trainer.edits, run.trainer.network.layers[0].parameters[2].tolist()

    carry_out(run, [*EDITS, 30, NewData(4), 30])

    assert run.trainer.edits == edits
    assert run.trainer.network.layers[0].parameters[2].tolist() == frozen
    replay = play(Replay(recorded(run), pace=0))
    assert replay.matches is True


def test_given_a_point_outside_when_resumed_then_the_nearest_is_still_the_same() -> None:
    """What is drawn decides what is near, and is part of the run."""
    run = new_run(ADAM)
    carry_out(run, [10, AddPoint(0.0, 50.0, 1.0), RemovePoint(0.0, 50.0)])
    resumed = checkpoint.decode(checkpoint.encode(run))

    assert resumed.points.bounds == run.points.bounds
    assert run.points.bounds.top > 50.0
    carry_out(run, [RemovePoint(0.3, 20.0), 5])
    carry_out(resumed, [RemovePoint(0.3, 20.0), 5])
    assert state_of(resumed.trainer) == state_of(run.trainer)
    replay = play(new_replay(recorded(run)))
    assert np.array_equal(replay.trainer.network.parameters, run.trainer.network.parameters)


def test_given_new_data_when_the_next_seed_is_taken_then_points_and_weights_are_other_ones() -> (
    None
):
    run = Run(XOR, pace=0)
    carry_out(run, [NextData(), NextData(), 20])
    points = run.trainer.dataset.train.x

    run.apply(NextSeed())

    config = run.trainer.config
    assert (config.seed, config.data_seed, config.weight_seed) == (3, None, None)
    assert not np.array_equal(run.trainer.dataset.train.x, points)
    assert (run.trainer.step, run.trainer.alpha) == (0, 0.25)
