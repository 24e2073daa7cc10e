"""How the panes share the room, by the size of the terminal."""

from dataclasses import replace

import pytest

from helpers.apps import NARROW, OPTIONS, Dashboard, WatchedSession, dashboard
from tui.widgets.picture_view import PictureView

SMALLEST = (60, 18)


def places(shown: Dashboard) -> dict[str, tuple[int, int, int, int]]:
    """Column, row, width and height of every pane that is seen."""
    panes = shown.app.dashboard.panes.seen
    return {pane.NAME: tuple(pane.region) for pane in panes}


async def test_given_80_columns_when_drawn_then_the_picture_has_one_half_and_all_rows() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        assert places(shown) == {
            "loss": (40, 1, 40, 10),
            "predicted": (0, 1, 40, 20),
            "figures": (40, 11, 40, 10),
        }
        assert [line[41:79].rstrip() for line in shown.lines[12:16]] == [
            "             train     test",
            "loss        0.3690   0.4175",
            "accuracy     86.7%    80.0%",
            "wrong       20/150    10/50",
        ]


async def test_given_60_by_18_when_drawn_then_the_picture_has_13_rows_and_28_columns() -> None:
    async with dashboard(size=SMALLEST, ticks=1) as shown:
        pane = shown.app.dashboard.panes.pane("predicted")
        assert pane.inside == (13, 28)
        assert "moonwalk" not in shown.lines[0]
        assert shown.status.startswith(" running   step  10 / 400 ")


async def test_given_60_by_18_when_watching_then_the_header_says_so() -> None:
    options = replace(OPTIONS, watches=True)
    async with dashboard(size=SMALLEST, options=options, ticks=1) as shown:
        assert shown.lines[0].startswith(" moonwalk   watching ")
        assert shown.app.dashboard.panes.pane("predicted").inside == (12, 28)


async def test_given_60_by_18_when_the_line_is_slow_then_the_status_line_says_so() -> None:
    async with dashboard(size=SMALLEST, ticks=1) as shown:
        shown.app.dashboard.line_notice = "2.3 s a frame"
        await shown.settle()
        assert "2.3 s a frame" in shown.status
        await shown.resize(*NARROW)
        shown.app.dashboard.line_notice = "2.3 s a frame"
        await shown.settle()
        assert "2.3 s a frame" not in shown.status
        assert shown.lines[0].endswith("2.3 s a frame ")


@pytest.mark.parametrize("size", [SMALLEST, NARROW])
async def test_given_a_narrow_terminal_when_tabbed_then_the_panes_take_turns(
    size: tuple[int, int],
) -> None:
    async with dashboard(size=size, ticks=1) as shown:
        seen = []
        for _ in range(6):
            seen.append((shown.focused, list(places(shown))[-1]))
            await shown.press("tab")
        assert seen == [
            ("loss", "figures"),
            ("predicted", "figures"),
            ("figures", "figures"),
            ("real", "real"),
            ("network", "network"),
            ("layer", "layer"),
        ]
        assert shown.focused == "loss"
        await shown.press("shift+tab")
        assert shown.focused == "layer"


async def test_given_a_narrow_terminal_when_a_key_of_a_hidden_pane_is_pressed_then_it_is_shown() -> (
    None
):
    async with dashboard(size=NARROW, ticks=1) as shown:
        assert " Layer " not in shown.text
        await shown.press("right_square_bracket")
        assert " Layer 2 of 3 " in shown.text
        assert " Figures " not in shown.text


async def test_given_a_hidden_pane_when_frames_come_then_it_is_neither_asked_for_nor_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with dashboard(WatchedSession(), size=NARROW, ticks=1) as shown:
        assert shown.app.dashboard.view.window.nodes == 0
        drawn: list[str] = []
        drew = PictureView.draw

        def draw(view: PictureView, *given: object) -> object:
            drawn.append(type(view).__name__)
            return drew(view, *given)  # type: ignore[arg-type] # passed on as it came

        for pane in shown.app.dashboard.panes._panes:
            monkeypatch.setattr(type(pane), "draw", draw, raising=False)
        await shown.tick(2)
        assert {"LossPane", "PredictedPane", "FiguresPane"} <= set(drawn)
        assert not {"RealPane", "LayerPane"} & set(drawn)


async def test_given_a_maximized_pane_when_restored_then_the_others_have_what_they_draw() -> None:
    async with dashboard(ticks=1) as shown:
        await shown.press("tab", "m")
        await shown.tick()
        assert shown.app.dashboard.view.series_points == 0
        await shown.press("m")
        assert shown.app.dashboard.snapshot.curves.train_steps.size == 20


async def test_given_another_pane_in_its_turn_when_the_set_up_opens_then_the_picture_is_beside_it() -> (
    None
):
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("right_square_bracket")
        assert list(places(shown)) == ["loss", "predicted", "layer"]
        await shown.press("c")
        assert list(places(shown)) == ["loss", "predicted"]
