"""A key never loses a run: it asks before, and what was given up can be brought back."""

import re
from typing import Any

import msgspec
import pytest

from engine.config.training_config import TrainingConfig
from engine.messages.commands import COMMANDS, Reset, RestoreCourse, Rewind, SetAlpha
from engine.messages.report import RunReport
from engine.messages.snapshot import Snapshot
from engine.messages.view import View
from helpers.apps import CONFIG, NARROW, WatchedSession, dashboard
from tui.app.divergence_notice import divergence_notice
from tui.screens.report import ReportScreen

LONG_SECONDS = 31.0
R_ASKS = "r: give up 20 steps? r again restarts"


class SharedSession(WatchedSession):
    """One with other dashboards beside it, or a run that was trained for long."""

    def __init__(
        self,
        config: TrainingConfig = CONFIG,
        *,
        others: int = 0,
        trained: float = 0.0,
        attached: bool = False,
    ) -> None:
        super().__init__(config)
        self.others = others
        self.trained = trained
        self.began_before = attached

    async def start(self) -> None:
        await super().start()
        self.run.rate.add(0, self.trained)

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        found = await super().snapshot(view, after)
        return msgspec.structs.replace(found, dashboards=1 + self.others)


# before a run is given up


async def test_given_long_training_when_r_is_pressed_then_it_asks_and_r_again_restarts() -> None:
    async with dashboard(SharedSession(trained=LONG_SECONDS), ticks=2) as shown:
        await shown.press("r")
        assert shown.keys.rstrip() == f" {R_ASKS}"
        assert shown.session.commands == []

        await shown.press("r")
        assert shown.session.carried_out == [Reset()]
        assert shown.keys.startswith(" u undo restart space pause ")
        assert "step   0 / 400" in shown.status


@pytest.mark.parametrize(
    ("key", "does"),
    [("x", 0), ("escape", 0), ("up", 1), ("ctrl+c", 0), ("ctrl+p", 0), ("n", 0)],
)
async def test_given_the_question_when_any_other_key_is_pressed_then_it_is_taken_back(
    key: str, does: int
) -> None:
    async with dashboard(SharedSession(trained=LONG_SECONDS), ticks=2) as shown:
        await shown.press("r", key)
        assert R_ASKS not in shown.text
        await shown.press("escape")
        await shown.until(lambda: shown.app.screen is shown.app.dashboard)

        await shown.press("r")

        assert R_ASKS in shown.keys
        assert len(shown.session.commands) == does


async def test_given_the_question_when_nothing_is_pressed_then_it_goes_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.screens.action_screen.QUESTION_SECONDS", 0.05)
    async with dashboard(SharedSession(trained=LONG_SECONDS), ticks=2) as shown:
        await shown.press("r")
        await shown.until(lambda: shown.keys.startswith(" space pause "))
        assert shown.session.commands == []


@pytest.mark.parametrize(
    ("key", "others", "trained", "question"),
    [
        ("n", 0, LONG_SECONDS, "n: give up 20 steps? n again takes a new seed"),
        ("r", 1, 0.0, "r: 1 other is watching; give up 20 steps? r again restarts"),
        ("n", 3, 31.0, "n: 3 others are watching; give up 20 steps? n again takes a new seed"),
    ],
)
async def test_given_what_would_be_lost_when_begun_anew_then_the_question_names_it(
    key: str, others: int, trained: float, question: str
) -> None:
    session = SharedSession(others=others, trained=trained)
    async with dashboard(session, size=NARROW, ticks=2) as shown:
        await shown.press(key)
        assert shown.keys.rstrip() == f" {question}"


async def test_given_a_short_run_when_restarted_then_it_is_not_asked() -> None:
    async with dashboard(SharedSession(trained=29.0), ticks=2) as shown:
        await shown.press("r")
        assert shown.session.carried_out == [Reset()]


async def test_given_no_step_yet_when_restarted_then_it_is_not_asked() -> None:
    async with dashboard(SharedSession(others=3, trained=LONG_SECONDS)) as shown:
        await shown.press("r")
        assert shown.session.carried_out == [Reset()]


