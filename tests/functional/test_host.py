"""The host and its session, as real processes."""

import asyncio
import os
import signal
import struct
import sys
import time
from collections.abc import AsyncIterator

import msgspec
import numpy as np
import pytest
import pytest_asyncio
from host_helpers import (
    DEADLINE_SECONDS,
    VIEW,
    RawHost,
    cpu_ticks,
    hello,
    is_alive,
    is_known,
    look,
    raw_host,
    seen_when,
    until,
)

from engine import process, protocol
from engine.commands import Pause, SetAlpha
from engine.config import TrainingConfig
from engine.errors import ConfigError, HostLostError
from engine.process import ProcessSession
from engine.protocol import AskReport, Fresh, Ready, Refused, Seen
from engine.report import RunReport
from engine.snapshot import AS_FAST_AS_IT_GOES, State
from engine.trainer import Trainer

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = TrainingConfig(steps=2_000, layers=(8, 8))
PACE = 1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[ProcessSession]:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    yield session
    await session.close()


@pytest_asyncio.fixture(loop_scope="module")
async def session(shared: ProcessSession) -> ProcessSession:
    """The host of all tests that leave it alive, paused at the start of a run."""
    await shared.pause()
    await shared.set_alpha(CONFIG.alpha)
    await shared.set_pace(PACE)
    await shared.reset(CONFIG.seed)
    shared.on_refused = None
    return shared


# what a person does


async def test_a_snapshot_holds_what_the_view_asks_for(session: ProcessSession) -> None:
    snapshot = await session.snapshot(VIEW)
    assert snapshot.config == CONFIG
    assert (snapshot.step, snapshot.state, snapshot.pace) == (0, State.PAUSED, PACE)
    assert snapshot.field.shape == (6, 10)
    assert snapshot.layer.parameters.shape == (4, 5)
    assert snapshot.points is not None
    assert snapshot.points.train_x.shape == (2, 150)
    known = await session.snapshot(msgspec.structs.replace(VIEW, known_run=snapshot.run))
    assert known.points is None


async def test_a_paused_run_stands_still_and_goes_on(session: ProcessSession) -> None:
    await session.resume()
    await seen_when(session, lambda seen: seen.state is State.RUNNING and seen.step >= 2)
    await session.pause()
    first = await session.snapshot(VIEW)
    second = await session.snapshot(VIEW)
    assert first.state is State.PAUSED
    assert (first.step, first.revision) == (second.step, second.revision)
    await session.resume()
    await seen_when(session, lambda seen: seen.step > first.step)


async def test_step_pauses_and_makes_exactly_so_many(session: ProcessSession) -> None:
    await session.step()
    await session.step(4)
    snapshot = await session.snapshot(VIEW)
    assert (snapshot.step, snapshot.state) == (5, State.PAUSED)


async def test_alpha_changes_at_a_step(session: ProcessSession) -> None:
    await session.step(3)
    await session.set_alpha(0.5)
    await session.step(2)
    snapshot = await session.snapshot(VIEW)
    assert snapshot.alpha == 0.5
    assert snapshot.alpha_changes == [(3, 0.5)]


async def test_a_frame_has_as_many_updates_as_the_pace_says(session: ProcessSession) -> None:
    await session.set_pace(7)
    await session.resume()
    before = await seen_when(session, lambda seen: seen.step > 0)

    def a_frame_later(seen: protocol.Snapshot) -> bool:
        nonlocal before
        made, before = seen.step - before.step, seen
        return made == 7

    snapshot = await seen_when(session, a_frame_later)
    assert snapshot.pace == 7


async def test_the_rate_includes_the_rest_of_the_frame(session: ProcessSession) -> None:
    await session.set_pace(5)
    await session.resume()
    # a machine that is busy may bring less, never more
    snapshot = await seen_when(session, lambda seen: seen.step >= 40)
    assert 10 < snapshot.steps_per_second <= 110


async def test_time_while_paused_is_not_counted(session: ProcessSession) -> None:
    await session.set_pace(AS_FAST_AS_IT_GOES)
    await session.resume()
    await seen_when(session, lambda seen: seen.state is State.DONE)
    before = (await session.report()).steps_per_second
    await asyncio.sleep(0.2)
    await session.pause()
    await session.resume()
    await session.set_pace(PACE)
    assert (await session.report()).steps_per_second == before > 0


