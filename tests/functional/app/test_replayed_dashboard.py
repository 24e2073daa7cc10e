"""A recording in the dashboard: it takes its own course, and a person decides how fast."""

from engine.messages.commands import Extend, Rewind, SetAlpha
from engine.messages.run_state import State
from engine.run.replay import Replay
from engine.storage import recording
from helpers.apps import PACE, WatchedSession, dashboard
from helpers.data import DATA_FOLDER

RESCUE = recording.load(DATA_FOLDER / "rescue.jsonl")


def replaying() -> WatchedSession:
    session = WatchedSession(RESCUE.config)
    session._begin = lambda: Replay(RESCUE, PACE)
    return session


async def test_given_a_recording_when_watched_then_it_does_again_what_was_done() -> None:
    session = replaying()
    async with dashboard(session) as shown:
        assert " moonwalk   replay   make_moons" in shown.text
        await shown.tick(9)
        assert "alpha 0.25 " in shown.status
        await shown.tick(2)
        assert "alpha 0.5 " in shown.status
        await shown.tick(72)
        assert " Done: 800 steps " in shown.text
        done = [type(one.command) for one in session.run.commands]
        assert done == [SetAlpha, SetAlpha, SetAlpha, Rewind, SetAlpha, Extend]
        assert session.run.state is State.DONE
        assert session.run.trainer.alpha == 0.2


async def test_given_a_recording_when_paused_and_stepped_then_its_course_is_the_same() -> None:
    paused, plain = replaying(), replaying()
    async with dashboard(plain) as shown:
        await shown.tick(100)
    async with dashboard(paused) as shown:
        await shown.tick(9)
        await shown.press("space", *["full_stop"] * 25, "greater_than_sign", "space")
        await shown.tick(100)

    assert paused.run.trainer.step == plain.run.trainer.step == 800
    assert paused.run.trainer.network.sha256() == plain.run.trainer.network.sha256()


async def test_given_a_recording_when_steered_then_the_keys_do_nothing_and_are_not_offered() -> (
    None
):
    session = replaying()
    async with dashboard(session, ticks=1) as shown:
        await shown.press("up", "a", "n", "s", "u")
        assert session.commands == []
        assert session.saved is None
        assert "alpha" not in shown.keys
        assert "restart" in shown.keys


async def test_given_a_recording_when_restarted_then_it_begins_again() -> None:
    session = replaying()
    async with dashboard(session, ticks=30) as shown:
        first = session.run.trainer.network.sha256()
        await shown.press("r")
        assert session.run.trainer.step == 0
        assert "alpha 0.25 " in shown.status
        await shown.tick(30)
        assert session.run.trainer.network.sha256() == first
