"""How the process that trains begins and ends, and what it makes of messages out of place."""

import asyncio
import os
import signal
import struct
import sys
import time

import msgspec
import pytest

from engine.client import process
from engine.client.process import ProcessSession
from engine.config.checks import FULL_SPEED
from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError, HostLostError
from engine.messages.commands import Pause, SetAlpha
from engine.messages.report import RunReport
from engine.messages.run_request import Fresh
from engine.wire import codec, protocol
from engine.wire.protocol import Ready, Refused, ReportRequest, SnapshotReply
from helpers.hosts import (
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

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = TrainingConfig(steps=2_000, layers=(8, 8))
PACE = 1


async def test_given_an_open_request_when_others_follow_then_a_newer_one_replaces_it_and_a_second_hello_is_refused() -> (
    None
):
    async with raw_host() as host:
        host.send(hello(), Pause(), look(1, after=-1))
        assert isinstance(await host.receive(), Ready)
        first = await host.receive()
        assert isinstance(first, SnapshotReply)
        assert first.number == 1
        now = first.snapshot.revision
        host.send(look(2, after=now), look(3, after=now), ReportRequest())
        assert isinstance(await host.receive(), RunReport)
        host.send(SetAlpha(0.5), ReportRequest())
        second = await host.receive()
        assert isinstance(second, SnapshotReply)
        assert second.number == 3
        assert isinstance(await host.receive(), RunReport)
        host.send(hello())
        assert (await _refusal(host, status=0)).message == "a second Hello"


@pytest.mark.slow
async def test_given_a_dashboard_that_does_not_read_when_terminated_then_only_that_stops_the_training() -> (
    None
):
    async with raw_host() as host:
        host.send(hello(pace=FULL_SPEED))
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


async def test_given_data_without_a_class_when_started_then_it_is_refused() -> None:
    session = ProcessSession(Fresh(TrainingConfig(samples=8, seed=3), PACE), 20.0)
    with pytest.raises(
        ConfigError, match=r"test-size: 0\.25 of 8 samples leaves no point"
    ) as caught:
        await session.start()
    assert caught.value.setting == "test-size"
    assert session.pid is not None
    assert not is_known(session.pid)


async def test_given_another_version_when_greeted_then_it_is_refused() -> None:
    async with raw_host() as host:
        host.send(hello(protocol.VERSION + 1))
        refused = await _refusal(host)
        assert refused.setting == ""
        assert f"speaks protocol {protocol.VERSION + 1}" in refused.message


async def test_given_another_version_when_it_says_unknown_things_then_the_version_is_what_is_refused() -> (
    None
):
    async with raw_host() as host:
        body = msgspec.msgpack.encode({"type": "Hello", "version": 99, "pace": "brisk"})
        host.writer.write(struct.pack(">I", len(body)) + body)
        assert "speaks protocol 99" in (await _refusal(host)).message


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(struct.pack(">I", 5) + b"\xc1moon", id="no MessagePack"),
        pytest.param(struct.pack(">I", codec.MAX_REQUEST + 1), id="too long"),
        pytest.param(codec.frame(Pause()), id="no Hello"),
    ],
)
async def test_given_a_beginning_that_makes_no_sense_when_sent_then_it_is_refused(
    sent: bytes,
) -> None:
    async with raw_host() as host:
        host.writer.write(sent)
        assert (await _refusal(host)).message


@pytest.mark.parametrize(
    "sent",
    [b"", b"\x00\x00", codec.frame(hello())[:-1]],
    ids=["nothing", "half a length", "half a Hello"],
)
async def test_given_a_dashboard_that_has_not_greeted_when_it_leaves_then_the_host_ends(
    sent: bytes,
) -> None:
    async with raw_host() as host:
        host.writer.write(sent)
        host.writer.close()
        assert await host.status() == 0


async def test_given_a_host_at_work_when_noise_is_sent_then_it_ends() -> None:
    async with raw_host() as host:
        host.send(hello())
        assert isinstance(await host.receive(), Ready)
        host.writer.write(b"\xff" * 64)
        assert "bytes; 65536 are allowed" in (await _refusal(host, status=0)).message


# ends


async def test_given_a_session_when_its_host_is_killed_then_it_is_missed_at_once() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    assert session.pid is not None
    await session.send(Pause())
    now = (await session.snapshot(VIEW)).revision
    waiting = asyncio.create_task(session.snapshot(VIEW, after=now))
    await asyncio.sleep(0)
    killed_at = time.monotonic()
    os.kill(session.pid, signal.SIGKILL)
    for call in (waiting, session.snapshot(VIEW), session.report(), session.send(Pause())):
        with pytest.raises(HostLostError, match=r"has ended \(killed by signal 9\)"):
            await call
    assert time.monotonic() - killed_at < 1.0
    await session.close()
    assert not is_known(session.pid)


async def test_given_open_calls_when_closed_then_the_process_and_every_call_end() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    assert session.pid is not None
    await session.send(Pause())
    now = (await session.snapshot(VIEW)).revision
    waiting = asyncio.create_task(session.snapshot(VIEW, after=now))
    await asyncio.sleep(0)
    await asyncio.gather(session.close(), session.close())
    assert not is_known(session.pid)
    for call in (waiting, session.report(), session.start()):
        with pytest.raises(HostLostError):
            await call
    await session.close()


async def test_given_a_host_that_does_not_listen_when_closed_then_it_is_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process, "LEAVE_SECONDS", 0.05)
    monkeypatch.setattr(process, "TERMINATE_SECONDS", 0.05)
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    assert session.pid is not None
    os.kill(session.pid, signal.SIGSTOP)
    await session.close()
    assert not is_known(session.pid)


async def test_given_a_fault_in_the_host_when_it_has_ended_then_the_fault_is_in_the_log(
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


async def test_given_a_start_when_cancelled_then_it_leaves_no_process() -> None:
    for turns in (0, 1, 2):
        session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
        starting = asyncio.create_task(session.start())
        for _ in range(turns):
            await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        assert session.pid is None or not is_known(session.pid)


async def test_given_a_start_when_cancelled_in_the_middle_then_it_leaves_no_process() -> None:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    starting = asyncio.create_task(session.start())
    await until(lambda: session.pid is not None)
    assert session.pid is not None
    assert is_known(session.pid)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert not is_known(session.pid)


async def test_given_a_start_when_closed_meanwhile_then_it_leaves_no_process() -> None:
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
from engine.config.training_config import TrainingConfig
from engine.client.process import ProcessSession
from engine.messages.run_request import Fresh

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
async def test_given_an_interface_when_killed_then_the_host_ends_too(wait: bool) -> None:
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
