"""Keys quicker than the answers: what was asked for adds up, and outlives nothing that overtook it."""

import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command, Reset, Rewind, SetAlpha
from engine.messages.run_state import State
from helpers.apps import WatchedSession, dashboard


@pytest.mark.parametrize(
    ("alpha", "quick", "then", "command"),
    [
        (0.25, ("n", "e", "n"), "n", Reset(3)),
        (8e5, ("up", "down", "u"), "plus", SetAlpha(5e5)),
    ],
    ids=["another seed from the ending", "alpha as it was before the undo"],
)
async def test_given_no_answer_yet_when_a_wish_is_overtaken_then_it_does_not_come_back(
    alpha: float, quick: tuple[str, ...], then: str, command: Command
) -> None:
    async with dashboard(WatchedSession(TrainingConfig(steps=400, alpha=alpha)), ticks=1) as shown:
        shown.session.hold()
        await shown.press(*quick)
        shown.session.release()
        await shown.settle()

        await shown.press(then)

        assert shown.session.commands[-1] == command


async def test_given_no_answer_yet_when_seeds_are_asked_for_here_and_in_the_ending_then_they_add_up() -> (
    None
):
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("e", "n", "n", "e", "n", "n")

        assert shown.session.commands == [Reset(1), Reset(2), Reset(3), Reset(4)]


async def test_given_no_answer_yet_when_undone_then_the_next_alpha_is_from_its_half() -> None:
    session = WatchedSession(TrainingConfig(steps=400, alpha=8e5))
    async with dashboard(session, ticks=1) as shown:
        assert shown.session.run.state is State.DIVERGED
        shown.session.hold()
        await shown.press("u", "plus")

        assert shown.session.commands == [Rewind(), SetAlpha(5e5)]


async def test_given_another_who_steers_when_a_wish_was_heard_then_it_does_not_outlive_that() -> (
    None
):
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("up")
        shown.session.run.apply(SetAlpha(0.05))
        shown.session.release()
        await shown.settle()

        await shown.press("up")

        assert shown.session.commands == [SetAlpha(0.3), SetAlpha(0.06)]


async def test_given_a_wish_that_is_refused_when_pressed_again_then_it_does_not_count() -> None:
    async with dashboard() as shown:
        shown.session.hold()
        await shown.press("up")
        assert shown.session.on_refused is not None
        shown.session.on_refused("alpha: not now")
        await shown.press("up")

        assert shown.session.commands == [SetAlpha(0.3), SetAlpha(0.3)]
