"""Keys that come all at once act as if they were typed slowly."""

import pytest
from textual.events import Key, Paste
from textual.widgets import Input

from engine.messages.commands import NudgeAlpha, SetAlpha, StartOver, TrainAgain
from helpers.apps import Dashboard, WatchedSession, dashboard
from tui.screens.dashboard import DashboardScreen
from tui.screens.help import HelpScreen
from tui.screens.report import ReportScreen

CHARACTERS = {"full_stop": "."}


def rush(shown: Dashboard, *keys: str) -> None:
    """Send `keys` in one burst, as they come over a slow line."""
    driver = shown.app._driver
    assert driver is not None
    for key in keys:
        driver.send_message(Key(key, key if len(key) == 1 else CHARACTERS.get(key)))


async def test_given_a_prompt_that_a_key_opens_when_more_follow_at_once_then_they_are_typed_there() -> (
    None
):
    async with dashboard() as shown:
        rush(shown, "a", "right", "backspace", "backspace", "3", "3")
        await shown.until(lambda: "0.33" in shown.text)
        assert shown.app.screen.query_one(Input).value == "0.33"
        assert shown.session.commands == []


@pytest.mark.parametrize("slowly", [True, False])
async def test_given_an_alpha_when_it_is_corrected_then_it_is_the_same_slowly_and_at_once(
    slowly: bool,
) -> None:
    keys = ("a", "backspace", "backspace", "3", "3")
    async with dashboard() as shown:
        if slowly:
            await shown.press(*keys)
        else:
            rush(shown, *keys)
        await shown.until(lambda: "33" in shown.text)
        assert shown.app.screen.query_one(Input).value == "33"


async def test_given_a_prompt_when_its_end_and_other_keys_come_at_once_then_those_act_after_it() -> (
    None
):
    async with dashboard() as shown:
        rush(shown, "a", "5", "enter", "plus", "a", "7", "escape", "minus")
        await shown.until(lambda: len(shown.session.commands) == 3)
        assert shown.session.commands == [SetAlpha(5.0), NudgeAlpha(by=1), NudgeAlpha(by=-1)]
        assert isinstance(shown.app.screen, DashboardScreen)


async def test_given_help_when_it_opens_and_closes_in_a_burst_then_the_next_key_acts_below() -> (
    None
):
    async with dashboard() as shown:
        rush(shown, "question_mark", "r", "escape", "plus")
        await shown.until(lambda: bool(shown.session.commands))
        assert shown.session.commands == [NudgeAlpha(by=1)]


async def test_given_help_that_a_key_opens_when_a_key_of_the_run_follows_at_once_then_it_is_open() -> (
    None
):
    async with dashboard() as shown:
        rush(shown, "question_mark", "down")
        await shown.until(lambda: isinstance(shown.app.screen, HelpScreen))
        await shown.settle()
        assert shown.session.commands == []


async def test_given_the_palette_when_a_name_follows_at_once_then_it_is_typed_there() -> None:
    async with dashboard() as shown:
        rush(shown, "ctrl+p", "r", "a", "n")
        await shown.until(lambda: [box.value for box in shown.app.screen.query(Input)] == ["ran"])
        assert shown.session.commands == []


async def test_given_a_report_that_a_key_asks_for_when_a_key_follows_at_once_then_it_acts_there() -> (
    None
):
    async with dashboard(ticks=40) as shown:
        await shown.press("escape")
        rush(shown, "e", "c")
        await shown.until(lambda: bool(shown.session.commands))
        assert shown.session.commands == [TrainAgain()]


async def test_given_a_report_that_does_not_come_when_ctrl_c_follows_then_it_counts_at_once() -> (
    None
):
    session = WatchedSession()
    async with dashboard(session) as shown:

        async def never() -> None:
            await shown.until(lambda: False)

        session.report = never  # type: ignore[assignment,method-assign] # a host that is busy
        rush(shown, "e", "r", "ctrl+c")
        await shown.until(lambda: "ctrl+c again" in shown.text)
        assert session.commands == []


async def test_given_a_prompt_that_a_key_opens_when_a_paste_follows_at_once_then_it_is_typed_there() -> (
    None
):
    async with dashboard() as shown:
        rush(shown, "a")
        assert shown.app._driver is not None
        shown.app._driver.send_message(Paste("0.5"))
        rush(shown, "enter")
        await shown.until(lambda: bool(shown.session.commands))
        assert shown.session.commands == [SetAlpha(0.5)]


@pytest.mark.parametrize("times", [1, 30])
async def test_given_a_burst_when_none_opens_a_screen_then_all_act_in_their_order(
    times: int,
) -> None:
    async with dashboard() as shown:
        rush(shown, *["plus", "r"] * times)
        await shown.until(lambda: len(shown.session.commands) == 2 * times)
        assert shown.session.commands == [NudgeAlpha(by=1), StartOver()] * times
        assert not isinstance(shown.app.screen, ReportScreen)
