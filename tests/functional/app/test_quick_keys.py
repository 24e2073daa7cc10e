"""Keys quicker than the answers: their commands are relative, so that they add up in the host."""

import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    Command,
    NudgeAlpha,
    Reset,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.run_state import State
from helpers.apps import WatchedSession, dashboard


@pytest.mark.parametrize(
    ("alpha", "quick", "then", "command"),
    [
        (0.25, ("n", "e", "n"), "n", Reset(3)),
        (8e5, ("up", "down", "u"), "plus", SetAlpha(5e5)),
    ],
    ids=["another seed from the report", "alpha as it was before the undo"],
)
async def test_given_no_answer_yet_when_keys_are_pressed_then_the_next_key_goes_on_from_there(
    alpha: float, quick: tuple[str, ...], then: str, command: Command
) -> None:
    async with dashboard(WatchedSession(TrainingConfig(steps=400, alpha=alpha)), ticks=1) as shown:
        shown.session.hold()
        await shown.press(*quick)
        shown.session.release()
        await shown.settle()

        await shown.press(then)

        assert shown.session.carried_out[-1] == command


async def test_given_no_answer_yet_when_new_seeds_are_asked_for_on_both_screens_then_they_add_up() -> (
    None
):
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("e", "n", "n", "e", "n", "n")

        assert shown.session.carried_out == [Reset(1), Reset(2), Reset(3), Reset(4)]


async def test_given_no_answer_yet_when_the_pace_is_changed_then_the_presses_add_up() -> None:
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("greater_than_sign", "greater_than_sign", "f", "f", "comma")

        assert shown.session.carried_out == [
            *(SetPace(20), SetPace(50), SetPace(0), SetPace(50), SetPace(20))
        ]


async def test_given_no_answer_yet_when_undone_then_the_next_alpha_is_from_its_half() -> None:
    session = WatchedSession(TrainingConfig(steps=400, alpha=8e5))
    async with dashboard(session, ticks=1) as shown:
        assert shown.session.run.state is State.DIVERGED
        shown.session.hold()
        await shown.press("u", "plus")

        assert shown.session.carried_out == [Rewind(4e5), SetAlpha(5e5)]


async def test_given_another_dashboard_that_steers_when_a_key_is_pressed_then_it_acts_on_what_is_so() -> (
    None
):
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("up")
        shown.session.run.apply(SetAlpha(0.05))

        await shown.press("up")

        assert shown.session.carried_out == [SetAlpha(0.3), SetAlpha(0.05), SetAlpha(0.06)]
        assert shown.session.commands == [NudgeAlpha(by=1), NudgeAlpha(by=1)]


async def test_given_another_dashboard_that_steers_when_alpha_is_typed_then_the_prompt_shows_the_last_seen() -> (
    None
):
    async with dashboard() as shown:
        shown.session.run.apply(SetAlpha(0.05))
        await shown.tick()
        await shown.press("a", "enter")

        assert shown.session.carried_out == [SetAlpha(0.05), SetAlpha(0.05)]
