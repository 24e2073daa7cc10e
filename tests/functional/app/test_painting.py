"""Points that are painted: where they come to lie, on which side, and what the keys are in between."""

import pytest
from textual.widgets import Input

from engine.config.training_config import TrainingConfig
from engine.messages.commands import (
    AddPoint,
    NewData,
    NextData,
    NextWeights,
    NudgeAlpha,
    RemovePoint,
)
from engine.messages.snapshot import DataPoints
from helpers.apps import (
    ASCII_OPTIONS,
    NARROW,
    OPTIONS,
    WIDE,
    Dashboard,
    WatchedSession,
    dashboard,
)
from tui.app.dashboard_options import DashboardOptions
from tui.widgets.predicted_pane import PredictedPane

WAVE = TrainingConfig(data="sine", samples=40, layers=(4,), steps=400)
PLANE = TrainingConfig(data="plane", samples=40, noise=0.0, layers=(4,), steps=400)


def pane_of(shown: Dashboard) -> PredictedPane:
    return shown.app.dashboard.query_one(PredictedPane)


def drawn(shown: Dashboard) -> DataPoints:
    points = pane_of(shown).points
    assert points is not None
    return points


def cursor_of(shown: Dashboard) -> tuple[float, float]:
    return pane_of(shown).cursor.place(drawn(shown).bounds)


@pytest.mark.parametrize(
    ("size", "options", "color"),
    [
        ((60, 18), OPTIONS, "truecolor"),
        (NARROW, OPTIONS, "256"),
        (WIDE, OPTIONS, "standard"),
        ((200, 60), OPTIONS, "truecolor"),
        (NARROW, ASCII_OPTIONS, "standard"),
    ],
    ids=str,
)
async def test_given_any_size_when_painted_then_points_come_and_go_at_the_cursor(
    size: tuple[int, int], options: DashboardOptions, color: str
) -> None:
    async with dashboard(size=size, options=options, color=color, ticks=1) as shown:
        await shown.press("p")
        assert shown.focused == "predicted"
        assert "Paint train" in shown.text
        await shown.press("up", "left", "1")
        place = cursor_of(shown)
        assert shown.session.commands == [AddPoint(*place, 1.0)]
        points = drawn(shown)
        assert points.train_x[:, -1].tolist() == list(place)
        assert (points.train_count, points.test_count) == (151, 50)

        await shown.press("x")

        assert shown.session.commands[1:] == [RemovePoint(*place)]
        assert drawn(shown).train_count == 150
        await shown.press("escape")
        assert "Paint" not in shown.text


async def test_given_quick_keys_when_the_picture_is_late_then_each_point_lies_where_the_cursor_was() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("p")
        shown.session.hold()

        places = []
        for key in ("0", "right", "1", "down", "L", "0"):
            await shown.press(key)
            if key.isdecimal():
                places.append(cursor_of(shown))

        assert len(set(places)) == 3
        added = [AddPoint(*place, label) for place, label in zip(places, (0, 1, 0), strict=True)]
        assert shown.session.commands == added
        shown.session.release()
        await shown.settle()
        assert drawn(shown).train_x[:, -3:].T.tolist() == [list(place) for place in places]


async def test_given_the_test_side_when_painted_then_its_points_are_shown_and_changed() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("p", "t")
        assert "Paint test points" in shown.text
        assert "50 test" in shown.text
        await shown.press("1", "0", "x")
        place = cursor_of(shown)

        assert shown.session.commands == [
            AddPoint(*place, 1.0, test=True),
            AddPoint(*place, 0.0, test=True),
            RemovePoint(*place, test=True),
        ]
        assert (drawn(shown).train_count, drawn(shown).test_count) == (150, 51)
        assert "51 test" in shown.text
        await shown.press("t")
        assert "Paint training points" in shown.text
        assert "51 test" not in shown.text


async def test_given_the_mouse_when_clicked_while_painting_then_the_cursor_is_there() -> None:
    async with dashboard(ticks=1) as shown:
        region = pane_of(shown).region
        await shown.click(region.x + 5, region.y + 3)
        assert (shown.focused, "Paint" in shown.text) == ("predicted", False)
        await shown.press("p")
        await shown.click(region.x + 5, region.y + 3)

        assert pane_of(shown).cursor.cell(*pane_of(shown).inside) == (2, 4)
        assert shown.lines[region.y + 3][region.x + 4] == "["
        await shown.press("0")
        assert shown.session.commands == [AddPoint(*cursor_of(shown), 0.0)]
        await shown.click(region.x, region.y)  # the frame is no place in the plane
        assert pane_of(shown).cursor.cell(*pane_of(shown).inside) == (2, 4)


