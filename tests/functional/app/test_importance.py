"""What is sent first over a slow line, on each screen."""

from helpers.apps import NARROW, Dashboard, dashboard
from tui.app.importance import importance_of
from tui.terminal.paint_order import Area, Importance

HEADER, STATUS = Area(0, 0, 1, 80), Area(21, 0, 23, 80)
LOSS, PREDICTED, THIRD = Area(2, 41, 10, 79), Area(2, 1, 20, 39), Area(12, 41, 20, 79)
"""The insides of the panes: their frames have the figures. In the third place, panes take turns."""


def importance(shown: Dashboard) -> Importance:
    return importance_of(shown.app.screen_stack)


async def test_given_the_training_view_then_the_lines_go_first_and_the_losses_before_pictures() -> (
    None
):
    async with dashboard(size=NARROW, ticks=1) as shown:
        assert importance(shown) == Importance((HEADER, STATUS), (LOSS, PREDICTED, THIRD))


async def test_given_a_key_of_a_pane_when_pressed_then_that_pane_goes_before_the_others() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("right_square_bracket")
        assert importance(shown).pictures == (THIRD, LOSS, PREDICTED)

        await shown.press("l")
        assert importance(shown).pictures[0] == LOSS


async def test_given_a_pane_when_it_gets_the_focus_then_it_goes_before_the_others() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("tab")
        assert importance(shown).pictures[0] == PREDICTED

        await shown.press("tab")
        assert importance(shown).pictures[0] == THIRD


async def test_given_a_maximized_pane_then_only_it_is_a_picture() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("m")
        assert importance(shown).pictures == (Area(2, 1, 20, 79),)


async def test_given_a_prompt_when_open_then_it_goes_before_what_lies_below() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("a")
        box = shown.app.screen.query_one("#box").region

        first = importance(shown).lines[0]
        assert first == Area(box.y, box.x, box.bottom, box.right)
        assert importance(shown).lines[1:] == (HEADER, STATUS)
        assert THIRD in importance(shown).pictures


async def test_given_a_message_when_shown_then_it_goes_first() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        assert shown.session.on_notice is not None
        shown.session.on_notice("saved in meto.npz", False)
        await shown.settle()

        assert importance(shown).lines[1:] == (HEADER, STATUS)
        assert importance(shown).lines[0] == Area(2, 58, 3, 79)


async def test_given_a_report_then_its_figures_go_before_its_points() -> None:
    async with dashboard(size=NARROW, ticks=1) as shown:
        await shown.press("e")
        await shown.until(lambda: "back" in shown.text)

        assert importance(shown).lines == ()
        assert len(importance(shown).pictures) == 2
