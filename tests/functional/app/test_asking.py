"""One point that is asked about, the test points, and the ways to draw the region."""

import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.network_view import SampleView
from helpers.apps import (
    ASCII_OPTIONS,
    NARROW,
    OPTIONS,
    WIDE,
    Dashboard,
    WatchedSession,
    dashboard,
)
from helpers.snapshots import PROBLEMS, HandMadeSession
from tui.app.app import MoonwalkApp
from tui.app.dashboard_options import DashboardOptions
from tui.charts.plane.regions import RegionStyle
from tui.widgets.points_panes import RealPane
from tui.widgets.predicted_pane import PredictedPane

SIZES = [
    ((60, 18), OPTIONS, "truecolor"),
    (NARROW, OPTIONS, "256"),
    (WIDE, OPTIONS, "standard"),
    ((200, 60), OPTIONS, "truecolor"),
    (NARROW, ASCII_OPTIONS, "standard"),
]


def pane_of(shown: Dashboard) -> PredictedPane:
    return shown.app.dashboard.query_one(PredictedPane)


def sample_of(shown: Dashboard) -> SampleView | None:
    """What the run told of the point that was asked about."""
    snapshot = pane_of(shown).snapshot
    return None if snapshot is None else snapshot.sample


@pytest.mark.parametrize(("size", "options", "color"), SIZES, ids=str)
async def test_given_any_size_when_asked_then_the_nearest_point_is_marked_and_told(
    size: tuple[int, int], options: DashboardOptions, color: str
) -> None:
    async with dashboard(size=size, options=options, color=color, ticks=20) as shown:
        await shown.press("i")
        assert shown.focused == "predicted"
        sample = sample_of(shown)
        assert sample is not None
        words = " ".join(shown.text.split())
        assert f"point {sample.index + 1} (train)" in words
        assert f"predicted {sample.prediction:.0f} at" in words

        before = sample.index
        await shown.press("H", "K")
        sample = sample_of(shown)
        assert sample is not None
        assert sample.index != before
        assert f"point {sample.index + 1} (train)" in shown.text

        await shown.press("i")
        assert ("(train)" in shown.text, shown.session.commands) == (False, [])
        assert pane_of(shown).asks_for(shown.app.dashboard.view).sample is None


async def test_given_a_click_when_asked_then_the_point_there_is_told_over_the_other_edge() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.press("i")
        region = pane_of(shown).region
        for y in (region.y + 3, region.bottom - 3):
            await shown.click(region.x + 9, y)
            row = next(row for row, line in enumerate(shown.lines) if "(train)" in line)
            assert (row > region.y + region.height // 2) == (y == region.y + 3)
        await shown.press("escape")
        assert "(train)" not in shown.text


async def test_given_a_run_that_learns_when_a_point_is_asked_about_then_its_figures_follow() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        await shown.press("i")
        first = sample_of(shown)
        assert first is not None
        assert f"loss {first.loss:.4f}" in shown.text
        await shown.tick(30)
        later = sample_of(shown)
        assert later is not None
        assert (later.index, later.loss != first.loss) == (first.index, True)
        assert f"loss {later.loss:.4f}" in shown.text


@pytest.mark.parametrize(("size", "options", "color"), SIZES, ids=str)
async def test_given_any_size_when_test_points_are_asked_for_then_they_are_underlined(
    size: tuple[int, int], options: DashboardOptions, color: str
) -> None:
    async with dashboard(size=size, options=options, color=color, ticks=1) as shown:
        assert underlined_in(shown, pane_of(shown)) == 0
        await shown.press("t")
        assert underlined_in(shown, pane_of(shown)) > 15
        assert "test" in shown.text

        await shown.press("t")
        assert underlined_in(shown, pane_of(shown)) == 0


async def test_given_test_points_when_shown_then_the_real_ones_are_as_well_with_their_number() -> (
    None
):
    async with dashboard(ticks=1) as shown:
        real = shown.app.dashboard.query_one(RealPane)
        await shown.press("t")
        assert underlined_in(shown, real) > 15
        assert "50 test" in shown.text


def underlined_in(shown: Dashboard, pane: PredictedPane | RealPane) -> int:
    """Letters with a line below inside of the frame of `pane`."""
    strips = shown.app.screen._compositor.render_strips()
    region = pane.region.shrink((1, 1, 1, 1))
    return sum(
        len(segment.text)
        for strip in strips[region.y : region.bottom]
        for segment in strip.crop(region.x, region.right)
        if segment.style and segment.style.underline
    )


@pytest.mark.parametrize(
    ("problem", "size", "options", "color"),
    [(name, *size) for name, size in zip(PROBLEMS, SIZES, strict=True)],
    ids=list(PROBLEMS),
)
async def test_given_any_problem_when_the_region_is_turned_then_each_looks_different(
    problem: str, size: tuple[int, int], options: DashboardOptions, color: str
) -> None:
    session = HandMadeSession(PROBLEMS[problem])
    async with dashboard(session, size=size, options=options, color=color) as shown:  # type: ignore[arg-type] # it is enough of a session
        pictures = []
        styles = 2 if problem == "curve" else 3
        for _ in range(styles):
            picture = pane_of(shown)._picture
            pictures.append((picture.chars.tobytes(), picture.pens.tobytes()))
            await shown.press("v")

        assert len({chars + pens for chars, pens in pictures}) == styles
        assert pane_of(shown).style_of_region is RegionStyle.CERTAINTY
        picture = pane_of(shown)._picture
        assert (picture.chars.tobytes(), picture.pens.tobytes()) == pictures[0]


async def test_given_contours_when_drawn_then_the_edge_says_what_the_lines_are() -> None:
    config = TrainingConfig(data="plane", samples=40, noise=0.0, layers=(4,), steps=400)
    async with dashboard(ticks=1) as shown:
        await shown.press("v", "v")
        assert "lines at 25 %, 50 %, 75 % of class 1" in shown.text or "25 50 75 %" in shown.text
    async with dashboard(WatchedSession(config), ticks=1) as shown:
        await shown.press("v", "v")
        assert "a line every 0.5" in shown.text


async def test_given_the_layer_pane_when_v_is_pressed_there_then_the_region_stays() -> None:
    async with dashboard(ticks=1, app_class=MoonwalkApp) as shown:
        while shown.focused != "layer":
            await shown.press("tab")
        await shown.press("v")
        assert pane_of(shown).style_of_region is RegionStyle.CERTAINTY
