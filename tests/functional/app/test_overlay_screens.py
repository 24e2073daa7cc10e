"""The screens that lie over the training view: help, the palette, and that they are let go again."""

import gc
from dataclasses import replace

import pytest
from textual._styles_cache import StylesCache

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Pause
from engine.messages.run_state import State
from helpers.apps import NARROW, OPTIONS, WatchedSession, dashboard
from tui.screens.actions import DASHBOARD_ACTIONS, END_RUN


async def test_given_help_when_opened_then_it_explains_every_key_and_pane_and_closes() -> None:
    async with dashboard(size=(120, 160), ticks=1) as shown:
        before = shown.text
        await shown.press("question_mark")

        said = [action.says(shown.app.dashboard.context) for action in DASHBOARD_ACTIONS]
        not_there = {text for text in said if text not in shown.text}
        assert not_there == {END_RUN.tooltip}  # which only an attached dashboard can do
        assert "up + =  Learn faster" in shown.text
        assert "The node above" in shown.text
        await shown.until(lambda: "saturated" in shown.text)
        for words in ("cross-entropy", "a letter of its own", "capital letter", "dead relus"):
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
        assert "Change the colours" in shown.offered

        await shown.tick()
        assert "Train for as many steps again" in shown.offered
        assert "Pause the training, or go on" not in shown.offered

        await shown.press("escape")
        assert "See how it does on the test points" in shown.offered
        assert "As fast as it goes; once more for the pace before" not in shown.offered


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("alpha", "alpha up"),
        ("a", "type alpha"),
        ("learning rate", "alpha up"),
        ("quit", "quit"),
        ("q", "quit"),
        ("exit", "detach"),
        ("detach", "detach"),
        ("maximize", "maximize"),
        ("zoom", "maximize"),
        ("?", "help"),
        ("[", "layer before"),
        ("theme", "theme"),
        ("colours", "theme"),
        ("up", "alpha up"),
    ],
)
async def test_given_the_palette_when_a_name_key_or_word_is_typed_then_it_is_found_first(
    typed: str, name: str
) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p", *typed)
        first = next(line for line in shown.lines if "│ > " in line)
        assert f" {name}  " in first


async def test_given_the_palette_when_opened_then_each_command_stands_beside_its_keys() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p")
        for line in (
            "> space  pause         Pause the training, or go on",
            "  ↑ + =  alpha up      Learn faster: the next greater alpha",
            "      q  quit          End the run and leave its report behind",
            "         theme         Change the colours",
        ):
            assert line in shown.text


async def test_given_the_palette_when_its_keys_are_pressed_then_they_do_what_it_says() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("ctrl+p")
        assert "↑↓ choose   enter take   esc close" in shown.text
        await shown.press("up", "down", "down")
        assert "│ > ↑ + =" in shown.text
        await shown.press(*["pagedown"] * 8)
        assert " stats " in next(line for line in shown.lines if "│ > " in line)
        await shown.press("pageup", *["up"] * 60)
        assert " pause " in next(line for line in shown.lines if "│ > " in line)

        await shown.press(*"zebra", "enter")
        assert "nothing is called that" in shown.text
        await shown.press("escape")
        assert shown.app.screen is shown.app.dashboard
        assert shown.session.commands == []


async def test_given_the_palette_when_a_line_is_clicked_then_it_is_carried_out() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p")
        await shown.click_on("Logarithmic or linear loss")
        assert shown.app.screen is shown.app.dashboard
        assert "linear" in shown.lines[1]


async def test_given_a_screen_over_the_view_when_the_palette_is_asked_for_then_it_stays_away() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        for opens in ("question_mark", "a"):
            await shown.press(opens)
            before = shown.app.screen
            await shown.press("ctrl+p")
            assert shown.app.screen is before
            await shown.press("escape")


# help where less can be done


async def test_given_a_dashboard_that_watches_when_help_is_opened_then_it_lists_what_can_be_done() -> (
    None
):
    options = replace(OPTIONS, watches=True)
    async with dashboard(size=(100, 110), options=options, ticks=1) as shown:
        await shown.press("question_mark")
        for words in (
            "Leave, and let",
            "See how it does",
            "Inspect the next",
            "Take the room back",
        ):
            assert words in shown.text
        for words in ("Pause", "Start over", "Learn faster", "Save the run", "Undo", "full speed"):
            assert words not in shown.text


# themes


async def test_given_themes_when_offered_then_only_those_that_look_different() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p", *"theme", "enter")
        assert "Themes" in shown.text
        names = [line.split("  ")[-2:] for line in shown.lines if "moonwalk-" in line]
        assert len(names) == 2
        assert "nord" not in shown.text
        assert "textual" not in shown.text

        await shown.press(*"light", "enter")
        assert shown.app.theme == "moonwalk-day"
        assert "#fbfaf6" in shown.colors


async def test_given_no_color_when_commands_are_offered_then_there_is_no_theme_to_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with dashboard(ticks=1) as shown:
        assert "Change the colours" not in shown.offered


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
