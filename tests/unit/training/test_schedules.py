"""Schedules: PyTorch's factors, warm-up, plateaus."""

import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.config.schedule import parse_schedule
from engine.training.schedules import PlateauState, Schedule
from helpers.data import DATA_FOLDER

REFERENCE: dict[str, Any] = json.loads((DATA_FOLDER / "optimizers.json").read_text("utf-8"))
LOSSES = [float(loss) for loss in REFERENCE["losses"]]


def schedule(text: str, total_steps: int = 100, warm_up: int = 0) -> Schedule:
    return Schedule(parse_schedule(text), total_steps, warm_up)


def factors(given: Schedule, steps: int) -> list[float]:
    return [given.factor(step) for step in range(steps)]


@pytest.mark.parametrize("text", REFERENCE["schedules"])
def test_given_a_schedule_when_followed_then_factors_are_pytorchs(text: str) -> None:
    assert factors(schedule(text), 101) == pytest.approx(
        REFERENCE["schedules"][text], rel=1e-15, abs=1e-15
    )


@pytest.mark.parametrize("text", REFERENCE["warm_up"])
def test_given_warm_up_when_followed_then_factors_are_pytorchs_for_both_in_a_row(text: str) -> None:
    """PyTorch multiplies its way from step to step here, so that a rounding of each adds up."""
    assert factors(schedule(text, warm_up=8), 101) == pytest.approx(
        REFERENCE["warm_up"][text], rel=1e-13, abs=1e-15
    )


@pytest.mark.parametrize("text", REFERENCE["plateau"])
def test_given_losses_when_told_then_factors_on_plateaus_are_pytorchs(text: str) -> None:
    given = schedule(text)
    found = []
    for step, loss in enumerate(LOSSES):
        given.tell(step, loss)
        found.append(given.factor(step))

    assert found == pytest.approx(REFERENCE["plateau"][text], rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("text", "steps", "expected"),
    [
        ("constant", [0, 1, 10**12], [1.0, 1.0, 1.0]),
        ("step:10:0.5", [0, 9, 10, 19, 20, 35], [1.0, 1.0, 0.5, 0.5, 0.25, 0.125]),
        ("exponential:0.5", [0, 1, 3], [1.0, 0.5, 0.125]),
        ("exponential:0.5", [10**12], [0.0]),
        ("cosine", [0, 25, 50, 75, 100], [1.0, 0.8535533905932737, 0.5, 0.1464466094067262, 0.0]),
    ],
)
def test_given_a_step_when_asked_then_the_factor_worked_out_by_hand(
    text: str, steps: list[int], expected: list[float]
) -> None:
    given = schedule(text)

    assert [given.factor(step) for step in steps] == pytest.approx(expected, rel=1e-15, abs=1e-15)


def test_given_a_cosine_when_the_run_goes_on_then_it_stays_at_its_end() -> None:
    given = schedule("cosine")

    assert [given.factor(step) for step in (100, 101, 10**6)] == [0.0, 0.0, 0.0]


def test_given_a_cosine_when_the_run_is_made_longer_then_it_ends_there() -> None:
    given = schedule("cosine", warm_up=10)
    given.total_steps = 210

    assert given.factor(110) == pytest.approx(0.5, rel=1e-15)
    assert given.factor(210) == 0.0


def test_given_warm_up_as_long_as_the_run_when_followed_then_a_cosine_is_at_its_end() -> None:
    assert factors(schedule("cosine", total_steps=4, warm_up=4), 5) == [0.25, 0.5, 0.75, 1.0, 0.0]


def test_given_warm_up_when_followed_then_it_rises_in_equal_parts_and_the_rest_counts_from_its_end() -> (
    None
):
    found = factors(schedule("step:2:0.5", warm_up=4), 10)

    assert found == [0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 0.25]


def test_given_warm_up_when_losses_are_told_then_a_plateau_does_not_count_them() -> None:
    given = schedule("plateau:0.5:0", warm_up=3)
    for step, loss in enumerate([1.0, 2.0, 3.0, 4.0, 4.0]):
        given.tell(step, loss)

    assert given.state() == PlateauState(4.0, 0, 0.5)
    assert [given.factor(step) for step in (0, 2, 3)] == [1 / 3, 1.0, 0.5]


@pytest.mark.parametrize(
    ("text", "warm_up", "is_constant", "wants_losses"),
    [
        ("constant", 0, True, False),
        ("constant", 5, False, False),
        ("cosine", 0, False, False),
        ("plateau", 0, False, True),
    ],
)
def test_given_a_schedule_when_asked_then_it_says_what_it_needs(
    text: str, warm_up: int, is_constant: bool, wants_losses: bool
) -> None:
    given = schedule(text, warm_up=warm_up)

    assert (given.is_constant, given.wants_losses) == (is_constant, wants_losses)


@settings(deadline=None)
@given(st.integers(0, len(LOSSES)), st.sampled_from(["plateau:0.5:3", "plateau:0.9:0", "plateau"]))
def test_given_its_state_through_json_when_restored_at_any_loss_then_it_goes_on_alike(
    cut: int, text: str
) -> None:
    one = schedule(text)
    for step, loss in enumerate(LOSSES[:cut]):
        one.tell(step, loss)
    other = schedule(text)
    other.restore(msgspec.json.decode(msgspec.json.encode(one.state()), type=PlateauState))
    for step, loss in enumerate(LOSSES[cut:], start=cut):
        one.tell(step, loss)
        other.tell(step, loss)

        assert other.factor(step) == one.factor(step)


def test_given_a_loss_only_a_little_less_when_told_then_it_is_no_better() -> None:
    """Better is a ten-thousandth below the least that counted."""
    given = schedule("plateau:0.5:0")
    found = []
    for step, loss in enumerate([1.0, 0.99995, 0.9998, 0.99975]):
        given.tell(step, loss)
        found.append(given.factor(step))

    assert found == [1.0, 0.5, 0.5, 0.25]


def test_given_losses_that_are_no_numbers_when_told_then_they_are_no_better_than_any() -> None:
    given = schedule("plateau:0.5:1")
    for step, loss in enumerate([math.nan, math.nan, 1.0]):
        given.tell(step, loss)

    assert given.state() == PlateauState(1.0, 0, 0.5)
