"""A run whose points are changed by hand: what goes on, what is counted anew."""

import msgspec
import pytest

from engine.errors import ConfigError
from engine.messages.commands import (
    AddPoint,
    Command,
    NewData,
    RemovePoint,
    Rewind,
    SetAlpha,
)
from engine.messages.run_state import State
from engine.messages.snapshot import DataPoints
from engine.messages.view import View
from engine.run.run import Run
from engine.storage import checkpoint
from helpers.edited_points import EDITS, XOR
from helpers.runs import SMALL, TOO_LARGE, carry_out, new_run, state_of


def points_of(run: Run) -> DataPoints:
    points = run.snapshot(View()).points
    assert points is not None
    return points


@pytest.mark.parametrize("command", [*EDITS, NewData(7)], ids=repr)
def test_given_adam_when_points_are_changed_then_parameters_and_moments_stay(
    command: Command,
) -> None:
    run = Run(msgspec.structs.replace(XOR, optimizer="adam", alpha=0.02), pace=0)
    run.advance(123)
    before, points = run.trainer.state().learned, run.points_number

    run.apply(command)

    after = run.trainer.state().learned
    assert after.parameters.tobytes() == before.parameters.tobytes()
    assert after.moments.tobytes() == before.moments.tobytes()
    assert (after.step, after.count) == (123, 123.0)
    assert (run.number, run.kept, run.points_number) == (0, None, points + 1)
    assert run.advance(50) == 50
    assert run.trainer.losses.train.count == 173


def test_given_points_when_added_and_removed_then_a_dashboard_sees_them() -> None:
    run = new_run()
    before = points_of(run)

    carry_out(run, [AddPoint(0.5, 0.25, 1.0), AddPoint(0.75, 0.5, 0.0, test=True)])

    points, snapshot = points_of(run), run.snapshot(View(test_predictions=True))
    assert (points.train_count, points.test_count) == (31, 11)
    assert points.train_x[:, -1].tolist() == [0.5, 0.25]
    assert points.test_x[:, -1].tolist() == [0.75, 0.5]
    assert points.class_counts == [15, 16]
    assert points.bounds == before.bounds
    assert (snapshot.num_points, snapshot.edited_points) == (42, 2)
    assert snapshot.train_predictions.classes.shape == (31,)
    assert snapshot.test_predictions is not None
    assert snapshot.test_predictions.classes.shape == (11,)

    carry_out(run, [RemovePoint(0.5, 0.25), RemovePoint(0.75, 0.5, test=True)])
    points = points_of(run)
    assert points.train_x.tobytes() == before.train_x.tobytes()
    assert points.test_x.tobytes() == before.test_x.tobytes()
    assert run.snapshot(View()).edited_points == 4


def test_given_a_place_when_a_point_is_removed_then_it_is_the_nearest_as_it_is_seen() -> None:
    """Where much more is drawn upwards than across, 2 upwards look nearer than 1 to the side."""
    run = new_run()
    carry_out(run, [AddPoint(1.0, 7.0, 1.0), AddPoint(0.0, 9.0, 0.0)])
    bounds = points_of(run).bounds
    assert (bounds.top - bounds.bottom) / (bounds.right - bounds.left) > 2.5

    run.apply(RemovePoint(1.0, 9.0))

    assert points_of(run).train_x[:, -1].tolist() == [0.0, 9.0]
    assert points_of(run).train_count == 31


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (AddPoint(0.0, 0.0, 2.0), "point: there is no class number 2; 0 to 1 are 0, 1"),
        (
            AddPoint(0.0, 1e101, 1.0),
            "add-point: 1e+101 is not a number from -1e+100 to 1e+100",
        ),
        (
            RemovePoint(float("nan"), 0.0),
            "remove-point: nan is not a number from -1e+100 to 1e+100",
        ),
        (NewData(-1), "data-seed: -1 is not a whole number from 0 to 4294967295"),
    ],
    ids=repr,
)
def test_given_what_is_not_allowed_when_applied_then_nothing_has_changed(
    command: Command, said: str
) -> None:
    run = new_run()
    run.advance(123)
    before = state_of(run.trainer)

    with pytest.raises(ConfigError) as caught:
        run.apply(command)

    assert str(caught.value) == said
    assert (state_of(run.trainer), run.commands, run.points_number) == (before, [], 1)