async def test_reset_starts_the_same_run_over(session: ProcessSession) -> None:
    before = await session.snapshot(VIEW)
    await session.step(10)
    await session.reset()
    after = await session.snapshot(VIEW)
    assert (after.run, after.step) == (before.run + 1, 0)
    assert after.train_loss == before.train_loss
    assert before.points is not None
    assert after.points is not None
    assert np.array_equal(before.points.train_x, after.points.train_x)


async def test_reset_with_a_seed_starts_another_run(session: ProcessSession) -> None:
    before = await session.snapshot(VIEW)
    await session.reset(11)
    after = await session.snapshot(VIEW)
    assert after.config.seed == 11
    assert before.points is not None
    assert after.points is not None
    assert not np.array_equal(before.points.train_x, after.points.train_x)


async def test_a_run_that_is_done_can_be_extended(session: ProcessSession) -> None:
    await session.set_pace(AS_FAST_AS_IT_GOES)
    await session.resume()
    done = await seen_when(session, lambda seen: seen.state is State.DONE)
    assert done.step == CONFIG.steps
    await session.extend(30)
    more = await seen_when(session, lambda seen: seen.step > CONFIG.steps and seen.state == "done")
    assert more.step == more.total_steps == CONFIG.steps + 30


async def test_a_run_that_diverges_says_so(session: ProcessSession) -> None:
    await session.set_alpha(1e9)
    await session.set_pace(50)
    await session.resume()
    snapshot = await seen_when(session, lambda seen: seen.state is State.DIVERGED)
    assert snapshot.divergence is not None
    assert snapshot.step == snapshot.divergence.step


async def test_the_process_trains_like_the_plain_trainer(session: ProcessSession) -> None:
    await session.set_pace(50)
    await session.resume()
    await seen_when(session, lambda seen: seen.step >= 60)
    await session.set_alpha(0.4)
    await session.set_pace(AS_FAST_AS_IT_GOES)
    done = await seen_when(session, lambda seen: seen.state is State.DONE)
    report = await session.report()

    ((changed_at, alpha),) = done.alpha_changes
    trainer = Trainer(CONFIG)
    trainer.advance(changed_at)
    trainer.set_alpha(alpha)
    trainer.advance(CONFIG.steps)
    assert report.parameters_sha256 == trainer.network.sha256()
    assert report.steps == CONFIG.steps


async def test_what_is_not_allowed_is_refused_and_the_run_goes_on(session: ProcessSession) -> None:
    refused: list[str] = []
    session.on_refused = refused.append
    await session.resume()
    await session.set_alpha(-1.0)
    await session.set_pace(-1)
    before = await session.snapshot(VIEW)  # after the refusals, as answers come in order
    assert refused == [
        "alpha: -1.0 is not a number above 0, up to 1e+300",
        "pace: -1 is not a whole number from 0 to 1000000",
    ]
    assert before.alpha == CONFIG.alpha
    await seen_when(session, lambda seen: seen.step > before.step)


# asking and answering


async def test_while_nothing_changes_a_look_waits(session: ProcessSession) -> None:
    before = await session.snapshot(VIEW)
    waiting = asyncio.create_task(session.snapshot(VIEW, after=before.revision))
    await asyncio.sleep(0)
    await session.report()
    assert not waiting.done()
    await session.set_alpha(0.3)
    assert (await waiting).alpha == 0.3


async def test_a_cancelled_call_leaves_nothing_behind(session: ProcessSession) -> None:
    before = await session.snapshot(VIEW)
    waiting = asyncio.create_task(session.snapshot(VIEW, after=before.revision))
    await asyncio.sleep(0)
    waiting.cancel()
    asking = asyncio.create_task(session.report())
    await asyncio.sleep(0)
    asking.cancel()
    await session.step(2)
    assert (await session.report()).steps == 2
    assert (await session.snapshot(VIEW)).step == 2


