"""What ends edits by hand, what keeps them, and what a run goes back to after them."""

from typing import Any

import msgspec
import numpy as np
import pytest

from engine.config.edits import NO_EDITS, Edits, Frozen
from engine.messages.commands import (
    Adjust,
    Command,
    Configure,
    Extend,
    Freeze,
    NextWeights,
    Reset,
    RestoreCourse,
    Rewind,
    SetAlpha,
    SetParameter,
    SwitchNode,
)
from engine.messages.run_state import State
from engine.run.run import Run
from engine.storage import checkpoint
from helpers.runs import (
    SMALL,
    TOO_LARGE,
    carry_out,
    new_run,
    state_of,
)

ADAM = msgspec.structs.replace(SMALL, optimizer="adam", alpha=0.02, layers=(4, "3:tanh"))

EDITS: list[Command | int] = [
    *(120, SwitchNode(0, 2, on=False), 7, Freeze(0, 1, 0, "node"), 30),
    *(SetParameter(0, 1, 2, 0.75), 11, SwitchNode(0, 2, on=True), Freeze(1, 0, 4, "parameter"), 20),
]
EDITED = Edits(frozen=(Frozen(0, 1), Frozen(1, 0, 4)))
"""What is left of them on a network of 4 hidden nodes."""


def edited_run() -> Run:
    run = new_run()
    carry_out(run, EDITS)
    return run


@pytest.mark.parametrize(
    "command",
    [
        Reset(None),
        Reset(None, 0.25),
        Configure({"weight_seed": 1}),
        Configure({"l2": 0.1}),
        NextWeights(),
    ],
    ids=str,
)
def test_given_a_fresh_start_when_made_then_there_is_no_edit_left_and_u_brings_them_back(
    command: Command,
) -> None:
    run = edited_run()
    before = state_of(run.trainer)

    run.apply(command)

    assert run.trainer.edits == NO_EDITS
    assert [layer.off for layer in run.trainer.network.layers] == [(), ()]
    run.advance(50)
    run.apply(RestoreCourse())
    assert state_of(run.trainer) == before
    assert run.trainer.edits == EDITED


def test_given_an_edited_course_that_was_given_up_when_saved_then_the_file_has_its_edits() -> None:
    run = edited_run()
    before = state_of(run.trainer)
    carry_out(run, [Reset(None), 30])

    resumed = checkpoint.decode(checkpoint.encode(run))
    resumed.apply(RestoreCourse())

    assert state_of(resumed.trainer) == before
    assert resumed.trainer.edits == EDITED


def test_given_a_reset_when_trained_again_then_as_if_nothing_had_been_edited() -> None:
    run, never = edited_run(), new_run()
    run.apply(SwitchNode(0, 0, on=False))
    run.apply(Reset(None))

    for one in (run, never):
        one.advance(150)

    assert run.trainer.network.sha256() == never.trainer.network.sha256()


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        (
            {"optimizer": "adamw"},
            Edits(((0, 3), (1, 2)), (Frozen(0, 1), Frozen(2, 0, 3))),
        ),
        (
            {"layers": (6, "5:tanh")},
            Edits(((0, 3), (1, 2)), (Frozen(0, 1), Frozen(2, 0, 5))),
        ),
        ({"layers": (2, "3:tanh")}, Edits(((1, 2),), (Frozen(0, 1), Frozen(2, 0, 3)))),
        ({"layers": (4,)}, Edits(((0, 3),), (Frozen(0, 1), Frozen(1, 0, 4)))),
        ({"layers": ()}, Edits((), (Frozen(0, 0, 2),))),
    ],
    ids=str,
)
def test_given_a_live_change_when_made_then_the_edits_that_have_a_place_stay(
    changes: dict[str, Any], left: Edits
) -> None:
    run = new_run(ADAM)
    carry_out(
        run,
        [
            *(50, SwitchNode(0, 3, on=False), SwitchNode(1, 2, on=False)),
            *(Freeze(0, 1, 0, "node"), Freeze(2, 0, 3, "parameter"), 30),
        ],
    )
    bias = run.trainer.network.layers[-1].biases[0]

    run.apply(Adjust(changes))
    run.advance(50)

    assert run.trainer.edits == left
    assert run.trainer.network.layers[-1].biases[0] == bias
    off = [(at, node) for at, layer in enumerate(run.trainer.network.layers) for node in layer.off]
    assert tuple(off) == left.off


