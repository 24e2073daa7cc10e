"""The loss pane: a step looked at, the course before, and what a schedule makes of alpha."""

import msgspec
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Reset, SetAlpha
from helpers.apps import ASCII_OPTIONS, CONFIG, OPTIONS, Dashboard, WatchedSession, dashboard
from tui.widgets.loss_pane import LossPane

SIZES = [(60, 18), (80, 24), (120, 40), (200, 60)]


def pane_of(shown: Dashboard) -> LossPane:
    return shown.app.dashboard.query_one(LossPane)


def drawn(shown: Dashboard) -> list[str]:
    """The lines of the loss pane."""
    region = pane_of(shown).region
    return [line[region.x : region.right] for line in shown.lines[region.y : region.bottom]]


def foot(shown: Dashboard) -> str:
    return drawn(shown)[-1]


def column_of_line(shown: Dashboard) -> int:
    """Where the line stands that shows the step looked at, in the second row of the chart."""
    return drawn(shown)[2].index("│", 8)


# the crosshair


async def test_given_arrows_when_pressed_then_a_line_moves_and_the_foot_tells_what_was_there() -> (
    None
):
    """Given 200 steps, then from the right it begins at the present one, and goes column by column."""
    async with dashboard(ticks=20) as shown:
        run, foot_before = shown.session.run, foot(shown)
        await shown.press("left")
        now = run.evaluation
        assert "step 200   " in foot(shown)
        assert f"train {now.train.loss:.4f} " in foot(shown)
        assert f"test {now.test.loss:.4f} " in foot(shown)
        assert "alpha 0.25" in foot(shown)
        assert "epoch 200.0" in foot(shown)
        there = column_of_line(shown)

        await shown.press("left", "left")
        assert column_of_line(shown) == there - 2
        await shown.press("shift+left")
        assert column_of_line(shown) == there - 12
        await shown.press("right", "shift+right", "right")
        assert column_of_line(shown) == there
        assert "step 200   " in foot(shown)

        await shown.press("home", "left")
        assert "step   0   " in foot(shown)
        await shown.press("end", "right")
        assert "step 200   " in foot(shown)

        await shown.press("escape")
        assert foot(shown) == foot_before
        assert shown.session.commands == []


async def test_given_the_first_key_to_the_right_when_pressed_then_the_line_comes_in_at_the_left() -> (
    None
):
    async with dashboard(ticks=20) as shown:
        await shown.press("right")
        assert "step   0   " in foot(shown)


async def test_given_fewer_steps_than_columns_when_moved_then_it_goes_a_step_at_a_time() -> None:
    async with dashboard(ticks=2) as shown:
        await shown.press("home")
        seen = []
        for _ in range(4):
            seen.append(foot(shown).split()[2])
            await shown.press("right")
        assert seen == ["0", "1", "2", "3"]


async def test_given_a_step_looked_at_when_the_run_goes_on_then_the_line_stays_at_it() -> None:
    """Given twice the steps, then it stands at half the way, as the axis has become longer."""
    async with dashboard(WatchedSession(TrainingConfig(steps=2_000)), ticks=10) as shown:
        await shown.press("end")
        at = foot(shown)
        before = column_of_line(shown)
        await shown.tick(15)
        assert "step   100   " in foot(shown)
        assert "alpha 0.25" in at
        assert column_of_line(shown) < before


async def test_given_up_and_down_when_a_step_is_looked_at_then_they_are_the_runs_alpha() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.press("left", "up")
        assert shown.session.carried_out == [SetAlpha(0.3)]
        await shown.tick(4)
        await shown.press("end")
        assert "alpha 0.3 " in foot(shown)
        await shown.press("home")
        assert "alpha 0.25 " in foot(shown)


async def test_given_another_run_when_begun_then_no_step_is_looked_at() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.press("left")
        assert "step 200" in foot(shown)
        await shown.press("r")
        assert "step" not in foot(shown)


async def test_given_a_maximized_pane_when_escaped_then_first_the_line_goes_then_the_room() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.press("m", "left")
        assert "step 200" in foot(shown)
        assert "Layer" not in shown.text
        await shown.press("escape")
        assert "step 200" not in foot(shown)
        assert "Layer" not in shown.text
        await shown.press("escape")
        assert "Layer" in shown.text


async def test_given_the_mouse_when_pressed_and_dragged_then_the_line_goes_with_it() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.click(40, 4)
        assert column_of_line(shown) == 40
        await shown.pilot.mouse_down(offset=(50, 4))
        await shown.pilot.hover(offset=(70, 30))
        await shown.settle()
        assert column_of_line(shown) == 70
        await shown.pilot.hover(offset=(119, 30))
        await shown.settle()
        assert "step 200" in foot(shown)
        await shown.pilot.mouse_up(offset=(110, 30))
        await shown.pilot.hover(offset=(20, 4))
        await shown.settle()
        assert "step 200" in foot(shown)


