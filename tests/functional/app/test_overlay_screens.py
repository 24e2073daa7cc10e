"""The screens that lie over the training view: help, the palette, and that they are let go again."""

import gc

import pytest
from textual._styles_cache import StylesCache
from textual.events import Click

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Pause
from engine.messages.run_state import State
from helpers.apps import WatchedSession, dashboard
from tui.screens.dashboard import DashboardScreen


async def test_given_help_when_opened_then_it_explains_every_key_and_pane_and_closes() -> None:
    async with dashboard(size=(120, 110), ticks=1) as shown:
        before = shown.text
        await shown.press("question_mark")

        assert [b.tooltip for b in DashboardScreen.BINDINGS if b.tooltip not in shown.text] == []
        assert "up + =  Learn faster" in shown.text
        assert "The node above" in shown.text
        await shown.until(lambda: "saturated" in shown.text)
        for words in ("Binary cross-entropy", "two half moons", "capital letter", "dead relus"):
            assert words in shown.text

        await shown.press("escape")
        assert shown.text == before


async def test_given_the_palette_when_a_command_is_chosen_then_it_is_carried_out() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p", *"pause the training")
        await shown.until(lambda: "Pause the training, or go on" in shown.text)
        await shown.press("enter")
        await shown.until(lambda: shown.session.carried_out == [Pause()])

        assert shown.app.screen is shown.app.dashboard
        assert shown.session.run.state is State.PAUSED


async def test_given_the_palette_when_opened_then_it_offers_what_can_be_done_now() -> None:
    async with dashboard(WatchedSession(TrainingConfig(steps=30)), ticks=2) as shown:
        assert "As fast as it goes; once more for the pace before" in shown.offered
        assert "Change the theme" in shown.offered

        await shown.tick()
        assert "Train for as many steps again" in shown.offered
        assert "Pause the training, or go on" not in shown.offered

        await shown.press("escape")
        assert "See how it does on the test points" in shown.offered
        assert "As fast as it goes; once more for the pace before" not in shown.offered


@pytest.mark.parametrize("size", [(6, 3), (6, 24), (8, 1), (40, 3), (1, 1)], ids=str)
@pytest.mark.parametrize("palette", [("ctrl+p",), ("ctrl+p", *"theme", "enter")], ids=len)
async def test_given_the_palette_when_the_terminal_is_tiny_then_paging_in_it_is_no_fault(
    palette: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press(*palette)
        await shown.resize(*size)
        await shown.press("pagedown", "x", "pagedown", "home", "pageup", "down")
        await shown.resize(120, 40)
        await shown.press("escape", "escape")
        assert shown.app.shutdown.fault is None
        assert "make_moons" in shown.text


async def test_given_the_palette_when_opened_again_before_it_is_gone_then_it_is_no_fault() -> None:
    async with dashboard(ticks=1) as shown:
        for _ in range(2):
            shown.app.action_command_palette()
            shown.app.screen.dismiss()
        await shown.settle()
        assert shown.app.shutdown.fault is None
        assert shown.app.screen is shown.app.dashboard


async def test_given_the_palette_when_a_click_comes_from_before_the_terminal_shrank_then_no_fault() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p")
        palette = shown.app.screen
        await shown.resize(80, 24)
        at = {"x": 86, "y": 38, "screen_x": 86, "screen_y": 38}
        palette.post_message(
            Click(
                palette, **at, delta_x=0, delta_y=0, button=1, shift=False, meta=False, ctrl=False
            )
        )
        await shown.settle()
        assert shown.app.shutdown.fault is None
        assert shown.app.screen is palette

        await shown.click(1, 20)  # beside the palette, which closes it
        assert shown.app.screen is not palette


# memory

MOST_WIDGETS_OF_A_SCREEN = 8
"""Of those that lie over the training view; the least has five."""


def drawn_widgets() -> int:
    """How many widgets there are whose lines are kept."""
    gc.collect()
    return sum(isinstance(each, StylesCache) for each in gc.get_objects())


@pytest.mark.slow
@pytest.mark.parametrize("opens", ["question_mark", "e", "a", "ctrl+p"])
async def test_given_a_screen_when_opened_and_closed_again_then_nothing_of_it_is_kept(
    opens: str,
) -> None:
    async with dashboard(ticks=1) as shown:
        before = drawn_widgets()
        await shown.press(*[opens, "escape"] * 10)
        # what a screen does apart from messages, as the palette's search, may outlive it a moment
        most = before + MOST_WIDGETS_OF_A_SCREEN
        await shown.until(lambda: drawn_widgets() <= most, looks=100)
