"""The training view: its panes, the keys of the view, the mouse, and every kind of terminal."""

import itertools

import pytest

from engine.messages.commands import Pause, SetAlpha, SetPace
from helpers.apps import ASCII_OPTIONS, CONFIG, NARROW, Dashboard, WatchedSession, dashboard
from tui.screens.report import ReportScreen
from tui.widgets.picture_view import PictureView

PANES = {"loss": "Loss", "real": "Real", "predicted": "Predicted", "layer": "Layer 1 of 3"}
EVERY_SCREEN = [(), ("question_mark",), ("a",), ("e",), ("ctrl+p",)]
SCREENS = ["dashboard", "help", "prompt", "ending", "palette"]
"""Their names, by the keys that open them."""


def titles(shown: Dashboard) -> set[str]:
    """The panes that are on the screen."""
    return {pane for pane, title in PANES.items() if f" {title} " in shown.text}


# the layer pane


async def test_given_three_layers_when_turned_then_it_goes_around_both_ends() -> None:
    async with dashboard(ticks=1) as shown:
        seen = []
        for key in ("right_square_bracket",) * 3 + ("left_square_bracket",) * 3:
            await shown.press(key)
            words = next(line for line in shown.lines if "Layer" in line)[80:].split()
            seen.append(" ".join((words[2], *words[6:8])))

        first, second, third = "1 16×2 relu", "2 16×16 relu", "3 1×16 sigmoid"
        assert seen == [second, third, first, third, second, first]


async def test_given_two_layers_when_turned_between_then_each_keeps_its_cursor() -> None:
    async with dashboard(ticks=1) as shown:
        shown.app.dashboard.query_one("#layer").focus()
        await shown.press("down", "down", "right", "right_square_bracket")
        assert "in 1 to node 1" in shown.text
        await shown.press("down", "left_square_bracket")
        assert "y to node 3" in shown.text
        await shown.press("right_square_bracket")
        assert "in 1 to node 2" in shown.text


async def test_given_a_running_layer_when_paused_then_its_weights_have_a_second_decimal() -> None:
    """Given a pace at which it could not be read, then it is there once the run stands still."""
    async with dashboard(ticks=1) as shown:
        parameters = shown.session.run.trainer.network.layers[0].parameters
        assert f" {parameters[1, 0]:+.1f} " in shown.lines[16]
        await shown.press("space")
        assert f"▴{parameters[1, 0]:+.2f} " in shown.lines[16]


async def test_given_the_focus_when_in_the_layer_pane_then_arrows_move_the_cursor() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("right")
        assert "x to node 1" in shown.text

        shown.app.dashboard.query_one("#layer").focus()
        await shown.press("down", "down", "right")
        weight = shown.session.run.trainer.network.layers[0].parameters[2, 1]
        assert "y to node 3  " in shown.text
        assert f"{weight:+.4f} - 0.25 × " in shown.text
        assert " +- alpha " in shown.keys

        await shown.press("right", "right", "up")
        assert "bias to node 2" in shown.text

        await shown.press("left", "left", "left", *["up"] * 4)
        assert "x to node 1" in shown.text
        assert shown.session.commands == []

        await shown.press("plus", "tab")
        assert " ↑↓ alpha " in shown.keys

        await shown.press("up")
        assert shown.session.carried_out == [SetAlpha(0.3), SetAlpha(0.4)]


# scale, maximize, focus


async def test_given_the_loss_when_the_scale_is_changed_then_it_says_which_it_is() -> None:
    async with dashboard(ticks=4) as shown:
        before = shown.text
        assert "test 0.2805   log ─╮" in shown.lines[1]

        await shown.press("l")
        assert "test 0.2805   linear ─╮" in shown.lines[1]
        await shown.press("l")
        assert shown.text == before


