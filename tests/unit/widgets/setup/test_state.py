"""The set-up apart from the terminal: changes on their way, refusals, questions."""

from typing import Any

import msgspec
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Adjust, ConfigureAnew, SetAlpha
from engine.messages.run_state import State
from engine.messages.snapshot import KeptSummary, Snapshot
from engine.messages.view import View
from engine.run.run import Run
from tui.widgets.setup.effect import effect_of
from tui.widgets.setup.state import LOADING, SetupState

RUN = Run(TrainingConfig(steps=400), 10)


def seen(**changes: Any) -> Snapshot:
    return msgspec.structs.replace(RUN.snapshot(View()), **changes)


@pytest.fixture
def state() -> SetupState:
    found = SetupState()
    found.take(seen())
    return found


def value_of(state: SetupState, field: str) -> Any:
    return state.draft.values[field]


def test_given_a_live_change_when_proposed_then_it_is_sent_and_shown_before_the_run_has_it(
    state: SetupState,
) -> None:
    assert state.propose({"batch_size": 8}, live=True) == Adjust({"batch_size": 8})
    assert value_of(state, "batch_size") == 8
    state.take(seen())
    assert value_of(state, "batch_size") == 8


def test_given_alpha_when_proposed_then_it_is_set_without_another_learner(
    state: SetupState,
) -> None:
    assert state.propose({"alpha": 0.5}, live=True) == SetAlpha(0.5)


def test_given_a_change_when_the_run_never_shows_it_then_the_run_is_right(
    state: SetupState,
) -> None:
    state.propose({"alpha": 0.5}, live=True)
    for _ in range(3):
        state.take(seen(alpha=0.125))
    assert value_of(state, "alpha") == 0.125


def test_given_a_change_when_the_run_shows_it_then_later_ones_of_others_are_shown(
    state: SetupState,
) -> None:
    state.propose({"alpha": 0.5}, live=True)
    state.take(seen(alpha=0.5))
    state.take(seen(alpha=0.125))
    assert value_of(state, "alpha") == 0.125


def test_given_a_change_when_refused_then_it_is_taken_back_and_said(state: SetupState) -> None:
    state.propose({"data": "circles"}, live=False)
    assert state.begin_anew("") == ConfigureAnew({"data": "circles"})
    state.is_late = True
    state.refuse("data: no such file")

    assert value_of(state, "data") == "moons"
    assert (state.picture().effect, state.picture().problem) == ("data: no such file", True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"l1": -1.0}, "l1: -1.0 is not a number from 0 to 1e+06"),
        ({"warm_up": 400}, "warm-up: 400 leaves none of 400 steps with all of alpha; take fewer"),
        ({"plane": ("a", "b")}, "plane: there is no input 'a' among x, y"),
        ({"rule": "article", "batch_size": 8}, "rule: the article's has a meaning with the full"),
    ],
)
def test_given_what_is_not_allowed_when_proposed_then_nothing_is_sent(
    state: SetupState, changes: dict[str, Any], said: str
) -> None:
    assert state.propose(changes, live=True) is None
    assert state.problem.startswith(said)
    assert not state.draft.sent


def test_given_several_changes_when_they_wait_then_they_begin_anew_together(
    state: SetupState,
) -> None:
    assert state.propose({"samples": 100}, live=False) is None
    state.propose({"samples": 120}, live=False)
    state.propose({"noise": 0.3}, live=False)
    assert state.begin_anew("") == ConfigureAnew({"samples": 120, "noise": 0.3})
    assert state.begin_anew("") is None


def test_given_other_data_when_they_wait_then_what_is_usual_for_them_is_shown(
    state: SetupState,
) -> None:
    state.propose({"data": "circles"}, live=False)
    assert (value_of(state, "samples"), value_of(state, "initialization")) == (500, "pytorch")
    state.drop()
    assert (value_of(state, "samples"), value_of(state, "initialization")) == (200, "he")


