"""The same terminal for every picture, wherever the tests run."""

import asyncio

import pytest


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """True colour, nothing that moves, and no clock.

    Textual reads its variables when it is imported, which may be long ago: hence its constants.
    """
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    # it guesses from the processor's load; the tests count messages
    monkeypatch.setattr("textual.app.wait_for_idle", give_way)
    monkeypatch.setattr("textual.pilot.wait_for_idle", give_way)


async def give_way(*_: float) -> None:
    """Let the others do something."""
    await asyncio.sleep(0)
