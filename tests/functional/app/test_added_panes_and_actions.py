"""What is declared once is everywhere: a pane in the dashboard's list, an action in its table."""

import msgspec
from textual.binding import Binding

from engine.messages.commands import SetAlpha
from engine.messages.snapshot import Snapshot
from engine.messages.view import View
from helpers.apps import WatchedSession, dashboard
from tui.app.app import MoonwalkApp
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.screens.action import Action, Call
from tui.screens.actions import DASHBOARD_ACTIONS
from tui.screens.dashboard import PANES, DashboardScreen
from tui.screens.key_context import decides_course, steers
from tui.screens.key_line import key_lines
from tui.widgets.pane import Pane

SERIES_POINTS = 4321


class CounterPane(Pane):
    """Counts presses of its key."""

    NAME = "counter"
    TITLE = SHORT_TITLE = "Counter"
    HELP = "How often its key was pressed, in so many words."
    BINDINGS = [Binding("z", "count", "count", id="counter.count", tooltip="One more of them")]

    count = 0

    def asks_for(self, view: View) -> View:
        return msgspec.structs.replace(view, series_points=SERIES_POINTS)

    def action_count(self, by: int = 1) -> None:
        self.count += by
        self.redraw()

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        picture = super().draw_inside(rows, columns, look)
        steps = self.snapshot.total_steps if self.snapshot else 0
        picture.write(0, 0, f"counted {self.count} of {steps}", look.palette.text)
        return picture


TAME = Action(
    "run.tame",
    "h",
    "tame",
    "A learning rate that harms nobody",
    does=SetAlpha(0.125),
    when=decides_course,
    line="tame",
)
COUNT_TEN = Action(
    "view.ten", "t", "ten", "Ten more at once", does=Call("count", (10,)), when=steers, line="ten"
)


class AddedDashboard(DashboardScreen):
    PANES = (*PANES, (CounterPane,))
    ACTIONS = (TAME, COUNT_TEN, *DASHBOARD_ACTIONS)


class AddedApp(MoonwalkApp):
    DASHBOARD = AddedDashboard


class WithoutThePane(DashboardScreen):
    ACTIONS = AddedDashboard.ACTIONS


class AppWithoutThePane(MoonwalkApp):
    DASHBOARD = WithoutThePane


class AskedSession(WatchedSession):
    """Remembers the last view that it was asked for."""

    view = View()

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        self.view = view
        return await super().snapshot(view, after)


# a pane


async def test_given_a_pane_in_the_list_when_composed_then_it_is_drawn_and_asks_for_its_data() -> (
    None
):
    session = AskedSession()
    async with dashboard(session, ticks=1, app_class=AddedApp) as shown:
        assert " Counter " in shown.text
        assert "counted 0 of 400" in shown.text
        assert session.view.series_points == SERIES_POINTS
        assert session.view.field_rows > 0


async def test_given_a_pane_in_the_list_when_its_key_is_pressed_then_only_it_with_the_focus_acts() -> (
    None
):
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        await shown.press("z")
        assert "counted 0 of 400" in shown.text

        await shown.press("shift+tab")
        assert shown.focused == "counter"
        await shown.press("z", "z")
        assert "counted 2 of 400" in shown.text


async def test_given_the_focus_in_a_pane_when_its_key_is_chosen_in_the_palette_then_it_acts() -> (
    None
):
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        await shown.press("shift+tab", "ctrl+p", *"one more")
        await shown.until(lambda: "One more of them" in shown.text)
        await shown.press("enter")
        await shown.until(lambda: "counted 1 of 400" in shown.text)


async def test_given_a_pane_in_the_list_when_maximized_then_it_has_all_the_room() -> None:
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        before = shown.text
        await shown.press("shift+tab", "m")
        assert " Counter " in shown.lines[1]
        assert " Loss " not in shown.text

        await shown.press("m", "tab")
        assert shown.text == before


async def test_given_a_pane_in_the_list_when_help_is_opened_then_it_explains_pane_and_key() -> None:
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        await shown.press("shift+tab", "question_mark")
        await shown.until(lambda: "in so many words" in shown.text)

        assert "In the counter pane" in shown.text
        assert "z  One more of them" in shown.text


# an action


async def test_given_an_action_in_the_table_when_its_key_is_pressed_then_its_command_is_sent() -> (
    None
):
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        await shown.press("h")
        assert shown.session.commands == [SetAlpha(0.125)]

        await shown.click_on("h tame")
        assert shown.session.commands == [SetAlpha(0.125)] * 2


async def test_given_an_action_in_the_table_when_looked_for_then_it_is_in_all_that_names_keys() -> (
    None
):
    keys = [b.key for b in AddedDashboard.BINDINGS if isinstance(b, Binding) and b.id == TAME.id]
    assert keys == ["h"]
    assert any("h tame" in line for line in key_lines(76, AddedDashboard.ACTIONS))

    async with dashboard(size=(120, 160), ticks=1, app_class=AddedApp) as shown:
        assert "h tame" in shown.keys
        assert TAME.tooltip in shown.offered

        await shown.press("question_mark")
        assert f"h  {TAME.tooltip}" in shown.text


async def test_given_an_action_when_it_cannot_act_then_it_is_offered_nowhere_and_does_nothing() -> (
    None
):
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        shown.session.lose()
        await shown.settle()
        await shown.press("h")

        assert "h tame" not in shown.keys
        assert TAME.tooltip not in shown.offered
        assert shown.session.commands == []


async def test_given_an_action_that_calls_a_pane_when_pressed_then_the_pane_does_it_without_the_focus() -> (
    None
):
    async with dashboard(ticks=1, app_class=AddedApp) as shown:
        await shown.press("t")
        assert shown.focused == "loss"
        assert "counted 10 of 400" in shown.text


async def test_given_an_action_that_calls_a_pane_when_the_pane_is_not_in_the_list_then_it_is_not_offered() -> (
    None
):
    async with dashboard(ticks=1, app_class=AppWithoutThePane) as shown:
        await shown.press("t")
        assert "t ten" not in shown.keys
        assert COUNT_TEN.tooltip not in shown.offered
