"""The curves of the course before are kept when it is given up, and told to who does not know them."""

import msgspec
import pytest

from engine.messages.commands import (
    Adjust,
    Command,
    Configure,
    NextWeights,
    Reset,
    RestoreCourse,
    SetAlpha,
    StartOver,
)
from engine.messages.snapshot import Ghost, Snapshot
from engine.messages.view import View
from engine.run.ghost import GHOST_POINTS
from engine.run.run import Run
from engine.storage import checkpoint
from engine.wire import codec
from engine.wire.protocol import SnapshotReply
from helpers.runs import SMALL, TOO_LARGE, carry_out, moons, new_replay, new_run, play, recorded

VIEW = View(series_points=100)


def told(run: Run, known: int = 0) -> Snapshot:
    return run.snapshot(msgspec.structs.replace(VIEW, known_ghost=known))


def ghost_in(run: Run) -> Ghost:
    ghost = told(run).ghost
    assert ghost is not None
    return ghost


def test_given_a_new_run_when_looked_at_then_there_is_no_ghost() -> None:
    run = new_run()
    run.advance(50)

    seen = told(run)

    assert (seen.ghost, seen.ghost_number) == (None, 0)


@pytest.mark.parametrize(
    "command",
    [
        StartOver(),
        Reset(None),
        Reset(None, keeps=False),
        Configure({"layers": (3,)}),
        NextWeights(),
    ],
)
def test_given_a_course_when_given_up_then_its_curves_are_told(command: Command) -> None:
    run = new_run()
    carry_out(run, [120, SetAlpha(0.5), 30])
    before = told(run)

    run.apply(command)

    ghost = ghost_in(run)
    assert (ghost.step, ghost.alpha) == (150, 0.5)
    assert ghost.curves.train_high[0] == before.curves.train_high[0]
    assert ghost.curves.train_steps[-1] == 149
    assert told(run).curves.train_steps.size == 0


def test_given_a_ghost_when_the_dashboard_knows_it_then_it_is_not_told_again() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), 50])
    number = told(run).ghost_number

    assert number
    assert told(run, known=number).ghost is None
    assert told(run, known=number).ghost_number == number

    carry_out(run, [StartOver(), 10])

    assert told(run, known=number).ghost is not None
    assert ghost_in(run).step == 50


def test_given_no_update_since_when_given_up_again_then_the_ghost_stays() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), StartOver()])

    assert ghost_in(run).step == 120


def test_given_a_live_change_when_made_then_there_is_no_ghost() -> None:
    run = new_run()
    carry_out(run, [120, Adjust({"l2": 0.1}), 10])

    assert told(run).ghost_number == 0


def test_given_a_restored_course_when_looked_at_then_the_ghost_is_the_other_one() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), SetAlpha(0.5), 70])

    run.apply(RestoreCourse())
    assert (ghost_in(run).step, ghost_in(run).alpha) == (70, 0.5)

    run.apply(RestoreCourse())
    assert (ghost_in(run).step, ghost_in(run).alpha) == (120, 0.25)


def test_given_no_update_when_a_course_is_restored_then_it_is_not_its_own_ghost() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), RestoreCourse()])

    assert (told(run).ghost, told(run).ghost_number) == (None, 0)


def test_given_an_alpha_that_was_not_used_when_given_up_then_the_ghost_has_the_one_that_was() -> (
    None
):
    """Given a divergence, then that at which it diverged."""
    run = new_run()
    carry_out(run, [120, SetAlpha(0.125), StartOver()])
    assert ghost_in(run).alpha == 0.25

    carry_out(run, [50, SetAlpha(TOO_LARGE), 10, SetAlpha(0.5), StartOver()])
    assert ghost_in(run).alpha == TOO_LARGE


def test_given_a_long_course_when_given_up_then_its_curves_have_few_points() -> None:
    run = new_run(msgspec.structs.replace(SMALL, steps=20_000))
    carry_out(run, [6_000, StartOver()])

    curves = ghost_in(run).curves

    assert all(array.size <= GHOST_POINTS + 1 for array in msgspec.structs.astuple(curves))
    assert curves.train_steps.size > GHOST_POINTS // 2


def test_given_a_saved_run_when_loaded_then_the_course_that_was_kept_is_the_ghost() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), 40])

    loaded = checkpoint.decode(checkpoint.encode(run))

    for one, other in zip(
        msgspec.structs.astuple(ghost_in(loaded).curves),
        msgspec.structs.astuple(ghost_in(run).curves),
        strict=True,
    ):
        assert one.tolist() == other.tolist()
    assert told(loaded).ghost_number == told(run).ghost_number


def test_given_a_replay_when_the_course_is_given_up_in_it_then_there_is_a_ghost_as_well() -> None:
    run = new_run()
    carry_out(run, [120, StartOver(), 40])

    replay = play(new_replay(recorded(run)))

    assert ghost_in(replay).step == 120


def test_given_a_ghost_when_sent_then_the_dashboard_gets_the_same() -> None:
    run = Run(SMALL, pace=0, dataset=moons())
    carry_out(run, [120, StartOver(), 40])
    snapshot = told(run)

    reply = codec.decode_to_dashboard(codec.frame(SnapshotReply(1, snapshot))[4:])

    assert isinstance(reply, SnapshotReply)
    assert reply.snapshot.ghost is not None
    assert reply.snapshot.ghost.curves.alphas.tolist() == ghost_in(run).curves.alphas.tolist()
    assert reply.snapshot.curves.epochs.tolist() == snapshot.curves.epochs.tolist()
