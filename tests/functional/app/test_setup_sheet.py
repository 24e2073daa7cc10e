"""The set-up sheet on a dashboard: what is changed in it, live and anew, and what it says before."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key, Paste

from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    Adjust,
    Configure,
    ConfigureAnew,
    Pause,
    RestoreCourse,
    SetAlpha,
)
from engine.run.run import Run
from helpers.apps import (
    ASCII_OPTIONS,
    NARROW,
    OPTIONS,
    WIDE,
    Dashboard,
    WatchedSession,
    dashboard,
)
from tui.screens.report import ReportScreen
from tui.widgets.setup import changing_sheet

SMALL, LARGE = (60, 18), (200, 60)
EVERY_SIZE = pytest.mark.parametrize("size", [SMALL, NARROW, WIDE, LARGE], ids=str)


@pytest.fixture(autouse=True)
def _nothing_rests_long_enough(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing begins anew by the clock, unless a test is about that."""
    if "rested" not in request.node.name:
        monkeypatch.setattr(changing_sheet, "REST_SECONDS", 3600.0)


def row(shown: Dashboard) -> str:
    """The selected row, without what stands beside the sheet."""
    line = next(line for line in shown.lines if "│> " in line)
    return " ".join(line.rpartition("│> ")[2].rstrip(" │").split())


def sheet_text(shown: Dashboard) -> str:
    """All that stands in the sheet, as one line."""
    tops = [line.rfind("╭ Set-up") for line in shown.lines]
    left = max(tops)
    return " ".join(" ".join(line[left + 1 : -1] for line in shown.lines).split())


async def go_to(shown: Dashboard, name: str) -> None:
    """Select the row of that name, in whatever section it stands."""
    for _ in range(6):
        await shown.press("home", "home")
        for _ in range(16):
            if row(shown).startswith(f"{name} ") or row(shown) == name:
                return
            await shown.press("down")
        await shown.press("tab")
    raise AssertionError(f"no row {name} in\n{shown.text}")


async def begun(shown: Dashboard) -> Configure:
    """The run has begun anew with what was recorded for it."""
    await shown.until(lambda: any(isinstance(c, Configure) for c in shown.session.carried_out))
    await shown.settle()
    done = shown.session.carried_out[-1]
    assert isinstance(done, Configure)
    return done


async def train_long(shown: Dashboard) -> None:
    """The run was trained for so long that it is asked before another begins: nothing does by itself."""
    shown.session.run._trained_before = 60.0
    shown.session.run.touch()
    await shown.tick()


def _typed(character: str) -> Key:
    return Key(character if character.isalnum() else "slash", character)


# open and closed


@EVERY_SIZE
async def test_given_the_key_when_pressed_then_the_sheet_opens_and_escape_closes_it(
    size: tuple[int, int],
) -> None:
    async with dashboard(size=size, ticks=1) as shown:
        before, pane = shown.text, shown.focused
        await shown.press("c")
        assert "╭ Set-up ─" in shown.text
        assert row(shown) == "data ‹ moons › anew"
        assert shown.focused == "setup"

        await shown.press("escape")
        assert "╭ Set-up ─" not in shown.text
        if size != LARGE:  # there, pictures of the network follow later
            assert shown.text == before
        assert shown.focused == pane
        assert shown.session.commands == []


async def test_given_a_size_when_the_sheet_is_open_then_the_run_is_seen_beside_it() -> None:
    for size, column in ((NARROW, 40), (WIDE, 66), (LARGE, 116), (SMALL, 0)):
        async with dashboard(size=size, ticks=1) as shown:
            await shown.press("c")
            top = next(line for line in shown.lines if "╭ Set-up" in line)
            assert top.index("╭ Set-up") == column
            assert ("╭ Predicted" in shown.text) == bool(column)


async def test_given_the_sheet_when_the_run_goes_on_then_the_panes_beside_are_drawn() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        before = [line[:66] for line in shown.lines[:36]]
        await shown.tick(5)
        assert [line[:66] for line in shown.lines[:36]] != before
        assert shown.session.run.trainer.step == 60


async def test_given_the_sheet_when_other_keys_are_pressed_then_they_steer_the_run() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "space", "plus")
        assert shown.session.carried_out == [Pause(), SetAlpha(0.3)]
        assert "╭ Set-up" in shown.text
        await shown.press("c")
        assert "╭ Set-up" not in shown.text


async def test_given_sections_when_tab_and_brackets_are_pressed_then_they_turn() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        names = []
        for _ in range(6):
            names.append(row(shown).rpartition(" ")[0])
            await shown.press("tab")
        assert names == [
            *("data ‹ moons ›", "feature x ‹ in ›", "layer 1 ‹ 16 › (relu)"),
            *("alpha ‹ 0.25 ›", "steps ‹ 400 ›", "article"),
        ]
        assert row(shown) == "data ‹ moons › anew"
        await shown.press("left_square_bracket")
        assert row(shown) == "article anew"
        await shown.press("right_square_bracket", "shift+tab", "shift+tab")
        assert row(shown) == "steps ‹ 400 › live"


@pytest.mark.parametrize(
    ("key", "pane", "title"),
    [
        ("p", "predicted", "╭ Paint train"),
        ("i", "predicted", "╭ Ask"),
        ("g", "network", "╭ Network"),
    ],
)
async def test_given_the_sheet_over_all_panes_when_one_is_wanted_then_it_is_seen(
    key: str, pane: str, title: str
) -> None:
    async with dashboard(size=SMALL, ticks=1) as shown:
        await shown.press("c", key)
        assert "╭ Set-up" not in shown.text
        assert title in shown.text
        assert shown.focused == pane
        await shown.press("c")
        assert "╭ Set-up" in shown.text


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