# ---- what to go back to


def test_given_a_value_that_was_set_when_it_diverges_then_it_goes_back_to_after_that() -> None:
    """Given a best loss of before, then it is not that of what there is now."""
    run = new_run()
    carry_out(run, [123, SetParameter(0, 1, 2, 5.0), SetAlpha(TOO_LARGE), 1, Rewind(0.125)])

    assert run.trainer.step == 123
    assert run.trainer.network.layers[0].biases[1] == 5.0
    assert run.trainer.best.loss == np.inf
    assert run.advance(50) == 50
    assert run.trainer.best.learned.step == 150


def test_given_batches_when_edited_then_the_best_loss_is_of_what_came_after_it() -> None:
    run = new_run(msgspec.structs.replace(SMALL, batch_size=10))
    carry_out(run, [120, SetParameter(0, 1, 2, 5.0), 31])

    after = run.trainer.losses.train.buckets[2, 120:150]

    assert run.trainer.best.learned.step == 150
    np.testing.assert_allclose(run.trainer.best.loss, after.mean(), rtol=1e-12)


def test_given_a_node_switched_off_when_it_diverges_then_it_goes_back_to_a_state_without_it() -> (
    None
):
    run = new_run()
    carry_out(run, [123, SwitchNode(0, 1, on=False), 100, SetAlpha(TOO_LARGE), 1])
    best = run.trainer.best.learned.copied()

    run.apply(Rewind(0.125))

    assert (run.trainer.step, best.step) == (200, 200)
    assert run.trainer.network.parameters.tolist() == best.parameters.tolist()
    assert run.trainer.edits == Edits(off=((0, 1),))


def test_given_a_frozen_value_when_it_diverges_then_it_is_the_same_after_going_back() -> None:
    run = new_run()
    carry_out(run, [123, Freeze(0, 1, 2, "node")])
    row = run.trainer.network.layers[0].parameters[1].tolist()

    carry_out(run, [10, SetAlpha(TOO_LARGE), 1, Rewind(0.125), 20])

    assert run.trainer.network.layers[0].parameters[1].tolist() == row


def test_given_less_that_is_frozen_when_it_diverges_then_the_best_state_is_still_that() -> None:
    run = new_run()
    carry_out(run, [50, Freeze(0, 1, 2, "node"), 73, Freeze(0, 1, 2, "nothing")])
    assert run.trainer.best.learned.step == 100


@pytest.mark.parametrize(
    "edit",
    [SetParameter(0, 1, 2, 5.0), SwitchNode(0, 1, on=False), Freeze(0, 1, 2, "layer")],
    ids=str,
)
def test_given_a_run_that_diverged_when_edited_then_it_stays_so_and_goes_back_to_before(
    edit: Command,
) -> None:
    run = new_run()
    carry_out(run, [123, SetAlpha(TOO_LARGE), 1])
    best = run.trainer.best.learned.copied()

    run.apply(edit)

    assert run.state is State.DIVERGED
    assert run.advance(10) == 0
    run.apply(Rewind(0.125))
    assert (run.trainer.step, best.step) == (100, 100)
    assert run.trainer.network.parameters.tolist() == best.parameters.tolist()
    assert run.advance(50) == 50


@pytest.mark.parametrize(
    "edit",
    [SetParameter(0, 1, 2, 5.0), SwitchNode(0, 1, on=False), Freeze(0, 1, 2, "layer")],
    ids=str,
)
def test_given_a_run_that_is_done_when_edited_then_it_stays_so_until_extended(
    edit: Command,
) -> None:
    run = new_run(msgspec.structs.replace(SMALL, until_loss=0.5))
    run.advance(300)
    step, reason = run.trainer.step, run.trainer.stops.reason

    run.apply(edit)

    assert (run.state, run.advance(10), run.trainer.step) == (State.DONE, 0, step)
    assert run.trainer.stops.reason == reason
    assert reason
    run.apply(Extend(20))
    assert run.advance(20) == 20
