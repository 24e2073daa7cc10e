"""What is changed in the set-up sheet, live and anew, and what it says before."""

from pathlib import Path

import pytest
from textual.events import Key, Paste

from engine.messages.commands import (
    Adjust,
    ConfigureAnew,
    RestoreCourse,
    SetAlpha,
)
from helpers.apps import Dashboard, dashboard
from helpers.setup_sheets import begun, go_to, row, sheet_text
from tui.screens.report import ReportScreen
from tui.widgets.setup import changing_sheet


@pytest.fixture(autouse=True)
def _nothing_rests_long_enough(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing begins anew by the clock, unless a test is about that."""
    if "rested" not in request.node.name:
        monkeypatch.setattr(changing_sheet, "REST_SECONDS", 3600.0)


async def _train_long(shown: Dashboard) -> None:
    """Train for so long that it is asked before another run begins."""
    shown.session.run._trained_before = 60.0
    shown.session.run.touch()
    await shown.tick()


def _typed(character: str) -> Key:
    return Key(character if character.isalnum() else "slash", character)


# what changes live


async def test_given_a_value_when_enter_is_pressed_then_what_is_typed_replaces_it() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        await go_to(shown, "alpha")
        await shown.press("enter")
        assert row(shown) == "alpha 0.25"
        await shown.press("3", "enter")
        assert shown.session.commands == [SetAlpha(3.0)]
        await shown.press("enter", "right", "5", "enter")
        assert shown.session.commands[1:] == [SetAlpha(35.0)]


async def test_given_alpha_when_turned_then_it_changes_at_once_and_the_run_goes_on() -> None:
    async with dashboard(ticks=2) as shown:
        await shown.press("c", "tab", "tab", "tab")
        assert "changes live: the run goes on" in sheet_text(shown)
        await shown.press("right", "right", "left")
        assert row(shown) == "alpha ‹ 0.3 › live"
        assert shown.session.commands == [SetAlpha(0.3), SetAlpha(0.4), SetAlpha(0.3)]
        assert shown.session.run.trainer.step == 20


async def test_given_a_number_when_typed_then_enter_takes_it_and_escape_leaves_it() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        await go_to(shown, "batch")
        await shown.press("3", "2", "escape")
        assert row(shown) == "batch ‹ full › live"
        await shown.press("3", "3", "backspace", "2", "enter")
        assert row(shown) == "batch ‹ 32 › live"
        assert shown.session.commands == [Adjust({"batch_size": 32})]
        assert shown.session.run.trainer.config.batch_size == 32

        await shown.press("backspace")
        assert row(shown) == "batch ‹ full › live"
        assert shown.session.commands[1:] == [Adjust({"batch_size": None})]


WRONG = [
    ("alpha", ("0", "enter"), "alpha: 0.0 is not a number above 0"),
    ("momentum", (*"2", "enter"), "momentum: '2' is not a number from 0 to 0.999"),
    ("nesterov", ("enter",), "nesterov: it needs a momentum above 0"),
    ("warm-up", (*"400", "enter"), "warm-up: 400 leaves none of 400 steps"),
]


async def test_given_a_wrong_value_when_taken_then_it_says_why_and_nothing_is_sent() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        for name, keys, said in WRONG:
            await go_to(shown, name)
            await shown.press(*keys)
            assert said in sheet_text(shown)
            await shown.press("escape", "down")
            assert said not in sheet_text(shown)
        assert shown.session.commands == []
        assert "╭ Set-up" in shown.text


# what begins anew


async def test_given_data_when_turned_and_rested_then_the_run_begins_anew_once_and_u_undoes_it() -> (
    None
):
    async with dashboard(ticks=3) as shown:
        await shown.press("c")
        assert "begins anew: 30 steps are kept for u" in sheet_text(shown)
        await shown.press("right", "right")
        assert row(shown) == "data ‹ xor › anew"
        assert "samples 500" in sheet_text(shown)
        assert "begins anew in a moment" in sheet_text(shown)

        assert (await begun(shown)).changes == {"data": "xor"}
        assert shown.session.commands == [ConfigureAnew({"data": "xor"})]
        await shown.tick()
        assert shown.session.run.trainer.step == 10
        assert shown.lines[0].startswith(" moonwalk   xor 2-16-16-1")

        await shown.press("u")
        assert shown.session.carried_out[-1] == RestoreCourse()
        assert row(shown) == "data ‹ moons › anew"
        assert shown.session.run.trainer.step == 30


async def test_given_what_waits_when_enter_is_pressed_then_it_begins_at_once() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "right", "enter")
        assert shown.session.commands == [ConfigureAnew({"data": "circles"})]
        assert "╭ Set-up" in shown.text


async def test_given_what_waits_when_the_row_is_left_then_it_begins_and_escape_forgets_it() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "right", "escape")
        assert row(shown) == "data ‹ moons › anew"
        assert shown.session.commands == []
        await shown.press("right", "down")
        assert shown.session.commands == [ConfigureAnew({"data": "circles"})]


async def test_given_long_training_when_it_would_begin_anew_then_it_asks_first() -> None:
    async with dashboard(ticks=1) as shown:
        await _train_long(shown)
        await shown.press("c", "right", "enter")
        assert "give up 20 steps? enter begins anew, esc leaves it" in sheet_text(shown)
        assert shown.session.commands == []
        await shown.press("down")
        assert shown.session.commands == []
        await shown.press("up")
        assert row(shown) == "data ‹ moons › anew"

        await shown.press("right", "enter", "enter")
        assert shown.session.commands == [ConfigureAnew({"data": "circles"})]


async def test_given_what_the_run_has_when_chosen_again_then_it_goes_on() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "right", "left", "down")
        assert row(shown) == "samples ‹ 200 › anew"
        await shown.press("enter", *"200", "enter")
        assert "begins anew: 10 steps are kept for u" in sheet_text(shown)
        await go_to(shown, "alpha")
        await shown.press("enter", "0", "full_stop", *"25", "enter")
        assert shown.session.commands == []


async def test_given_what_waits_when_enter_begins_then_the_foot_says_so() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "right")
        assert " enter begin anew  esc leave it " in shown.text


async def test_given_a_preset_when_taken_then_the_run_begins_anew_as_it_says() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "shift+tab", "down", "down", "down", "down")
        assert row(shown) == "spiral anew"
        assert "three arms wound up" in sheet_text(shown)
        await shown.press("enter")
        config = shown.session.run.trainer.config
        assert (config.data, config.optimizer, config.activation) == ("spiral:3", "adam", "tanh")
        assert row(shown) == "spiral now anew"


async def test_given_the_palette_when_a_preset_is_chosen_then_the_sheet_shows_it() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("ctrl+p", *"preset iris")
        await shown.press("enter")
        assert shown.session.run.trainer.config.data == "iris"
        assert row(shown) == "iris now anew"


# layers, features, files


async def test_given_layers_when_added_changed_and_removed_then_the_network_follows() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "tab", "tab", "left")
        assert row(shown) == "layer 1 ‹ 12 › (relu) live"
        await shown.press("enter")
        assert row(shown) == "layer 1 ‹ 12 › tanh live"
        await shown.press("plus")
        assert shown.session.run.trainer.config.layers == ("12:tanh", "12:tanh", 16)
        await shown.press("backspace", "down", "delete")
        assert shown.session.run.trainer.config.layers == ("12:tanh",)
        await shown.press("up", "delete")
        assert shown.session.run.trainer.config.layers == ()
        assert row(shown) == "linear model + add a layer live"

        await shown.press("enter", "up", *"4:sine", "enter")
        assert shown.session.run.trainer.config.layers == ("4:sine",)
        assert all(isinstance(one, Adjust) for one in shown.session.commands)


async def test_given_features_when_turned_in_and_out_then_the_network_takes_them_in() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "tab", "down", "down", "enter")
        assert row(shown) == "feature x2 ‹ in › anew"
        await shown.press("enter")
        assert shown.session.run.trainer.config.features == ("x", "y", "x2")
        await shown.press("enter", "enter")
        assert shown.session.run.trainer.config.features == ()


async def test_given_a_file_when_its_path_is_typed_then_tab_completes_it_and_it_is_learned(
    tmp_path: Path,
) -> None:
    (tmp_path / "houses.csv").write_text(
        "area,year,price\n" + "".join(f"{n},{2000 - n % 7},{3 * n}\n" for n in range(1, 41))
    )
    (tmp_path / "other.txt").write_text("nothing")
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "enter", "ctrl+u")
        for character in f"{tmp_path}/":
            shown.app.screen.focused.post_message(_typed(character))
        await shown.settle()
        assert "houses.csv other.txt" in sheet_text(shown)
        await shown.press("h", "tab", "enter")
        assert shown.session.run.trainer.config.data == str(tmp_path / "houses.csv")
        assert "houses.csv 2-16-16-1" in shown.lines[0]
        assert row(shown).endswith("houses.csv › anew")

        await shown.press("enter", "ctrl+u", *"nowhere.csv", "enter")
        assert "data: there is no data set and no file 'nowhere.csv'" in sheet_text(shown)
        assert len(shown.session.commands) == 1


@pytest.mark.parametrize(("begin", "typed"), [("slash", "data /"), ("tilde", "data ~")])
async def test_given_the_data_when_a_path_is_begun_then_it_is_typed(begin: str, typed: str) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", begin)
        assert row(shown) == typed
        await shown.press("escape", "down", begin)
        assert row(shown) == "samples ‹ 200 › anew"


async def test_given_a_path_when_pasted_then_it_is_typed_where_a_file_can_be_and_nowhere_else() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "down")
        shown.app.screen.focused.post_message(Paste("nowhere.csv"))
        await shown.settle()
        assert row(shown) == "samples ‹ 200 › anew"
        await shown.press("up")
        shown.app.screen.focused.post_message(Paste("nowhere.csv\n"))
        await shown.settle()
        assert row(shown) == "data nowhere.csv"
        assert "No data set, file or folder begins with that." in sheet_text(shown)


async def test_given_a_pane_beside_when_it_is_worked_in_then_the_sheet_says_how_to_come_back() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "p")
        assert "─ c go here ─╯" in shown.text
        assert "esc close" not in shown.text
        await shown.press("c")
        assert shown.focused == "setup"
        assert "esc close" in shown.text


async def test_given_a_text_when_it_is_typed_then_no_other_keys_are_named() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        named = shown.keys
        assert "q quit" in named
        assert "layer" not in named  # the brackets turn the sections here
        await shown.press("enter")
        assert shown.keys.strip() == ""
        assert " enter take  tab completes  esc leave it " in shown.text
        await shown.press("escape")
        assert shown.keys == named


async def test_given_the_last_step_when_the_set_up_is_open_then_the_report_waits_for_its_end() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "enter", *"cir")
        await shown.tick(40)
        assert shown.session.run.trainer.step == 400
        await shown.press("q")
        assert row(shown) == "data cirq"
        await shown.press("escape", "escape")
        assert isinstance(shown.app.screen, ReportScreen)


async def test_given_a_file_when_the_run_refuses_it_then_the_sheet_says_why(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("a,b\nx,y\n")
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "enter", "ctrl+u")
        for character in str(tmp_path / "words.csv"):
            shown.app.screen.focused.post_message(_typed(character))
        await shown.press("enter")
        assert "data: " in sheet_text(shown)
        assert row(shown).endswith("words.csv")  # to be mended
        assert shown.session.run.trainer.config.data == "moons"
        assert not shown.app._notifications
        await shown.press("escape")
        assert row(shown) == "data ‹ moons › anew"
