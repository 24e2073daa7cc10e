"""The set-up sheet on a dashboard: how it opens and closes, by key, mouse and palette, in every terminal."""

from dataclasses import replace

import pytest
from textual.events import Key

from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    ConfigureAnew,
    Pause,
    SetAlpha,
)
from engine.run.run import Run
from helpers.apps import (
    ASCII_OPTIONS,
    NARROW,
    OPTIONS,
    WIDE,
    WatchedSession,
    dashboard,
)
from helpers.setup_sheets import begun, go_to, row, sheet_text

SMALL, LARGE = (60, 18), (200, 60)
EVERY_SIZE = pytest.mark.parametrize("size", [SMALL, NARROW, WIDE, LARGE], ids=str)


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


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=str)
async def test_given_ascii_when_the_sheet_is_open_then_every_character_is_ascii(
    size: tuple[int, int],
) -> None:
    async with dashboard(size=size, options=ASCII_OPTIONS, ticks=1) as shown:
        await shown.press("c")
        for _ in range(6):
            await shown.press("tab")
            assert shown.text.isascii()
        assert "< moons >" in shown.text


async def test_given_the_sheet_when_the_terminal_is_resized_then_it_is_no_fault() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("c")
        for size in (SMALL, (6, 3), (1, 1), (71, 9), (70, 18)):
            await shown.resize(*size)
            await shown.press("tab", "down", "right", "enter", "pagedown")
        await shown.resize(*WIDE)
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