async def test_a_second_caller_is_turned_away(session: ProcessSession) -> None:
    before = await session.snapshot(VIEW)
    waiting = asyncio.create_task(session.snapshot(VIEW, after=before.revision))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="one snapshot at a time"):
        await session.snapshot(VIEW)
    await session.step()
    assert (await waiting).step == 1


async def test_a_paused_host_sleeps(session: ProcessSession) -> None:
    assert session.pid is not None
    await session.report()
    before = cpu_ticks(session.pid)
    await asyncio.sleep(0.5)
    assert cpu_ticks(session.pid) - before <= 1


async def test_an_interrupt_is_not_for_the_host(session: ProcessSession) -> None:
    assert session.pid is not None
    os.kill(session.pid, signal.SIGINT)
    assert (await session.report()).steps == 0
    await session.step()
    assert (await session.report()).steps == 1


async def test_a_newer_look_replaces_an_open_one_and_a_second_hello_is_refused() -> None:
    async with raw_host() as host:
        host.send(hello(), Pause(), look(1, after=-1))
        assert isinstance(await host.receive(), Ready)
        first = await host.receive()
        assert isinstance(first, Seen)
        assert first.number == 1
        now = first.snapshot.revision
        host.send(look(2, after=now), look(3, after=now), AskReport())
        assert isinstance(await host.receive(), RunReport)
        host.send(SetAlpha(0.5), AskReport())
        second = await host.receive()
        assert isinstance(second, Seen)
        assert second.number == 3
        assert isinstance(await host.receive(), RunReport)
        host.send(hello())
        assert (await _refusal(host, status=0)).message == "a second Hello"


async def test_who_does_not_read_does_not_stop_the_training_and_sigterm_does() -> None:
    async with raw_host() as host:
        host.send(hello(pace=AS_FAST_AS_IT_GOES))
        assert isinstance(await host.receive(), Ready)
        transport = host.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()
        before = cpu_ticks(host.process.pid)
        host.send(*(look(number, after=-1) for number in range(500)))
        # some answers fill the socket; what takes time after that is training
        await until(lambda: cpu_ticks(host.process.pid) > before + 50)
        host.process.terminate()
        assert await host.status() == 0


# beginnings that fail


async def _refusal(host: RawHost, status: int = 1) -> Refused:
    """The last message of a host that had no run yet, or, with `status` 0, ends its run with it."""
    message = await host.receive()
    assert isinstance(message, Refused)
    assert await host.receive() is None
    assert await host.status() == status
    return message


async def test_data_without_a_class_is_refused_at_the_start() -> None:
    session = ProcessSession(Fresh(TrainingConfig(samples=8, seed=3), PACE), 20.0)
    with pytest.raises(
        ConfigError, match=r"test-size: 0\.25 of 8 samples leaves no point"
    ) as caught:
        await session.start()
    assert caught.value.setting == "test-size"
    assert session.pid is not None
    assert not is_known(session.pid)


async def test_another_version_is_refused() -> None:
    async with raw_host() as host:
        host.send(hello(protocol.VERSION + 1))
        refused = await _refusal(host)
        assert refused.setting == ""
        assert f"speaks protocol {protocol.VERSION + 1}" in refused.message


async def test_another_version_is_known_whatever_else_it_says() -> None:
    async with raw_host() as host:
        body = msgspec.msgpack.encode({"type": "Hello", "version": 99, "pace": "brisk"})
        host.writer.write(struct.pack(">I", len(body)) + body)
        assert "speaks protocol 99" in (await _refusal(host)).message


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(struct.pack(">I", 5) + b"\xc1moon", id="no MessagePack"),
        pytest.param(struct.pack(">I", protocol.MAX_REQUEST + 1), id="too long"),
        pytest.param(protocol.frame(Pause()), id="no Hello"),
    ],
)
async def test_a_beginning_that_makes_no_sense_is_refused(sent: bytes) -> None:
    async with raw_host() as host:
        host.writer.write(sent)
        assert (await _refusal(host)).message


@pytest.mark.parametrize(
    "sent",
    [b"", b"\x00\x00", protocol.frame(hello())[:-1]],
    ids=["nothing", "half a length", "half a Hello"],
)
async def test_a_dashboard_that_leaves_before_it_has_spoken_ends_the_host(sent: bytes) -> None:
    async with raw_host() as host:
        host.writer.write(sent)
        host.writer.close()
        assert await host.status() == 0