async def test_given_arrows_when_painting_then_they_move_the_cursor_to_the_edge_and_not_alpha() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        assert "↑↓ alpha" in shown.keys
        await shown.press("p", "shift+left", "H", "ctrl+left", "left", *["K"] * 9)
        assert "+- alpha" in shown.keys
        rows, columns = pane_of(shown).inside
        assert pane_of(shown).cursor.cell(rows, columns) == (0, columns // 2 - 16)
        await shown.press(*["L"] * 12)
        assert pane_of(shown).cursor.cell(rows, columns) == (0, columns - 1)
        assert shown.session.commands == []

        await shown.press("p", "up")

        assert shown.session.commands == [NudgeAlpha(by=1)]
        assert "↑↓ alpha" in shown.keys


async def test_given_a_class_that_there_is_none_of_when_pressed_then_the_run_says_so_and_goes_on() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("p", "7")

        await shown.until(lambda: "there is no class number 7; 0 to 1 are 0, 1" in shown.text)
        assert drawn(shown).train_count == 150
        await shown.press("1")
        assert drawn(shown).train_count == 151


async def test_given_values_when_painted_then_digits_are_ninths_and_enter_asks() -> None:
    async with dashboard(WatchedSession(PLANE), ticks=1) as shown:
        least, greatest = drawn(shown).value_range
        await shown.press("p", "0", "9", "3")
        place = cursor_of(shown)
        third = (2 * least + greatest) / 3
        added = [one for one in shown.session.commands if isinstance(one, AddPoint)]
        assert [(one.across, one.up, one.test) for one in added] == [(*place, False)] * 3
        assert [one.label for one in added] == pytest.approx([least, greatest, third])

        await shown.press("enter", "2", "full_stop", "5", "enter")

        assert shown.session.commands[3:] == [AddPoint(*place, 2.5)]
        assert "Paint training points" in shown.text
        assert drawn(shown).value_range == pytest.approx((least, 2.5))


async def test_given_a_value_that_is_no_number_when_typed_then_it_says_so_and_none_is_added() -> (
    None
):
    async with dashboard(WatchedSession(PLANE), ticks=1) as shown:
        await shown.press("p", "enter", *"1e200", "enter")
        assert "1e+200 is not a number" in shown.text
        await shown.press("escape", "x")
        assert [type(one) for one in shown.session.commands] == [RemovePoint]


async def test_given_one_input_when_a_value_is_asked_for_then_it_begins_at_the_cursor() -> None:
    async with dashboard(WatchedSession(WAVE), ticks=1) as shown:
        await shown.press("p", "up", "up", "enter")
        across, up = cursor_of(shown)
        asked = float(shown.app.screen.query_one(Input).value)
        assert asked == float(f"{up:.3g}")  # in three digits
        await shown.press("enter")

        assert shown.session.commands == [AddPoint(across, up, asked)]
        assert drawn(shown).train_x[:, -1].tolist() == [across, asked]


async def test_given_paint_mode_when_another_pane_takes_the_focus_then_it_has_ended() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("p", "tab", "shift+tab", "1")
        assert shown.session.commands == []
        assert "Paint" not in shown.text


async def test_given_help_over_paint_mode_when_closed_then_it_goes_on() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("p", "question_mark", "escape", "1")
        assert [type(one) for one in shown.session.commands] == [AddPoint]


async def test_given_a_maximized_pane_when_painting_begins_then_the_plane_has_its_place() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("m", "p", "1")
        assert " Loss " not in shown.text
        assert "Paint training points" in shown.lines[1]
        assert drawn(shown).train_count == 151


async def test_given_a_dashboard_that_watches_when_p_is_pressed_then_nothing_happens() -> None:
    watching = DashboardOptions(
        pace=10, fps=20, ascii_only=False, mouse=True, theme="dark", watches=True
    )
    async with dashboard(options=watching, ticks=1) as shown:
        await shown.press("p", "1")
        assert ("Paint" in shown.text, shown.session.commands) == (False, [])


async def test_given_long_training_when_new_weights_are_asked_for_then_only_these_ask_before() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        shown.session.run._trained_before = 60.0
        await shown.tick()
        step = shown.session.run.trainer.step
        await shown.press("N")
        assert shown.session.commands == [NextData()]
        assert shown.session.carried_out == [NewData(1)]
        assert shown.session.run.trainer.step == step

        await shown.press("W")
        assert "W again takes new weights" in shown.keys
        assert shown.session.run.trainer.step == step
        await shown.press("W")

        assert shown.session.commands[1:] == [NextWeights()]
        assert shown.session.run.trainer.step == 0
