"""What has been asked for counts until a snapshot knows of it."""

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.config.checks import FULL_SPEED
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.messages.commands import (
    Command,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot, View
from engine.run.run import Run
from engine.training.divergence import Divergence
from tui.screens.intentions import Intentions

SIDE = Points(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0.0, 1.0]))
DATASET = Dataset(SIDE, SIDE)
SEEN = Run(TrainingConfig(alpha=0.25, seed=3, steps=100), 50, DATASET).snapshot(View())

commands = st.one_of(
    st.builds(Pause),
    st.builds(Resume),
    st.builds(MakeSteps, st.integers(1, 3)),
    st.builds(SetAlpha, st.sampled_from([0.125, 0.25, 0.5])),
    st.builds(SetPace, st.sampled_from([FULL_SPEED, 50, 100])),
    st.builds(Reset, st.none()),
)


def with_(**changes: object) -> Snapshot:
    return msgspec.structs.replace(SEEN, **changes)


def after(*given: Command, seen: Snapshot = SEEN) -> Intentions:
    wishes = Intentions()
    for command in given:
        wishes.add(command, seen)
    return wishes


def expected(wishes: Intentions, seen: Snapshot = SEEN) -> tuple[float, int, bool, int]:
    return (
        wishes.alpha_after(seen),
        wishes.pace_after(seen),
        wishes.paused_after(seen),
        wishes.seed_after(seen),
    )


def test_given_no_command_when_asked_then_all_is_as_it_was_seen() -> None:
    assert expected(Intentions()) == (0.25, 50, False, 3)


@pytest.mark.parametrize(
    ("command", "then"),
    [
        (Pause(), (0.25, 50, True, 3)),
        (Resume(), (0.25, 50, False, 3)),
        (MakeSteps(1), (0.25, 50, True, 3)),
        (SetAlpha(0.5), (0.5, 50, False, 3)),
        (SetPace(100), (0.25, 100, False, 3)),
        (SetPace(FULL_SPEED), (0.25, FULL_SPEED, False, 3)),
        (Reset(), (0.25, 50, False, 3)),
        (Reset(0), (0.25, 50, False, 0)),
        (Extend(5), (0.25, 50, False, 3)),
        (Rewind(), (0.25, 50, False, 3)),
    ],
)
def test_given_a_command_when_it_is_on_its_way_then_its_effect_counts(
    command: Command, then: tuple[float, int, bool, int]
) -> None:
    assert expected(after(command)) == then


@pytest.mark.parametrize(
    ("alpha", "then"), [(None, 0.5), (2.0, 2.0)], ids=["as it was", "changed since"]
)
def test_given_a_divergence_when_undone_then_half_of_alpha_is_expected_unless_it_was_changed(
    alpha: float | None, then: float
) -> None:
    diverged = with_(
        state=State.DIVERGED, alpha=1.0, divergence=Divergence(9, 1, "weights", 1e9, alpha=1.0)
    )
    before = () if alpha is None else (SetAlpha(alpha),)
    assert after(*before, Rewind(), seen=diverged).alpha_after(diverged) == then


def test_given_three_commands_when_only_two_were_heard_then_all_still_count() -> None:
    wishes = after(SetAlpha(0.3), SetAlpha(0.4), SetAlpha(0.5))
    wishes.settle(2)
    assert wishes.alpha_after(with_(alpha=0.4)) == 0.5


def test_given_a_wish_when_it_was_heard_then_what_others_have_made_of_it_is_believed() -> None:
    wishes = after(SetAlpha(0.5), SetPace(100), Pause(), Reset(7))
    wishes.settle(4)
    others = with_(alpha=0.1, pace=200, config=TrainingConfig(seed=9))
    assert expected(wishes, others) == (0.1, 200, False, 9)


def test_given_a_refusal_when_it_comes_then_what_is_seen_is_believed() -> None:
    wishes = after(SetAlpha(0.5))
    wishes.forget()
    assert wishes.alpha_after(SEEN) == 0.25


@given(st.lists(commands, max_size=8), st.integers(0, 8))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_given_any_commands_when_carried_out_then_the_run_is_as_was_expected(
    given: list[Command], heard: int
) -> None:
    """However many of them the last snapshot knew of, what is expected is what comes."""
    run = Run(TrainingConfig(alpha=0.25, seed=3, steps=100), 50, DATASET)
    wishes, seen = Intentions(), run.snapshot(View())
    for number, command in enumerate(given, start=1):
        wishes.add(command, seen)
        run.apply(command)
        if number == heard:
            seen = run.snapshot(View())
            wishes.settle(heard)
    assert expected(wishes, seen) == expected(Intentions(), run.snapshot(View()))
