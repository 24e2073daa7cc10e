"""The keys that steer the run, as a person presses them."""

import numpy as np
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import MakeSteps, Pause, Reset, Resume, SetAlpha, SetPace
from engine.messages.run_state import State
from helpers.apps import NARROW, PACE, Dashboard, WatchedSession, dashboard

STEERING = ("space", "full_stop", "up", "plus", "equals_sign", "down", "minus", "a")
PACING = ("less_than_sign", "comma", "greater_than_sign", "f")
STARTING = ("r", "n", "e")
"""Keys by what they do to a run."""


async def type_alpha(shown: Dashboard, text: str) -> None:
    """Type `text` in place of what the prompt holds, and press enter."""
    await shown.press("ctrl+u", *text, "enter")


# pause and step


async def test_given_a_running_run_when_space_is_pressed_then_it_pauses_and_goes_on() -> None:
    async with dashboard(ticks=2) as shown:
        await shown.press("space")

        assert shown.session.run.state is State.PAUSED
        assert shown.lines[-3].startswith(" paused ")
        assert shown.keys.startswith(" space go on ")

        await shown.tick(3)
        assert shown.session.run.trainer.step == 20

        await shown.press("space")
        assert shown.lines[-3].startswith(" running ")
        assert shown.keys.startswith(" space pause ")

        await shown.tick(3)
        assert "step  50 / 400" in shown.status
        assert shown.session.carried_out == [Pause(), Resume()]


async def test_given_no_answer_yet_when_space_is_pressed_twice_then_it_runs_as_before() -> None:
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("space", "space")
        shown.session.release()
        await shown.settle()

        assert shown.session.carried_out == [Pause(), Resume()]
        assert shown.session.run.state is State.RUNNING

        await shown.press("space")
        assert shown.session.run.state is State.PAUSED


async def test_given_a_running_run_when_stepped_then_it_makes_single_steps() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("full_stop")
        assert "step  11 / 400" in shown.status

        await shown.press("full_stop", "full_stop")
        await shown.tick(5)

        assert "step  13 / 400" in shown.status
        assert shown.lines[-3].startswith(" paused ")
        assert shown.session.carried_out == [MakeSteps(1)] * 3


# alpha


@pytest.mark.parametrize(
    ("key", "alphas"),
    [
        ("up", [0.3, 0.4, 0.5]),
        ("plus", [0.3, 0.4, 0.5]),
        ("equals_sign", [0.3, 0.4, 0.5]),
        ("down", [0.2, 0.15, 0.1]),
        ("minus", [0.2, 0.15, 0.1]),
    ],
)
async def test_given_no_answer_yet_when_alpha_is_changed_thrice_then_the_presses_add_up(
    key: str, alphas: list[float]
) -> None:
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press(key, key, key)
        shown.session.release()
        await shown.settle()

        assert shown.session.carried_out == [SetAlpha(alpha) for alpha in alphas]
        assert f"alpha {alphas[-1]:g} " in shown.status


async def test_given_alpha_was_changed_when_drawn_then_the_loss_chart_marks_where() -> None:
    async with dashboard(ticks=20) as shown:
        assert "┊" not in shown.text

        await shown.press("up")
        await shown.tick(10)

        assert "┊ alpha 0.3" in shown.text


async def test_given_the_prompt_when_an_alpha_is_typed_then_it_is_taken() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("a")
        assert "Alpha, the learning rate" in shown.text
        assert "enter take   esc leave it" in shown.text

        await type_alpha(shown, "7e-2")

        assert "Alpha, the" not in shown.text
        assert "alpha 0.07 " in shown.status
        assert shown.session.carried_out == [SetAlpha(0.07)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("fast", "'fast' is not a number"),
        ("", "'' is not a number"),
        ("0", "not a number above 0"),
        ("-1", "not a number above 0"),
        ("nan", "not a number above 0"),
        ("1e999", "not a number above 0"),
    ],
)
async def test_given_the_prompt_when_nonsense_is_typed_then_it_says_why_and_stays(
    text: str, problem: str
) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("a")
        await type_alpha(shown, text)

        assert problem in shown.text
        assert "Alpha, the" in shown.text

        await shown.press("escape")
        assert "Alpha, the" not in shown.text
        assert "alpha 0.25 " in shown.status
        assert shown.session.commands == []


async def test_given_an_alpha_beyond_the_ladder_when_lowered_then_it_comes_back() -> None:
    async with dashboard(WatchedSession(TrainingConfig(steps=400, alpha=1e7))) as shown:
        await shown.press("down")
        assert shown.session.run.trainer.alpha < 1e7


# pace


async def test_given_a_pace_when_it_is_changed_then_it_goes_along_the_ladder() -> None:
    async with dashboard() as shown:
        await shown.press("greater_than_sign")
        assert "20 steps/frame" in shown.status
        await shown.press("less_than_sign", "comma")

        assert "5 steps/frame" in shown.status
        assert shown.session.carried_out == [SetPace(20), SetPace(10), SetPace(5)]