async def test_given_the_report_when_r_is_pressed_then_it_asks_there_too() -> None:
    session = SharedSession(TrainingConfig(steps=20), trained=LONG_SECONDS)
    async with dashboard(session, ticks=2) as shown:
        assert isinstance(shown.app.screen, ReportScreen)
        await shown.press("r")
        assert isinstance(shown.app.screen, ReportScreen)
        assert shown.keys.rstrip() == f" {R_ASKS}"

        await shown.press("r")
        assert shown.session.carried_out == [Reset()]
        assert shown.app.screen is shown.app.dashboard


async def test_given_r_was_chosen_in_the_palette_when_long_trained_then_it_asks() -> None:
    async with dashboard(SharedSession(trained=LONG_SECONDS), ticks=2) as shown:
        await shown.press("ctrl+p", *"same initial")
        await shown.until(lambda: "Start over from the same initial" in shown.text)
        await shown.press("enter")
        await shown.until(lambda: R_ASKS in shown.text)
        assert shown.session.commands == []


# what was given up is brought back


async def test_given_a_restart_when_u_is_pressed_then_the_run_before_is_back_and_u_again_redoes() -> (
    None
):
    async with dashboard(ticks=5) as shown:
        before = shown.session.run.trainer.network.sha256()
        assert "undo" not in shown.keys
        await shown.press("r")
        await shown.tick(2)

        await shown.press("u")
        assert shown.session.run.trainer.network.sha256() == before
        assert "step  50 / 400" in shown.status
        assert shown.keys.startswith(" u redo restart ")

        await shown.press("u")
        assert "step  20 / 400" in shown.status
        assert shown.keys.startswith(" u undo restart ")
        assert shown.session.carried_out == [Reset(), RestoreCourse(), RestoreCourse()]


async def test_given_another_seed_when_undone_then_the_points_of_before_are_drawn() -> None:
    async with dashboard(ticks=1) as shown:
        before = [line[:40] for line in shown.lines[14:36]]
        await shown.press("n")
        assert [line[:40] for line in shown.lines[14:36]] != before
        await shown.press("u")
        assert [line[:40] for line in shown.lines[14:36]] == before


async def test_given_a_restart_and_a_divergence_when_undone_then_the_divergence_comes_first() -> (
    None
):
    async with dashboard(ticks=5) as shown:
        await shown.press("r")
        await shown.tick(3)
        shown.session.run.apply(SetAlpha(5000.0))
        await shown.tick(3)
        assert shown.keys.startswith(" u undo divergence ")

        await shown.press("u")
        assert shown.session.carried_out[-1] == Rewind(0.25)
        assert shown.keys.startswith(" u undo restart ")


# after a divergence


async def test_given_alpha_5000_when_undone_then_one_press_gives_a_run_that_holds() -> None:
    async with dashboard(size=NARROW, ticks=10) as shown:
        shown.session.run.apply(SetAlpha(5000.0))
        await shown.tick(5)
        assert re.search(
            r"diverged  alpha 5000 too large at step \d+: u undoes, r restarts, with 0\.25 ",
            shown.status,
        )

        await shown.press("u")
        await shown.tick(20)

        assert "alpha 0.25 " in shown.status
        assert shown.lines[-3].startswith(" running ")


async def test_given_a_divergence_when_restarted_then_it_is_with_the_configured_alpha() -> None:
    async with dashboard(ticks=10) as shown:
        shown.session.run.apply(SetAlpha(5000.0))
        await shown.tick(5)
        await shown.press("r")
        assert shown.session.carried_out[-1] == Reset(alpha=0.25)
        assert "alpha 0.25 " in shown.status


async def test_given_any_divergence_when_told_then_it_fits_80_columns_and_ends_whole() -> None:
    async with dashboard(ticks=10) as shown:
        shown.session.run.apply(SetAlpha(1.23456789e-5))
        await shown.tick(5)
        shown.session.run.apply(SetAlpha(5000.0))
        await shown.tick(5)
        snapshot = shown.session.run.snapshot(View())
        divergence = msgspec.structs.replace(snapshot.divergence, step=80_000, alpha=1.5e299)
        for undo in (1.23456789e-5, 7.5e298):
            changes: dict[str, Any] = {"divergence": divergence, "undo_alpha": undo}
            notice = divergence_notice(msgspec.structs.replace(snapshot, **changes), steers=True)
            assert notice.startswith("alpha 1.5e+299 too large at step 80,001: u ")
            assert len(notice) <= 68


# leaving a run that others share


