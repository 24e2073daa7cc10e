"""What one message, or one crowd, at the socket of a host can do at most."""

import asyncio
import contextlib
import os
import resource
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.config.training_config import TrainingConfig
from engine.errors import HostLostError, ProtocolError
from engine.messages.run_request import Fresh, RunPlaces
from engine.run.run import Run
from engine.wire import codec, protocol
from engine.wire.protocol import Attach, Hello, Ready, Refused, SnapshotReply
from helpers.hosts import VIEW
from helpers.socket_clients import Village, goes_on, village_in, visitor
from helpers.socket_fuzzing import COMMANDS, LOOKS, one_line, packed

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


# messages

HELLO = Hello(protocol.VERSION, Fresh(TrainingConfig(), 1), 20.0, RunPlaces("state", "sockets"))
BODIES = [
    codec.frame(message)[4:]
    for message in (HELLO, Attach(protocol.VERSION, True), *COMMANDS, *LOOKS)
]
RUN = Run(TrainingConfig(steps=10), 1)
ANSWERS = [
    codec.frame(message)[4:]
    for message in (SnapshotReply(1, RUN.snapshot(VIEW)), RUN.report(), Refused("", "no"))
]

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8)
    | st.sampled_from(["type", "version", "Hello", "Attach", "Look", "task", "Fresh", "config"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(scalars, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def changed(draw: st.DrawFn, bodies: list[bytes]) -> bytes:
    """One of `bodies` with some of its bytes others, more or fewer."""
    body = bytearray(draw(st.sampled_from(bodies)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(body) - 1, 0)))
        body[at : at + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
    return bytes(body)


@st.composite
def refilled(draw: st.DrawFn, bodies: list[bytes]) -> bytes:
    """One of `bodies` with some of its values others."""

    def refill(value: Any) -> Any:
        if draw(st.integers(0, 5)) == 0:
            return draw(values)
        if isinstance(value, dict):
            return {key: refill(inner) for key, inner in value.items()}
        return [refill(inner) for inner in value] if isinstance(value, list) else value

    document = msgspec.msgpack.decode(draw(st.sampled_from(bodies)))
    return msgspec.msgpack.encode({key: refill(value) for key, value in document.items()})


@settings(max_examples=600, deadline=None, database=None, derandomize=True)
@given(
    st.binary(max_size=80) | values.map(msgspec.msgpack.encode) | changed(BODIES) | refilled(BODIES)
)
@example(b"\x93" * 60_000)
@example(b"\x81\xa4type" * 10_000)
@example(b"\xdd\xff\xff\xff\xff")
@example(BODIES[0].replace(b"\x92\x10\x10", b"\xdd\xff\xff\xff\xff\x10\x10"))
def test_given_any_bytes_when_a_host_reads_them_then_a_message_or_a_protocol_error(
    body: bytes,
) -> None:
    for read in (codec.decode_to_host, codec.version_of):
        with contextlib.suppress(ProtocolError):
            read(body)


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(changed(ANSWERS) | refilled(ANSWERS))
def test_given_any_bytes_when_a_dashboard_reads_them_then_a_message_or_a_protocol_error(
    body: bytes,
) -> None:
    with contextlib.suppress(ProtocolError):
        codec.decode_to_dashboard(body)


@pytest.mark.parametrize("kind", [",", "", "i8,,"])
def test_given_an_array_of_no_kind_when_a_dashboard_reads_it_then_a_protocol_error(
    kind: str,
) -> None:
    document = msgspec.msgpack.decode(ANSWERS[0])
    document["snapshot"]["field"][0] = kind

    with pytest.raises(ProtocolError):
        codec.decode_to_dashboard(msgspec.msgpack.encode(document))


@pytest.mark.parametrize(
    "message",
    [
        msgspec.to_builtins(HELLO) | {"task": {"type": "Fresh", "config": {"a\nb": 1}}},
        {"type": "Attach\n\x1b[2J", "version": 2, "watches": True},
        {"type": "Attach\n\x1b[2J"},
    ],
    ids=["name of a setting", "kind of first message", "kind of later message"],
)
async def test_given_words_with_control_characters_when_refused_then_the_reason_is_one_line(
    village: Village, message: dict[str, Any]
) -> None:
    name, _ = await village.found_and_leave()
    async with visitor(village.socket_of(name)) as one:
        if "version" not in message:
            await one.is_let_in(watches=False)

        one.send(packed(message))

        refused = await one.receive()
        assert isinstance(refused, Refused)
        assert one_line(refused), refused.message
    assert len(village.log.read_text().splitlines()) <= 1


# how much one may ask for


async def test_given_a_view_that_no_memory_holds_when_asked_for_then_the_run_goes_on(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()
    session = await village.attach(name)
    now = (await goes_on(session)).revision
    size = int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
    most = size + 200 * 2**20
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))

    async with visitor(village.socket_of(name)) as one:
        await one.is_let_in(watches=True)
        view = msgspec.to_builtins(VIEW) | {"field_rows": 2048, "field_columns": 4096}
        one.send(packed({"type": "Look", "number": 1, "view": view, "after": now + 1}))

        for _ in range(5):
            await goes_on(session)


async def test_given_many_that_knock_at_once_when_they_greet_then_no_more_than_128_are_let_in(
    village: Village,
) -> None:
    name, _ = await village.found_and_leave()
    door = village.socket_of(name)
    pairs = []
    try:
        for _ in range(4):  # a few at a time, as no more than some hundred may wait at the socket
            pairs += [await asyncio.open_unix_connection(door) for _ in range(40)]
            await asyncio.sleep(0.1)
        for _, writer in pairs:
            writer.write(codec.frame(Attach(protocol.VERSION, True)))

        firsts = [
            codec.decode_to_dashboard(await codec.read_body(reader) or b"") for reader, _ in pairs
        ]

        assert sum(isinstance(first, Ready) for first in firsts) == 128
    finally:
        for _, writer in pairs:
            writer.transport.abort()


@pytest.mark.slow
async def test_given_a_line_at_the_door_of_a_host_that_stands_still_when_full_then_no_lie_about_it(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()
    os.kill(pid, signal.SIGSTOP)
    waiting = []
    try:
        while len(waiting) < 4_200:
            waiting.append(knocking := socket.socket(socket.AF_UNIX))
            knocking.setblocking(False)
            knocking.connect(str(village.socket_of(name)))
    except BlockingIOError:
        pass  # the line is full
    try:
        with pytest.raises(HostLostError) as caught:
            await village.attach(name)
        assert "another user" not in str(caught.value)
    finally:
        os.kill(pid, signal.SIGCONT)
        for one in waiting:
            one.close()
