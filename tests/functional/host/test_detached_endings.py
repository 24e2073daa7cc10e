"""How a run that outlives its founder ends, and what there is of it afterwards."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.client.discovery import runs
from engine.config.checks import FULL_SPEED
from engine.errors import HostLostError, RunEndedError
from engine.messages.commands import Extend, MakeSteps, Pause, SetAlpha
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.storage import checkpoint
from engine.wire import codec, protocol
from engine.wire.protocol import Attach, Ended, StopRequest
from helpers.hosts import VIEW, is_alive, until
from helpers.socket_clients import SHORT, Village, exit_status, goes_on, seen, village_in, visitor

LINGER_SECONDS = 0.2


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


# a person ends it


@pytest.mark.parametrize("how", ["close", "finish"])
async def test_given_an_attached_dashboard_when_it_ends_the_run_then_it_is_saved_and_all_hear_of_it(
    village: Village, how: str
) -> None:
    founder, _ = await village.found()
    pid = founder.pid
    assert pid is not None
    ending = await village.attach(founder.name)
    other = await village.attach(founder.name)
    watcher = await village.attach(founder.name, watches=True)
    last = await goes_on(ending)
    waiting = asyncio.create_task(watcher.snapshot(VIEW, after=last.revision + 10**9))

    report = await ending.finish() if how == "finish" else None
    await ending.close()

    await until(lambda: not is_alive(pid))
    saved = village.saved(founder.name)
    assert report is None or saved.trainer.network.sha256() == report.parameters_sha256
    assert saved.trainer.step >= last.step
    assert saved.trainer.phase == "training"
    assert not village.socket_of(founder.name).exists()
    assert await runs(village.sockets) == []
    for call in (waiting, other.snapshot(VIEW), founder.snapshot(VIEW), founder.report()):
        with pytest.raises(RunEndedError, match="the run was saved and ended"):
            await call
    assert village.log.read_text() == ""


async def test_given_one_that_says_stop_by_hand_when_it_is_heard_then_report_and_farewell_come(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()
    async with visitor(village.socket_of(name)) as one:
        await one.is_let_in(watches=False)

        one.send(StopRequest())

        report = await one.receive()
        assert isinstance(report, RunReport)
        assert await one.receive() == Ended("the run was saved and ended", saved=True)
        assert await one.receive() is None
    assert await exit_status(pid) == 0
    saved = village.saved(name)
    assert (saved.trainer.step, saved.trainer.network.sha256()) == (
        report.steps,
        report.parameters_sha256,
    )


async def test_given_a_saved_run_when_its_file_is_resumed_then_it_goes_on_from_there(
    village: Village,
) -> None:
    founder, _ = await village.found()
    await founder.send(MakeSteps(7))
    await founder.send(SetAlpha(0.5))
    report = await founder.report()
    await founder.close()

    run = checkpoint.load(village.state / f"{founder.name}.npz")

    assert run.trainer.network.sha256() == report.parameters_sha256
    assert (run.trainer.step, run.trainer.alpha) == (report.steps, 0.5)
    assert (run.state, run.pace) == (State.PAUSED, 1)


async def test_given_a_busy_dashboard_when_the_run_has_ended_then_it_hears_so_at_its_next_look(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()
    session = await village.attach(name)
    await session.snapshot(VIEW)

    with socket.socket(socket.AF_UNIX) as other:  # all of this while the session's loop is busy
        other.connect(str(village.socket_of(name)))
        other.sendall(codec.frame(Attach(protocol.VERSION, False)) + codec.frame(StopRequest()))
        while other.recv(65536):
            pass
    deadline = time.monotonic() + 5.0
    while is_alive(pid):
        assert time.monotonic() < deadline

    with pytest.raises(RunEndedError, match="the run was saved and ended"):
        await session.snapshot(VIEW)


# a signal comes


@pytest.mark.parametrize("left", [False, True], ids=["with founder", "left"])
async def test_given_signals_of_a_terminal_when_they_come_then_only_sigterm_ends_it(
    village: Village, left: bool
) -> None:
    founder, _ = await village.found()
    pid, name = founder.pid, founder.name
    assert pid is not None
    if left:
        await founder.leave()
    session = await village.attach(name, watches=True)

    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGHUP, signal.SIGINT):
        os.kill(pid, number)
        await goes_on(session)
    os.kill(pid, signal.SIGTERM)

    assert await exit_status(pid) == 0
    with pytest.raises(RunEndedError, match="the run was saved and ended"):
        await session.snapshot(VIEW)
    assert village.saved(name).trainer.step > 0
    assert not village.socket_of(name).exists()
    assert village.log.read_text() == ""


async def test_given_a_run_when_its_host_is_killed_then_its_socket_is_cleared_away(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()
    other, _ = await village.found_and_leave()
    session = await village.attach(name)

    os.kill(pid, signal.SIGKILL)

    assert await exit_status(pid) == -signal.SIGKILL
    with pytest.raises(HostLostError, match="has closed its connection") as caught:
        await session.snapshot(VIEW)
    assert not isinstance(caught.value, RunEndedError)
    assert village.socket_of(name).exists()
    assert list(await village.states()) == [other]
    assert not village.socket_of(name).exists()
    assert village.socket_of(other).exists()


# nobody is there


async def test_given_a_finished_run_when_nobody_watches_then_it_ends_itself_saved(
    village: Village,
) -> None:
    founder, _ = await village.found(steps=SHORT, pace=FULL_SPEED, linger_seconds=LINGER_SECONDS)
    assert founder.pid is not None
    await seen(founder, lambda now: now.state is State.DONE)
    report = await founder.report()

    await founder.leave()

    assert await exit_status(founder.pid) == 0
    saved = village.saved(founder.name)
    assert (saved.state, saved.trainer.step) == (State.DONE, SHORT)
    assert saved.trainer.network.sha256() == report.parameters_sha256
    assert not village.socket_of(founder.name).exists()
    assert village.log.read_text() == ""


async def test_given_a_run_without_founder_when_it_finishes_then_it_ends_itself_saved(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave(steps=SHORT, pace=10, linger_seconds=LINGER_SECONDS)

    assert await exit_status(pid) == 0  # not before it has made all its steps

    assert village.saved(name).trainer.step == SHORT


@pytest.mark.parametrize("watches", [False, True], ids=["steers", "watches"])
async def test_given_a_finished_run_when_somebody_watches_then_it_stays_until_that_one_leaves(
    village: Village, watches: bool
) -> None:
    founder, _ = await village.found(steps=SHORT, pace=FULL_SPEED, linger_seconds=LINGER_SECONDS)
    assert founder.pid is not None
    session = await village.attach(founder.name, watches=watches)
    await founder.leave()
    await seen(session, lambda now: now.state is State.DONE)

    await asyncio.sleep(4 * LINGER_SECONDS)

    assert (await session.report()).state is State.DONE
    await session.leave()
    assert await exit_status(founder.pid) == 0
    assert village.saved(founder.name).trainer.step == SHORT


async def test_given_a_finished_run_when_it_is_extended_then_it_does_not_end_itself(
    village: Village,
) -> None:
    founder, _ = await village.found(steps=SHORT, pace=FULL_SPEED, linger_seconds=LINGER_SECONDS)
    await seen(founder, lambda now: now.state is State.DONE)
    await founder.leave()
    session = await village.attach(founder.name)
    await session.send(Extend(10**9))
    await session.leave()

    await asyncio.sleep(4 * LINGER_SECONDS)

    assert await village.states() == {founder.name: State.RUNNING}


async def test_given_a_paused_run_when_nobody_watches_then_it_stays(village: Village) -> None:
    founder, _ = await village.found(linger_seconds=LINGER_SECONDS)
    await founder.send(Pause())
    await founder.leave()

    await asyncio.sleep(4 * LINGER_SECONDS)

    assert await village.states() == {founder.name: State.PAUSED}


async def test_given_a_finished_run_when_it_is_only_listed_then_it_ends_itself_all_the_same(
    village: Village,
) -> None:
    _, pid = await village.found_and_leave(
        steps=SHORT, pace=FULL_SPEED, linger_seconds=LINGER_SECONDS
    )
    deadline = time.monotonic() + 3.0  # fifteen times as long as it is to stay

    while is_alive(pid):
        assert time.monotonic() < deadline, "to be listed keeps it from its end"
        await runs(village.sockets)
        await asyncio.sleep(LINGER_SECONDS / 4)
