"""Stop conditions: when they end a run, and what they say."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.training.stop_conditions import Patience, PatienceState, reached


@pytest.mark.parametrize("loss", [0.05, 0.0499, 0.0])
def test_given_a_loss_at_or_below_when_told_then_the_reason_says_loss_step_and_limit(
    loss: float,
) -> None:
    reason = reached(loss, 1250, 0.05)

    assert reason == f"the training loss is {loss:.4g} at step 1,250, not above 0.05"


@pytest.mark.parametrize("loss", [0.0501, math.inf, math.nan])
def test_given_a_loss_above_when_told_then_there_is_no_reason(loss: float) -> None:
    assert reached(loss, 1250, 0.05) is None


def test_given_losses_that_fall_when_told_then_patience_lasts() -> None:
    patience = Patience(100)

    assert [patience.tell(step, 1.0 / (1 + step)) for step in range(0, 1000, 50)] == [None] * 20


def test_given_no_lower_loss_when_the_steps_are_over_then_the_reason_says_which_and_since_when() -> (
    None
):
    patience = Patience(1000)
    told = [(0, 0.5), (50, 0.3), (500, 0.4), (1049, 0.3)]

    assert [patience.tell(step, loss) for step, loss in told] == [None] * 4
    assert patience.tell(1050, 0.35) == ("no test loss below 0.3 for 1,000 steps, since step 50")


def test_given_a_lower_loss_at_the_last_moment_when_told_then_it_waits_anew() -> None:
    patience = Patience(100)
    for step, loss in ((0, 0.5), (100, 0.499), (199, 0.6)):
        assert patience.tell(step, loss) is None

    assert patience.tell(200, 0.6) == "no test loss below 0.499 for 100 steps, since step 100"


def test_given_losses_that_are_no_numbers_when_told_then_none_counts_as_lower() -> None:
    patience = Patience(100)
    patience.tell(50, math.nan)

    assert patience.tell(100, math.nan) == "no test loss was a number for 100 steps, since step 0"
    assert patience.tell(150, 0.5) is None
    assert patience.state() == PatienceState(0.5, 150)


def test_given_a_run_that_is_to_go_on_when_it_waits_again_then_the_least_loss_is_kept() -> None:
    patience = Patience(100)
    patience.tell(0, 0.5)
    assert patience.tell(100, 0.7) is not None
    patience.wait_again(100)

    assert patience.tell(150, 0.6) is None
    assert patience.tell(200, 0.6) == "no test loss below 0.5 for 100 steps, since step 100"


@given(st.lists(st.floats(0.0, 1.0), max_size=30), st.integers(0, 30), st.integers(1, 10))
def test_given_its_state_through_json_when_restored_anywhere_then_it_goes_on_alike(
    losses: list[float], cut: int, steps: int
) -> None:
    one = Patience(steps)
    for step, loss in enumerate(losses[:cut]):
        one.tell(step, loss)
    other = Patience(steps)
    other.restore(msgspec.json.decode(msgspec.json.encode(one.state()), type=PatienceState))
    for step, loss in enumerate(losses[cut:], start=min(cut, len(losses))):
        assert other.tell(step, loss) == one.tell(step, loss)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40), st.integers(1, 10))
def test_given_any_losses_when_told_then_it_ends_at_the_first_step_so_far_from_the_least(
    losses: list[float], steps: int
) -> None:
    patience = Patience(steps)
    ended = next((step for step, loss in enumerate(losses) if patience.tell(step, loss)), None)
    firsts = [losses.index(min(losses[: step + 1])) for step in range(len(losses))]
    expected = next((step for step, first in enumerate(firsts) if step - first >= steps), None)

    assert ended == expected