async def test_given_a_maximized_pane_when_restored_then_all_is_as_if_it_never_was() -> None:
    async with dashboard() as shown:
        for pane, key in itertools.product(PANES, ("m", "escape")):
            shown.app.dashboard.query_one(f"#{pane}").focus()
            await shown.press("m")
            assert titles(shown) == {pane}
            assert shown.lines[36].startswith("╰")
            assert " m restore " in shown.keys

            await shown.tick()
            await shown.press(key)
        after = shown.text
        assert " m max " in shown.keys

    async with dashboard(ticks=8) as untouched:
        await untouched.press("shift+tab")
        assert after == untouched.text


async def test_given_panes_when_tabbed_through_then_the_focus_goes_around_both_ways() -> None:
    async with dashboard() as shown:
        order = [shown.focused]
        for key in ("tab",) * 4 + ("shift+tab",) * 4:
            await shown.press(key)
            order.append(shown.focused)

        assert order == [*PANES, "loss", *reversed(PANES)]


# the mouse


async def test_given_the_key_line_when_clicked_then_the_key_is_pressed() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("l")
        assert "linear" in shown.lines[1]

        await shown.click_on("<> pace")
        await shown.click_on("space pause")
        assert shown.session.carried_out == [SetPace(0), Pause()]

        await shown.click(119, 39)
        assert len(shown.session.commands) == 2

        await shown.click_on("e evaluate")
        assert isinstance(shown.app.screen, ReportScreen)
        await shown.click_on("esc back")
        assert shown.app.screen is shown.app.dashboard


@pytest.mark.parametrize(
    ("place", "pane", "words"),
    [
        ((9, 20), "real", "x to node 1"),
        ((50, 20), "predicted", "x to node 1"),
        ((83, 17), "layer", "x to node 1"),
        ((89, 17), "layer", "x to node 3"),
        ((103, 17), "layer", "y to node 3"),
        ((110, 17), "layer", "bias to node 3"),
    ],
)
async def test_given_a_pane_when_clicked_then_it_has_the_focus_and_a_weight_the_cursor(
    place: tuple[int, int], pane: str, words: str
) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.click(*place)
        assert shown.focused == pane
        assert words in shown.text


# sizes


async def test_given_a_run_when_the_terminal_changes_then_the_snapshot_is_kept() -> None:
    async with dashboard(WatchedSession(CONFIG), ticks=1) as shown:
        for size in ((80, 24), (60, 18), (59, 18), (60, 17), (1, 1), (200, 60), (120, 40)):
            await shown.resize(*size)
            await shown.tick()
            small = size[0] < 60 or size[1] < 18
            narrow = {"loss", "predicted"} if size[0] < 100 else set(PANES)
            assert titles(shown) == (set() if small else narrow)
            if small and size != (1, 1):
                assert "moonwalk needs 60x18" in shown.text
                assert f"this is {size[0]}x{size[1]}" in shown.text
                assert "d detach   e evaluate   q quit" in shown.text
        after = shown.text
        assert "step  80 / 400" in shown.status

    async with dashboard(ticks=8) as fresh:
        assert after == fresh.text


async def test_given_a_terminal_too_small_when_keys_are_pressed_then_only_those_said_act() -> None:
    async with dashboard(size=(40, 12), ticks=1) as shown:
        await shown.press("space", "r", "up", "l", "m", "a", "question_mark")
        assert shown.session.commands == []
        assert shown.app.screen is shown.app.dashboard

        await shown.press("e")
        assert isinstance(shown.app.screen, ReportScreen)
        await shown.press("escape", "q")
    assert shown.app.return_value is not None


@pytest.mark.parametrize("keys", EVERY_SCREEN, ids=SCREENS)
async def test_given_any_screen_when_resized_then_none_breaks(keys: tuple[str]) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("m", *keys)
        for size in ((60, 18), (1, 1), (200, 60), (10, 60), (200, 3), NARROW):
            await shown.resize(*size)
            await shown.tick()
        assert shown.session.run.trainer.step == 70