async def test_given_the_ends_of_the_ladder_when_the_pace_is_changed_then_it_stays_there() -> None:
    async with dashboard() as shown:
        await shown.press(*["less_than_sign"] * 5)
        assert "1 step/frame" in shown.status

        await shown.press(*["greater_than_sign"] * 11)
        assert "full speed" in shown.status

        await shown.press("less_than_sign")
        assert "1,000 steps/frame" in shown.status


@pytest.mark.parametrize("held", [False, True], ids=["one by one", "quickly"])
async def test_given_full_speed_when_asked_once_more_then_the_pace_is_as_before(held: bool) -> None:
    async with dashboard() as shown:
        if held:
            shown.session.hold()
        await shown.press("f")
        assert ("full speed" in shown.status) is not held

        await shown.press("f")
        shown.session.release()
        await shown.settle()

        assert "10 steps/frame" in shown.status
        assert shown.session.carried_out == [SetPace(0), SetPace(PACE)]


# starting over


async def test_given_a_trained_network_when_restarted_then_it_has_its_initial_weights() -> None:
    async with dashboard() as shown:
        initial = shown.session.run.trainer.network.parameters.copy()
        first = shown.lines
        await shown.tick(5)
        assert not np.array_equal(shown.session.run.trainer.network.parameters, initial)

        await shown.press("up", "r")

        assert np.array_equal(shown.session.run.trainer.network.parameters, initial)
        assert "before: alpha 0.25" in shown.lines[1]
        assert "alpha 0.3 " in shown.status
        assert shown.session.carried_out == [SetAlpha(0.3), Reset()]
        await shown.press("backspace", "down")  # without the curve of the course before
        assert shown.lines[:-2] == first[:-2]


async def test_given_a_run_when_given_a_new_seed_then_points_and_weights_are_others() -> None:
    async with dashboard(ticks=1) as shown:
        before = shown.lines
        await shown.press("n")

        assert "seed 1" in shown.lines[0]
        assert "step   0 / 400" in shown.status
        points = [[line[:40] for line in lines[14:36]] for lines in (before, shown.lines)]
        assert points[0] != points[1]
        assert shown.session.run.trainer.config.seed == 1
        assert shown.session.carried_out == [Reset(1)]


async def test_given_no_answer_yet_when_restarted_then_the_presses_before_it_add_up() -> None:
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("up", "r", "up")
        assert shown.session.carried_out == [SetAlpha(0.3), Reset(), SetAlpha(0.4)]


async def test_given_a_click_beside_the_prompt_when_typed_then_it_goes_there_still() -> None:
    async with dashboard() as shown:
        await shown.press("a")
        await shown.click(2, 2)
        await type_alpha(shown, "0.7")

        assert shown.session.carried_out == [SetAlpha(0.7)]


# keys that cannot act


async def test_given_no_snapshot_yet_when_keys_are_pressed_then_nothing_is_sent() -> None:
    async with dashboard(WatchedSession(held=True)) as shown:
        assert "loading the data" in shown.lines[0]
        assert "starting" in shown.status
        keys = shown.keys
        assert "space" not in keys
        assert "alpha" not in keys
        assert "evaluate" not in keys
        assert "q quit" in keys

        await shown.press(*STEERING, *PACING, *STARTING)

        assert shown.session.commands == []
        assert shown.app.screen is shown.app.dashboard

        shown.session.release()
        await shown.settle()
        assert shown.keys.startswith(" space pause")


async def test_given_a_run_that_is_done_when_keys_are_pressed_then_only_steps_are_refused() -> None:
    async with dashboard(WatchedSession(TrainingConfig(steps=30)), ticks=3) as shown:
        await shown.press("escape")
        assert shown.lines[-3].startswith(" done ")
        assert shown.keys.startswith(" ↑↓ alpha  [] layer ")

        await shown.press("space", "full_stop", *PACING)
        assert shown.session.commands == []

        await shown.press("up")
        assert shown.session.carried_out == [SetAlpha(0.3)]


async def test_given_a_run_that_diverged_when_restarted_lower_then_it_runs() -> None:
    session = WatchedSession(TrainingConfig(steps=400, alpha=1e6))
    async with dashboard(session, ticks=1) as shown:
        assert shown.lines[-3].startswith(" diverged ")
        assert "alpha 1e+06 too large at step 1: u halves it, r restarts with it" in shown.status
        assert "space" not in shown.keys

        await shown.press("space", "full_stop", *PACING)
        assert session.commands == []

        await shown.press("a")
        await type_alpha(shown, "0.1")
        await shown.press("r")
        assert "too large" not in shown.text

        await shown.tick(2)
        assert shown.lines[-3].startswith(" running ")
        assert "step  20 / 400" in shown.status


async def test_given_80_columns_when_diverged_then_the_remedy_is_to_be_read() -> None:
    session = WatchedSession(TrainingConfig(alpha=1e6))
    async with dashboard(session, size=NARROW, ticks=1) as shown:
        assert "alpha 1e+06 too large at step 1: u halves it, r restarts with it" in shown.status
