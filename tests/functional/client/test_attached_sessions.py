"""Dashboards that come to a run: many, large, deaf, and those that only watch."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from engine.client.attached import AttachedSession
from engine.client.discovery import found, runs
from engine.config.checks import FULL_SPEED
from engine.errors import HostLostError
from engine.messages.commands import (
    Command,
    Extend,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.run_state import State
from engine.messages.view import View, Window
from engine.wire.protocol import Refused, SaveRequest, SnapshotRequest, StopRequest
from helpers.hosts import VIEW, field_shape, is_alive, until
from helpers.socket_clients import (
    CONFIG,
    Notices,
    Village,
    exit_status,
    goes_on,
    seen,
    village_in,
    visitor,
)


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


async def test_given_a_run_under_way_when_attached_then_the_whole_curve_is_there_at_once(
    village: Village,
) -> None:
    founder, _ = await village.found(pace=FULL_SPEED)
    before = await seen(founder, lambda now: now.step >= 5_000)
    await founder.leave()

    first = await (await village.attach(founder.name)).snapshot(VIEW)

    curves = first.curves
    assert first.step >= before.step
    assert curves.train_steps[0] == curves.test_steps[0] == 0.0
    assert 25 <= len(curves.train_steps) <= 50
    assert curves.train_steps[-1] > 4_000.0
    assert before.train_loss < curves.train_low[0]
    assert first.points is not None


async def test_given_dashboards_of_many_sizes_when_they_look_then_each_gets_its_own(
    village: Village,
) -> None:
    name, _ = await village.found_and_leave()
    sizes = [(rows, columns) for rows in (1, 7, 40) for columns in (2, 30)]
    views = [
        View(10 * rows, rows, columns, Window(layer=1, nodes=1 + rows % 8, inputs=columns % 9))
        for rows, columns in sizes
    ]
    sessions = [await village.attach(name, watches=bool(at % 2)) for at, _ in enumerate(views)]

    for _ in range(5):
        shots = await asyncio.gather(
            *(one.snapshot(view) for one, view in zip(sessions, views, strict=True))
        )
        for shot, view in zip(shots, views, strict=True):
            assert field_shape(shot) == (view.field_rows, view.field_columns)
            assert shot.layer.parameters.shape == (view.window.nodes, view.window.inputs)
            assert 1 <= len(shot.curves.train_steps) <= view.series_points
        await goes_on(sessions[0])
    [status] = await runs(village.sockets)
    assert status.watchers == len(views)


async def test_given_one_that_never_reads_when_others_look_then_they_are_not_held_up(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave(pace=FULL_SPEED)
    async with visitor(village.socket_of(name)) as deaf:
        await deaf.is_let_in(watches=False)
        deaf.stop_reading()
        large = msgspec.structs.replace(VIEW, field_rows=100, field_columns=200)
        deaf.send(*(SnapshotRequest(number, large, -1) for number in range(500)))
        session = await village.attach(name)

        first = last = await session.snapshot(VIEW)
        for _ in range(20):
            last = await session.snapshot(VIEW, after=last.revision)

        assert last.step > first.step
        await session.close()
    assert await exit_status(pid) == 0


COMMANDS: list[Command] = [
    *(Pause(), Resume(), MakeSteps(3), SetAlpha(0.5), SetPace(7), Reset(), Reset(4)),
    *(Extend(5), Rewind()),
]


async def test_given_one_that_only_watches_when_it_steers_then_it_is_refused_and_can_look(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()
    async with visitor(village.socket_of(name)) as watcher:
        await watcher.is_let_in(watches=True)

        watcher.send(*COMMANDS, SaveRequest(), StopRequest())

        for _ in (*COMMANDS, SaveRequest(), StopRequest()):
            assert await watcher.receive() == Refused("watch", "this dashboard only watches")
    session = await village.attach(name, watches=True)
    session.on_refused = (refused := []).append  # type: ignore[var-annotated] # of words
    session.on_notice = notices = Notices()
    await session.send(Pause())
    await session.save()
    snapshot = await goes_on(session)
    assert refused == ["watch: this dashboard only watches"] * 2
    assert notices == []
    assert (snapshot.state, snapshot.alpha, snapshot.pace) == (State.RUNNING, 0.25, 1)
    assert (snapshot.run, snapshot.config, snapshot.total_steps) == (0, CONFIG, CONFIG.steps)
    assert (await session.finish()).state is State.RUNNING
    await session.close()
    assert is_alive(pid)
    assert await village.states() == {name: State.RUNNING}


async def test_given_two_that_steer_when_one_does_then_both_see_it(village: Village) -> None:
    founder, _ = await village.found()
    other = await village.attach(founder.name)

    await other.send(Pause())
    await seen(founder, lambda now: now.state is State.PAUSED)
    await founder.send(SetAlpha(0.5))
    snapshot = await seen(other, lambda now: now.alpha == 0.5)

    assert [alpha for _, alpha in snapshot.alpha_changes] == [0.5]
    assert await village.states() == {founder.name: State.PAUSED}


async def test_given_one_that_saves_when_it_is_done_then_it_is_told_where(village: Village) -> None:
    name, _ = await village.found_and_leave()
    session, other = await village.attach(name), await village.attach(name)
    session.on_notice, other.on_notice = (told := Notices()), (not_told := Notices())
    await session.send(Pause())

    await session.save()

    await until(lambda: told != [])
    assert told == [(f"saved in {village.state / name}.npz", False)]
    report = await other.report()
    assert not_told == []
    assert village.saved(name).trainer.network.sha256() == report.parameters_sha256


async def test_given_a_full_house_when_more_knock_then_each_is_told_why(village: Village) -> None:
    name, _ = await village.found_and_leave()
    guests = [await village.attach(name, watches=True) for _ in range(128)]

    reasons = set()
    for _ in range(30):
        with pytest.raises(HostLostError) as caught:
            await village.attach(name)
        reasons.add(str(caught.value).rpartition(": ")[2])

    assert reasons == {"128 dashboards are open on this run already"}
    await guests.pop().leave()
    await goes_on(guests[0])
    await village.attach(name)


async def test_given_no_such_run_when_attached_then_it_says_so(village: Village) -> None:
    with pytest.raises(HostLostError, match="no run bodu goes on here"):
        await AttachedSession(village.sockets, "bodu").start()


@pytest.mark.slow
async def test_given_a_host_that_stands_still_when_listed_then_its_socket_stays(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.client.attached.ANSWER_SECONDS", 0.1)
    name, pid = await village.found_and_leave()
    os.kill(pid, signal.SIGSTOP)

    with pytest.raises(
        HostLostError, match=f"the run {name} did not answer, as in .* or kill {pid}"
    ):
        await village.attach(name)
    assert await found(village.sockets, 0.1) == (
        [],
        [(name, pid, "did not answer, as in a long update")],
    )
    os.kill(pid, signal.SIGCONT)

    await goes_on(await village.attach(name))