def test_given_too_little_memory_when_a_point_is_added_then_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = new_run()
    run.advance(70)
    before = state_of(run.trainer)

    def no_memory(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("engine.training.learner.NeuralNetwork", no_memory)
        with pytest.raises(ConfigError, match="not enough memory"):
            run.apply(AddPoint(0.0, 0.0, 1.0))

    assert (state_of(run.trainer), run.commands) == (before, [])


# ---- what follows


def test_given_a_point_more_when_counted_then_epochs_before_stay_what_they_were() -> None:
    run = new_run(msgspec.structs.replace(SMALL, batch_size=10))
    carry_out(run, [6, AddPoint(0.0, 0.0, 1.0)])
    assert run.trainer.epochs == 2.0

    run.advance(4)

    assert run.trainer.updates.batches.batches == 4
    assert run.trainer.epochs == pytest.approx(2.0 + 10 / 31 * 2 + 1 / 31 + 10 / 31, rel=1e-15)
    assert checkpoint.decode(checkpoint.encode(run)).trainer.epochs == run.trainer.epochs


def test_given_the_full_batch_when_points_are_removed_then_every_update_learns_from_the_rest() -> (
    None
):
    run = new_run()
    carry_out(run, [10, RemovePoint(0.0, 0.0), RemovePoint(0.0, 0.0), 10])

    assert (run.trainer.updates.batches.batch_size, run.trainer.epochs) == (28, 20.0)
    assert run.trainer.train_side.points == 28


def test_given_other_points_when_a_run_has_a_best_state_then_its_loss_does_not_count_any_more() -> (
    None
):
    run = new_run()
    carry_out(run, [123, AddPoint(0.5, 0.25, 1.0)])
    assert (run.trainer.best.learned.step, run.trainer.best.loss) == (123, float("inf"))

    run.advance(100)

    assert run.trainer.best.learned.step == 200
    assert run.trainer.best.loss < 1.0


def test_given_a_run_that_diverged_when_points_are_changed_then_it_still_goes_back_to_its_best() -> (
    None
):
    run = new_run()
    carry_out(run, [123, SetAlpha(TOO_LARGE), 1])
    best = run.trainer.best.learned.copied()
    carry_out(run, [AddPoint(0.5, 0.25, 1.0)])
    assert run.state is State.DIVERGED

    run.apply(Rewind(0.25))

    learned = run.trainer.state().learned
    assert (learned.step, learned.parameters.tolist()) == (100, best.parameters.tolist())
    assert run.trainer.train_side.points == 31
    assert run.advance(30) == 30


def test_given_a_loss_that_ended_a_run_when_points_are_changed_then_it_is_judged_by_them() -> None:
    run = new_run(msgspec.structs.replace(SMALL, until_loss=0.5))
    run.advance(300)
    stopped = run.trainer.step
    assert (run.state, stopped < 300) == (State.DONE, True)

    run.apply(AddPoint(0.5, 0.25, 1.0))

    assert run.state is State.RUNNING
    run.advance(300)
    assert run.state is State.DONE
    assert stopped < run.trainer.step < 300


def test_given_patience_when_the_data_are_others_then_it_waits_anew() -> None:
    run = Run(msgspec.structs.replace(XOR, patience=150, alpha=1e-6), pace=0)
    carry_out(run, [140, NewData(5)])
    least, since = msgspec.structs.astuple(run.trainer.stops.patience)
    assert (least, since) == (None, 140)