@pytest.mark.parametrize(
    ("name", "keys", "said"),
    [
        ("alpha", ("0", "enter"), "alpha: 0.0 is not a number above 0"),
        ("warm-up", (*"400", "enter"), "warm-up: 400 leaves none of 400 steps"),
        ("nesterov", ("enter",), "nesterov: it needs a momentum above 0"),
        ("momentum", (*"2", "enter"), "momentum: '2' is not a number from 0 to 0.999"),
    ],
)
async def test_given_a_wrong_value_when_taken_then_it_says_why_and_nothing_is_sent(
    name: str, keys: tuple[str, ...], said: str
) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        await go_to(shown, name)
        await shown.press(*keys)
        assert said in sheet_text(shown)
        assert shown.session.commands == []
        await shown.press("escape", "down")
        assert said not in sheet_text(shown)
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
        await train_long(shown)
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
        await train_long(shown)
        await shown.press("c", "right", "left", "down")
        assert row(shown) == "samples ‹ 200 › anew"
        await shown.press("enter", *"200", "enter")
        assert "begins anew: 20 steps are kept for u" in sheet_text(shown)
        await go_to(shown, "alpha")
        await shown.press("enter", "0", "full_stop", *"25", "enter")
        assert shown.session.commands == []


async def test_given_what_waits_when_enter_begins_then_the_foot_says_so() -> None:
    async with dashboard(ticks=1) as shown:
        await train_long(shown)
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


# the mouse, who may not change anything, terminals


async def test_given_the_mouse_when_rows_and_their_ends_are_clicked_then_they_are_changed() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        await shown.click_on("Training")
        await shown.click_on("batch ")
        assert row(shown) == "batch ‹ full › live"
        await shown.click_on("›")
        assert row(shown) == "batch ‹ 32 › live"
        await shown.click_on("‹")
        assert row(shown) == "batch ‹ 25 › live"
        await shown.click_on("Data")
        await shown.click_on("spiral  ")
        assert row(shown) == "data ‹ spiral › anew"
        await shown.press("enter")
        assert (await begun(shown)).changes == {"data": "spiral"}


async def test_given_thumbnails_when_the_sheet_is_open_then_each_data_set_is_asked_for_once() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        await shown.until(lambda: not shown.app.dashboard.view.data_set)
        assert "555545555" in shown.text
        assert "diabetes" in shown.text
        await shown.press("tab")
        assert "diabetes" not in shown.text


async def test_given_an_explanation_without_room_when_asked_for_help_then_it_is_read_whole() -> (
    None
):
    async with dashboard(size=SMALL, ticks=1) as shown:
        await shown.press("c")
        await go_to(shown, "initialization")
        assert " ? more " in shown.text
        await shown.press("question_mark")
        text = " ".join(word for word in shown.text.split() if word.isascii())
        assert "zeros: all nodes of a layer stay alike" in text


async def test_given_a_dashboard_that_watches_when_something_is_tried_then_it_says_it_cannot() -> (
    None
):
    async with dashboard(options=replace(OPTIONS, watches=True), ticks=1) as shown:
        await shown.press("c")
        assert "read only" in shown.text
        assert "begins anew" not in sheet_text(shown)
        assert " enter " not in shown.text
        for key in ("right", "enter", "3"):
            await shown.press(key)
            assert "this dashboard only watches" in sheet_text(shown)
        assert shown.session.commands == []
        await shown.press("escape")
        assert "╭ Set-up" not in shown.text


@EVERY_SIZE
async def test_given_ascii_when_the_sheet_is_open_then_every_character_is_ascii(
    size: tuple[int, int],
) -> None:
    async with dashboard(size=size, options=ASCII_OPTIONS, ticks=1) as shown:
        await shown.press("c")
        for _ in range(6):
            await shown.press("tab")
            assert shown.text.isascii()
        assert "< moons >" in shown.text


@pytest.mark.parametrize("size", [(60, 18), (6, 3), (1, 1), (71, 9), (70, 18)], ids=str)
async def test_given_the_sheet_when_the_terminal_is_resized_then_it_is_no_fault(
    size: tuple[int, int],
) -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        await shown.resize(*size)
        await shown.press("tab", "down", "right", "enter", "pagedown")
        await shown.resize(120, 40)
        assert shown.app.shutdown.fault is None
        assert "╭ Set-up" in shown.text


async def test_given_no_color_when_a_row_is_selected_then_it_is_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "down")
        assert row(shown) == "samples ‹ 200 › anew"


async def test_given_changes_from_elsewhere_when_the_sheet_is_open_then_it_shows_them() -> None:
    async with dashboard(WatchedSession(TrainingConfig(steps=400)), ticks=1) as shown:
        await shown.press("c", "tab", "tab", "tab")
        run: Run = shown.session.run
        run.apply(SetAlpha(0.125))
        await shown.tick()
        assert row(shown) == "alpha ‹ 0.125 › live"


async def test_given_the_palette_over_the_sheet_when_its_keys_are_chosen_then_they_act_there() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("c", "ctrl+p", *"the next section", "enter")
        assert row(shown) == "feature x ‹ in › anew"


async def test_given_a_quick_burst_when_typed_into_the_sheet_then_every_character_arrives() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        driver = shown.app._driver
        assert driver is not None
        for key in ("enter", "ctrl+u", *"quesde", "escape", "down"):
            driver.send_message(Key(key, key if len(key) == 1 else None))
        await shown.settle()
        assert row(shown) == "samples ‹ 200 › anew"
        for key in ("enter", "end", *"q", "backspace", "backspace", "backspace", "9", "enter"):
            driver.send_message(Key(key, key if len(key) == 1 else None))
        await shown.settle()
        assert shown.session.commands == [ConfigureAnew({"samples": 29})]