async def test_given_others_watching_when_q_is_pressed_then_it_asks_and_q_again_ends_the_run() -> (
    None
):
    async with dashboard(SharedSession(others=3), size=NARROW, ticks=2) as shown:
        await shown.press("q")
        question = "q: 3 others are watching, d leaves the run to them; q again ends the run"
        assert shown.keys.rstrip() == f" {question}"
        assert not shown.session.closed

        await shown.press("q")

    assert shown.session.closed
    assert isinstance(shown.app.return_value, RunReport)


@pytest.mark.parametrize("keys", [("q",), ("ctrl+c", "ctrl+c"), ("e", "q")])
async def test_given_an_attached_dashboard_when_quit_then_the_run_goes_on(
    keys: tuple[str, ...],
) -> None:
    async with dashboard(SharedSession(others=3, attached=True), ticks=2) as shown:
        assert "q leave" in shown.keys
        assert {"Leave this dashboard; the run goes on"} <= shown.offered
        assert "End the run and leave its report behind" not in shown.offered
        await shown.press(*keys)

    assert (shown.session.left, shown.session.closed) == (True, False)
    assert shown.app.shutdown.goes_on
    assert shown.app.return_value is None


async def test_given_an_attached_dashboard_when_help_is_opened_then_it_says_what_q_does() -> None:
    async with dashboard(SharedSession(attached=True), size=(120, 200), ticks=1) as shown:
        await shown.press("question_mark")
        assert "q  Leave this dashboard; the run goes on" in shown.text
        assert "Q  End the run for all, saved, and leave its report behind" in shown.text


async def test_given_an_attached_dashboard_when_the_run_is_to_end_then_it_asks_first() -> None:
    async with dashboard(SharedSession(attached=True), ticks=2) as shown:
        assert "Q end run" in shown.keys
        await shown.press("Q")
        assert shown.keys.rstrip() == " Q: end the run? Q again ends the run for all"
        await shown.press("x", "Q")
        assert not shown.app.shutdown.under_way
        await shown.press("Q")

    assert shown.session.closed
    assert isinstance(shown.app.return_value, RunReport)


async def test_given_the_dashboard_that_began_the_run_when_looked_at_then_q_is_its_only_end() -> (
    None
):
    async with dashboard(ticks=2) as shown:
        await shown.press("Q", "Q")
        assert "Q end run" not in shown.keys
        assert not shown.app.shutdown.under_way


# a run that is over


async def test_given_a_host_that_is_gone_when_looked_at_then_the_run_is_not_said_to_be_running() -> (
    None
):
    async with dashboard(ticks=4) as shown:
        shown.session.lose()
        await shown.settle()
        assert shown.lines[-3].startswith(" lost ")
        assert "running" not in shown.text


async def test_given_alpha_set_after_the_last_step_when_reported_then_the_one_that_was_used() -> (
    None
):
    async with dashboard(WatchedSession(TrainingConfig(steps=20)), ticks=2) as shown:
        await shown.press("escape", "up", "e")
        assert "alpha 0.25   seed 0" in shown.lines[2]
        assert shown.session.run.report().figures()["alpha"] == 0.25
        assert shown.session.run.trainer.alpha == 0.3


def test_given_every_command_when_listed_then_these_begin_anew() -> None:
    anew = {kind.__name__ for kind in COMMANDS if kind.begins_anew}
    assert anew == {
        "Reset",
        "Configure",
        "StartOver",
        "NextSeed",
        "NextWeights",
        "ConfigureAnew",
        "RestoreCourse",
    }


async def test_given_no_room_for_the_panes_when_q_asks_then_the_question_stands_there() -> None:
    async with dashboard(SharedSession(others=3), size=(90, 12), ticks=1) as shown:
        await shown.press("q")
        assert "q: 3 others are watching, d leaves the run to them; q again ends" in shown.text
        assert not shown.session.closed

        await shown.press("space")
        assert "others are watching" not in shown.text


async def test_given_a_long_run_when_u_is_to_bring_back_the_one_before_then_it_asks() -> None:
    session = SharedSession()
    async with dashboard(session, ticks=2) as shown:
        await shown.press("r")
        await shown.tick(3)
        session.run.rate.add(0, LONG_SECONDS)
        await shown.tick()

        await shown.press("u")
        assert shown.keys.rstrip() == " u: give up 40 steps? u again brings back the other"
        assert session.carried_out == [Reset()]

        await shown.press("u")
        assert session.carried_out == [Reset(), RestoreCourse()]
        assert "step  20 / 400" in shown.status