def test_given_a_question_when_not_answered_then_nothing_is_sent(state: SetupState) -> None:
    state.propose({"seed": 1}, live=False)
    assert state.begin_anew("give up 9 steps?") is None
    assert state.picture().effect == "give up 9 steps? enter begins anew, esc leaves it"
    assert state.begin_anew("give up 9 steps?") == ConfigureAnew({"seed": 1})


def test_given_a_late_answer_when_drawn_then_it_says_so_until_it_is_there(
    state: SetupState,
) -> None:
    state.propose({"seed": 1}, live=False)
    state.begin_anew("")
    state.is_late = True
    assert state.picture().effect == LOADING
    state.take(seen(config=TrainingConfig(steps=400, seed=1)))
    assert state.picture().effect != LOADING


def test_given_sections_when_left_and_come_back_to_then_the_row_is_the_same(
    state: SetupState,
) -> None:
    state.select(3)
    state.go_to_section(2)
    state.select(99)
    assert state.row is not None
    assert state.row.key == "weight_seed"
    state.go_to_section(6)
    assert state.row.key == "test_size"


def test_given_a_layer_less_when_the_last_one_was_selected_then_what_follows_is(
    state: SetupState,
) -> None:
    state.go_to_section(2)
    state.select(1)
    state.propose({"layers": (16,)}, live=True)
    assert state.row is not None
    assert state.row.key == "layers:add"


def test_given_no_snapshot_when_drawn_then_there_is_an_empty_sheet() -> None:
    assert SetupState().picture().rows[0].name == ""


# what a change does to the run

LONG = KeptSummary(70_000, newer=False, is_long=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"step": 0}, "begins anew"),
        ({"step": 98_765, "state": State.PAUSED}, "begins anew: 98,765 steps are kept for u"),
        ({"step": 98_765, "state": State.RUNNING}, "begins anew: 98,000 steps are kept for u"),
        ({"step": 7, "state": State.RUNNING}, "begins anew: 7 steps are kept for u"),
        ({"step": 50, "kept": LONG}, "begins anew: 70,000 steps are kept for u"),
        ({"step": 0, "kept": LONG}, "begins anew: 70,000 steps are kept for u"),
        (
            {"step": 50, "kept": LONG, "trained_seconds": 31.0},
            "begins anew: 50 steps are kept for u",
        ),
    ],
)
def test_given_a_run_when_it_would_begin_anew_then_it_says_what_u_brings_back(
    changes: dict[str, Any], said: str
) -> None:
    assert effect_of(seen(**changes), is_live=False) == said


def test_given_a_live_setting_when_explained_then_the_run_goes_on() -> None:
    assert effect_of(None, is_live=True) == "changes live: the run goes on"


def test_given_lists_of_values_when_sent_then_they_are_as_a_recording_has_them(
    state: SetupState,
) -> None:
    assert state.propose({"layers": (8, "4:tanh")}, live=True) == Adjust({"layers": [8, "4:tanh"]})
    assert value_of(state, "layers") == (8, "4:tanh")
    state.propose({"features": ("x", "y", "xy")}, live=False)
    assert state.begin_anew("") == ConfigureAnew({"features": ["x", "y", "xy"]})


def test_given_a_problem_when_another_run_takes_its_place_then_it_is_said_no_more(
    state: SetupState,
) -> None:
    state.propose({"nesterov": True}, live=True)
    state.take(seen())
    assert state.picture().effect.startswith("nesterov: it needs a momentum above 0")
    state.take(seen(run=1))
    assert state.picture().effect == "begins anew"


def test_given_a_waiting_change_when_it_is_taken_back_by_hand_then_nothing_waits(
    state: SetupState,
) -> None:
    state.propose({"samples": 100}, live=False)
    state.propose({"samples": 200}, live=False)
    assert state.begin_anew("") is None
    assert state.propose({"alpha": 0.25}, live=True) is None
