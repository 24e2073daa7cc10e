"""Sessions whose host is busy when they are left, or whose run could not be found again."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.client.remote import RemoteSession
from helpers.hosts import is_alive, until
from helpers.socket_clients import Village, goes_on, village_in


@pytest_asyncio.fixture
async def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Village]:
    monkeypatch.setattr("engine.client.remote.DETACH_SECONDS", 0.2)
    async with village_in(tmp_path) as village:
        yield village


async def one_of(village: Village, kind: str) -> tuple[RemoteSession, int]:
    """A session of that kind, and the process of its run."""
    founder, _ = await village.found()
    assert founder.pid is not None
    if kind == "started":
        return founder, founder.pid
    await founder.leave()
    return await village.attach(founder.name), founder.pid


KINDS = pytest.mark.parametrize("kind", ["started", "attached"])


@KINDS
async def test_given_a_busy_host_when_hurried_then_it_is_left_and_ends_saved_after_that(
    village: Village, kind: str
) -> None:
    session, pid = await one_of(village, kind)
    await goes_on(session)
    os.kill(pid, signal.SIGSTOP)
    finishing = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0.05)
    assert not finishing.done()

    session.hurry()

    with pytest.raises(TimeoutError):
        await finishing
    await session.close()
    saved = village.state / f"{session.name}.npz"
    assert session.ends_later == (
        f"the run {session.name} ends by itself after its present update, saved in {saved} (pid {pid})"
    )
    assert is_alive(pid)
    os.kill(pid, signal.SIGCONT)
    await until(lambda: not is_alive(pid))
    assert village.saved(session.name).trainer.step > 0


@KINDS
async def test_given_a_host_that_listens_when_closed_then_it_has_ended(
    village: Village, kind: str
) -> None:
    session, pid = await one_of(village, kind)
    await session.close()
    await until(lambda: not is_alive(pid))
    assert session.ends_later == ""


@KINDS
async def test_given_a_socket_that_was_taken_away_when_left_then_it_is_back_and_that_was_checked(
    village: Village, kind: str
) -> None:
    session, _ = await one_of(village, kind)
    village.socket_of(session.name).unlink()

    assert await session.why_not_left() == ""

    assert village.socket_of(session.name).exists()
    await session.leave()
    await goes_on(await village.attach(session.name))


@KINDS
async def test_given_a_folder_that_cannot_be_used_when_left_then_it_says_why(
    village: Village, kind: str
) -> None:
    session, _ = await one_of(village, kind)
    village.sockets.chmod(0o755)

    problem = await session.why_not_left()

    reason = "others can enter it; it must be yours alone (chmod 700)"
    assert problem == f"{village.sockets}: {reason}"
    assert not session.can_be_left


@KINDS
async def test_given_a_busy_host_when_left_then_its_socket_is_looked_at_from_here(
    village: Village, kind: str
) -> None:
    session, pid = await one_of(village, kind)
    os.kill(pid, signal.SIGSTOP)
    assert await session.why_not_left() == ""
    village.socket_of(session.name).unlink()
    assert await session.why_not_left() == (
        "its socket is gone, and it does not answer, as in a long update"
    )
    os.kill(pid, signal.SIGCONT)


async def test_given_the_first_process_of_a_container_when_left_then_it_says_that_all_ends_with_it(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    founder, _ = await village.found()
    monkeypatch.setattr("engine.client.first_process.os.getpid", lambda: 1)

    assert await founder.why_not_left() == (
        "this is the first process of its container, with which all others end"
    )
