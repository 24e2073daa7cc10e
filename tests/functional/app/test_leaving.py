"""Leaving a run that takes its time, and a run to which nobody could come back."""

import asyncio

import pytest

from engine.messages.report import RunReport
from helpers.apps import WatchedSession, dashboard

LATER = "the run bodu ends by itself after its present update, saved in bodu.npz (pid 7)"


class BusySession(WatchedSession):
    """Its host is in a long update: it answers nothing and does not end."""

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self._hurried = asyncio.Event()
        self._problem = problem
        self.hurries = 0

    def hurry(self) -> None:
        self.hurries += 1
        self._hurried.set()

    async def finish(self) -> RunReport:
        await self._hurried.wait()
        raise TimeoutError

    async def close(self) -> None:
        await self._hurried.wait()
        await super().close()

    @property
    def ends_later(self) -> str:
        return LATER

    async def why_not_left(self) -> str:
        return self._problem


async def test_given_a_busy_run_when_quit_then_it_is_said_at_once_and_the_truth_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.app.shutdown.QUIT_SECONDS", 1.0)
    session = BusySession()
    async with dashboard(session, ticks=1) as shown:
        await shown.press("q")
        await shown.until(lambda: "Waiting until the run is saved" in shown.text)
        assert session.hurries == 0

        await shown.until(lambda: session.closed)

    assert session.hurries == 1
    assert shown.app.return_value is None
    assert shown.app.shutdown.ended == LATER
    assert shown.app.return_code == 0


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_given_that_it_waits_when_asked_again_then_it_leaves_at_once(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.shutdown.QUIT_SECONDS", 1e6)
    session = BusySession()
    async with dashboard(session, ticks=1) as shown:
        await shown.press("q", "q")  # a key held down for too long is no answer
        assert session.hurries == 0
        await shown.until(lambda: "q again leaves at once" in shown.text)

        await shown.press(key)
        await shown.until(lambda: session.closed)

    assert session.hurries == 1
    assert shown.app.shutdown.ended == LATER


async def test_given_a_report_but_no_end_when_left_then_what_becomes_of_the_run_is_told() -> None:
    class SavingSession(BusySession):
        async def finish(self) -> RunReport:
            return await self.report()

    session = SavingSession()
    async with dashboard(session, ticks=1) as shown:
        await shown.press("q")
        await shown.until(lambda: "q again leaves at once" in shown.text)
        await shown.press("q")
        await shown.until(lambda: session.closed)

    assert shown.app.return_value is not None
    assert shown.app.link.troubles == [LATER]


async def test_given_that_nobody_could_come_back_when_detached_then_it_says_why_and_stays() -> None:
    session = BusySession("its socket is gone")
    async with dashboard(session, ticks=1) as shown:
        await shown.press("d")
        await shown.until(lambda: "Nobody could" in shown.text)

        assert "Nobody could come back to this run: its socket is" in shown.text
        assert "ends it, saved" in shown.text
        assert not session.left
        assert not shown.app.shutdown.under_way


async def test_given_that_it_can_be_found_when_detached_then_it_is_left() -> None:
    session = BusySession()
    async with dashboard(session, ticks=1) as shown:
        await shown.press("d")
        await shown.until(lambda: session.left)

    assert shown.app.shutdown.goes_on
    assert not session.closed