async def test_noise_ends_the_host_at_any_time() -> None:
    async with raw_host() as host:
        host.send(hello())
        assert isinstance(await host.receive(), Ready)
        host.writer.write(b"\xff" * 64)
        assert "bytes; 65536 are allowed" in (await _refusal(host, status=0)).message


# ends


async def test_a_host_that_is_killed_is_missed_at_once() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    assert session.pid is not None
    await session.pause()
    now = (await session.snapshot(VIEW)).revision
    waiting = asyncio.create_task(session.snapshot(VIEW, after=now))
    await asyncio.sleep(0)
    killed_at = time.monotonic()
    os.kill(session.pid, signal.SIGKILL)
    for call in (waiting, session.snapshot(VIEW), session.report(), session.pause()):
        with pytest.raises(HostLostError, match=r"has ended \(killed by signal 9\)"):
            await call
    assert time.monotonic() - killed_at < 1.0
    await session.close()
    assert not is_known(session.pid)


async def test_close_ends_the_process_and_every_call() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    assert session.pid is not None
    await session.pause()
    now = (await session.snapshot(VIEW)).revision
    waiting = asyncio.create_task(session.snapshot(VIEW, after=now))
    await asyncio.sleep(0)
    await asyncio.gather(session.close(), session.close())
    assert not is_known(session.pid)
    for call in (waiting, session.report(), session.start()):
        with pytest.raises(HostLostError):
            await call
    await session.close()


async def test_close_kills_a_host_that_does_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LEAVE_SECONDS", 0.05)
    monkeypatch.setattr(process, "TERMINATE_SECONDS", 0.05)
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    assert session.pid is not None
    os.kill(session.pid, signal.SIGSTOP)
    await session.close()
    assert not is_known(session.pid)


async def test_what_goes_wrong_in_the_host_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("user")
    for name in ("engine.py", "numpy.py", "socket.py"):
        (folder / name).write_text("raise SystemExit('a file of the user')")
    monkeypatch.chdir(folder)
    log = folder / "logs" / "host.log"
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0, log_path=log)
    await session.start()
    assert session.pid is not None
    os.kill(session.pid, signal.SIGSEGV)
    with pytest.raises(HostLostError, match="killed by signal 11"):
        await seen_when(session, lambda _: False)
    await session.close()
    assert "Fatal Python error: Segmentation fault" in log.read_text()


async def test_a_start_that_is_cancelled_leaves_no_process() -> None:
    for turns in (0, 1, 2):
        session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
        starting = asyncio.create_task(session.start())
        for _ in range(turns):
            await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        assert session.pid is None or not is_known(session.pid)


async def test_a_start_that_is_cancelled_in_the_middle_leaves_no_process() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    starting = asyncio.create_task(session.start())
    await until(lambda: session.pid is not None)
    assert session.pid is not None
    assert is_known(session.pid)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert not is_known(session.pid)


async def test_close_during_the_start_leaves_no_process() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    starting = asyncio.create_task(session.start())
    await until(lambda: session.pid is not None)
    assert session.pid is not None
    await session.close()
    assert not is_known(session.pid)
    with pytest.raises(HostLostError):
        await starting


INTERFACE = """
import asyncio
from engine.config import TrainingConfig
from engine.process import ProcessSession
from engine.protocol import Fresh

async def main():
    session = ProcessSession(Fresh(TrainingConfig(), 1), 20.0)
    starting = asyncio.create_task(session.start())
    while session.pid is None:
        await asyncio.sleep(0.001)
    if {wait}:
        await starting
    print(session.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.mark.parametrize("wait", [False, True], ids=["starting", "started"])
async def test_an_interface_that_is_killed_takes_the_host_along(wait: bool) -> None:
    interface = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", INTERFACE.format(wait=wait)), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert interface.stdout is not None
        async with asyncio.timeout(DEADLINE_SECONDS):
            pid = int(await interface.stdout.readline())
        assert is_alive(pid)
    finally:
        interface.kill()
        await interface.wait()
    await until(lambda: not is_alive(pid))