async def test_given_60_columns_when_drawn_then_the_figures_do_not_overlap() -> None:
    async with dashboard(size=(60, 18), ticks=4) as shown:
        figures = "alpha 0.25        train 0.2462  89.3%   test 0.2805  88.0%"
        assert shown.lines[-2].strip() == figures


# kinds of terminals


ASCII_SCREENS = {
    "dashboard": (),
    "maximized": ("m",),
    "help": ("question_mark",),
    "help scrolled": ("question_mark", "pagedown", "down"),
    "prompt": ("a",),
    "prompt with an error": ("a", "x", "enter"),
    "ending": ("e",),
    "help at the ending": ("e", "question_mark"),
    "palette": ("ctrl+p",),
    "palette scrolled": ("ctrl+p", "pagedown", "pagedown"),
    "nothing found": ("ctrl+p", *"zebra"),
    "themes": ("ctrl+p", *"theme", "enter"),
}


@pytest.mark.parametrize("keys", ASCII_SCREENS.values(), ids=ASCII_SCREENS)
async def test_given_ascii_when_drawn_then_every_character_is_ascii_and_known(
    keys: tuple[str, ...],
) -> None:
    """Of question marks, which stand for what is not ASCII, there is only the key of the help."""
    async with dashboard(size=NARROW, options=ASCII_OPTIONS, ticks=1) as shown:
        await shown.press("up")
        await shown.tick(9)
        await shown.press(*keys)
        assert shown.session.on_notice is not None
        shown.session.on_notice("saved in a file", False)
        await shown.settle()
        for size in (NARROW, (60, 18), (40, 12)):
            await shown.resize(*size)
            assert sorted(set(shown.text) - {chr(code) for code in range(32, 127)}) == ["\n"]
            unknown = shown.text.replace("? help", "").replace("esc ? q", "").replace(" ?  ", "")
            assert "?" not in unknown


@pytest.mark.parametrize("color", ["truecolor", "256", "standard", "none"])
async def test_given_any_colors_when_drawn_then_wrong_points_are_capitals(color: str) -> None:
    async with dashboard(ticks=4, color="auto" if color == "none" else color) as shown:
        predicted = [line[40:80] for line in shown.lines[14:36]]

        assert "16 wrong" in shown.text
        assert 8 <= sum(line.count("O") + line.count("X") for line in predicted) <= 16
        textured = any("░" in line for line in predicted)
        assert textured is (color in ("standard", "none"))


async def test_given_no_color_when_steered_then_it_works_without_any(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with dashboard(ticks=4) as shown:
        assert "░" in shown.text
        assert " 16 wrong " in shown.text
        assert shown.colors == {"default"}

        await shown.press("up", "space")
        assert "alpha 0.3 " in shown.status


@pytest.mark.parametrize("keys", [(), ("e",)], ids=["dashboard", "ending"])
async def test_given_another_theme_when_chosen_then_all_is_drawn_anew(keys: tuple[str]) -> None:
    async with dashboard(ticks=4) as shown:
        await shown.press(*keys)
        before = shown.text
        shown.app.theme = "moonwalk-day"
        await shown.settle()
        assert "#fbfaf6" in shown.colors
        assert "#10151c" not in shown.colors

        for theme in ("dracula", "solarized-light", "ansi-dark", "moonwalk-night"):
            shown.app.theme = theme
            await shown.settle()
            assert shown.text == before
        assert "#10151c" in shown.colors


# the long poll


async def test_given_a_paused_run_when_nothing_happens_then_nothing_is_asked_or_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with dashboard(ticks=2) as shown:
        await shown.press("space")
        drawn: list[str] = []
        monkeypatch.setattr(PictureView, "redraw", lambda view: drawn.append(type(view).__name__))
        answers = shown.session.answers
        for _ in range(5):
            await shown.tick()
        assert (shown.session.answers, drawn) == (answers, [])

        await shown.press("full_stop")
        assert shown.session.answers == answers + 1
        assert {"Header", "LossPane", "PredictedPane", "StatusLine"} <= set(drawn)