async def test_given_a_click_beside_the_chart_when_done_then_no_step_is_looked_at() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.click(3, 4)
        assert shown.focused == "loss"
        assert "step" not in foot(shown)


@pytest.mark.parametrize(
    ("size", "options", "color"),
    [
        ((60, 18), OPTIONS, "truecolor"),
        ((80, 24), ASCII_OPTIONS, "standard"),
        ((120, 40), OPTIONS, "256"),
        ((200, 60), OPTIONS, "truecolor"),
    ],
    ids=str,
)
async def test_given_any_terminal_when_a_step_is_looked_at_then_both_losses_are_told(
    size: tuple[int, int], options: object, color: str
) -> None:
    config = msgspec.structs.replace(CONFIG, schedule="cosine")
    async with dashboard(
        WatchedSession(config), size=size, options=options, color=color, ticks=20
    ) as shown:
        await shown.press("r")
        await shown.tick(20)
        await shown.press("left", "shift+left")
        pane = pane_of(shown)
        assert pane.crosshair is not None
        assert f"{pane.crosshair:,}" in foot(shown)
        assert foot(shown).count("0.") >= 2
        if options is ASCII_OPTIONS:
            assert shown.text.isascii()
        await shown.press("m")
        assert " alpha " in drawn(shown)[-2]
        assert "before: alpha" in drawn(shown)[0] or size == (60, 18)


# the course before


async def test_given_a_restart_when_it_goes_on_then_the_curve_before_is_there_until_cleared() -> (
    None
):
    async with dashboard(ticks=20) as shown:
        ghost = shown.app.dashboard.look.palette.ghost  # type: ignore[union-attr] # it is drawn
        await shown.press("up", "r")
        await shown.tick(10)
        assert "before: alpha 0.25   train" in drawn(shown)[0]
        assert (pane_of(shown)._picture.pens == ghost).any()

        await shown.press("backspace")
        assert "before" not in drawn(shown)[0]
        assert not (pane_of(shown)._picture.pens == ghost).any()

        await shown.tick(10)
        assert "before" not in drawn(shown)[0]

        await shown.press("r")
        assert "before: alpha 0.3   train" in drawn(shown)[0]


async def test_given_a_ghost_when_it_comes_and_goes_then_the_losses_stay_in_their_places() -> None:
    async with dashboard(ticks=20) as shown:
        there = drawn(shown)[0].index("train ")
        await shown.press("r")
        await shown.tick(10)
        assert drawn(shown)[0].index("train ") == there


@pytest.mark.parametrize("size", SIZES, ids=[f"{c}x{r}" for c, r in SIZES])
async def test_given_any_size_when_there_is_a_course_before_then_its_alpha_is_told(
    size: tuple[int, int],
) -> None:
    """Given too little room above the chart, then below it, while no step is looked at."""
    async with dashboard(size=size, ticks=20) as shown:
        await shown.press("r")
        await shown.tick(10)
        lines = drawn(shown)
        assert ["before: alpha 0.25" in line for line in (lines[0], lines[-1])].count(True) == 1


async def test_given_a_run_with_an_earlier_course_when_attached_to_then_its_curve_is_there() -> (
    None
):
    session = WatchedSession()
    await session.start()
    session.tick(20)
    await session.send(Reset(None))
    session.tick(5)
    again = WatchedSession()
    again._begin = lambda: session.run
    async with dashboard(again, ticks=1) as shown:
        assert "before: alpha 0.25   train" in drawn(shown)[0]


async def test_given_a_known_ghost_when_frames_pass_then_it_is_not_asked_for_again() -> None:
    async with dashboard(ticks=20) as shown:
        await shown.press("r")
        await shown.tick(2)
        view = shown.app.dashboard.view
        assert view.known_ghost == shown.session.run.ghost_number > 0
        assert shown.session.run.snapshot(view).ghost is None


# a schedule


async def test_given_a_schedule_when_drawn_then_its_alpha_lies_under_the_chart() -> None:
    config = msgspec.structs.replace(CONFIG, schedule="step:100:0.5")
    async with dashboard(WatchedSession(config), ticks=20) as shown:
        bars = drawn(shown)[-2]
        assert bars.startswith("│ alpha █")
        assert "█▄" in bars
        await shown.press("end", "shift+left")
        assert "alpha 0.125 " in foot(shown)
        await shown.press("home")
        assert "alpha 0.25 " in foot(shown)


async def test_given_no_schedule_when_alpha_is_changed_then_the_chart_keeps_its_rows() -> None:
    async with dashboard(ticks=20) as shown:
        axis = drawn(shown)[-3]
        await shown.press("up")
        await shown.tick(1)
        assert drawn(shown)[-3][:8] == axis[:8]
        assert " alpha █" not in shown.text
