"""Tens of thousands of hostile frames for one host: whoever behaves does not notice."""

import contextlib
import random
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.client.attached import AttachedSession
from engine.client.discovery import runs
from engine.messages.run_state import State
from engine.messages.view import View
from engine.wire import codec, protocol
from engine.wire.protocol import Attach, Refused, SnapshotRequest
from helpers.hosts import is_alive
from helpers.socket_clients import (
    CONFIG,
    Village,
    Visitor,
    goes_on,
    hello,
    village_in,
    visitor,
)
from helpers.socket_fuzzing import (
    ABSURD,
    COMMANDS,
    HUGE,
    LOOKS,
    Troublemaker,
    at_door,
    framed,
    packed,
)

LEAST_FRAMES = 20_000


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


class Witness:
    """One that behaves, and sees whether anything about the run is disturbed."""

    def __init__(self, village: Village, session: AttachedSession, pid: int) -> None:
        self._village, self._session, self._pid = village, session, pid
        self._step = 0

    async def sees_nothing(self) -> None:
        snapshot = await goes_on(self._session)
        assert snapshot.step > self._step
        self._step = snapshot.step
        assert (snapshot.state, snapshot.pace, snapshot.run) == (State.RUNNING, 1, 0)
        assert (snapshot.config, snapshot.total_steps) == (CONFIG, CONFIG.steps)
        assert (snapshot.alpha, snapshot.alpha_changes) == (0.25, [])
        assert is_alive(self._pid)
        assert [status.pid for status in await runs(self._village.sockets)] == [self._pid]
        assert "Traceback" not in self._village.log.read_text()


@pytest.mark.slow
async def test_given_a_flood_of_noise_when_it_comes_then_nobody_notices(village: Village) -> None:
    name, pid = await village.found_and_leave()
    witness = Witness(village, await village.attach(name), pid)
    noise = Troublemaker(village.socket_of(name), random.Random(20_251_124))
    chance = noise.random
    messages = at_door(hello(village))
    frames = [codec.frame(message) for message in messages]
    async with contextlib.AsyncExitStack() as stack:
        silent = [await stack.enter_async_context(visitor(noise.door)) for _ in range(60)]
        for one in silent[1::3]:
            one.send(b"\x00")
        for one in silent[2::3]:
            one.send(codec.frame(Attach(protocol.VERSION, False))[:-1])
        await witness.sees_nothing()

        # before the greeting, and after it: what is no message at all
        for turn in range(600):
            await noise.says(noise.noise(), greets=turn % 2 == 0)
            await noise.says(framed(noise.noise()), greets=turn % 2 == 0)
            await noise.says(packed(noise.value()), greets=turn % 2 == 0)
        await witness.sees_nothing()

        # lengths: too great by one or by far, or greater than what comes
        for length in (codec.MAX_REQUEST + 1, *(2**bit for bit in range(17, 32)), 2**32 - 1):
            await noise.says(struct.pack(">I", length) + noise.noise())
            await noise.says(struct.pack(">I", length), greets=False)
        await noise.says(framed(bytes(codec.MAX_REQUEST)))
        await noise.says(framed(b""))
        for frame in frames:
            for cut in range(1, len(frame), 5):
                await noise.says(frame[:cut], greets=cut % 2 == 0)
        await witness.sees_nothing()

        # greetings of other versions, too early and too late ones
        for version in (0, protocol.VERSION - 1, protocol.VERSION + 1, *HUGE):
            for kind in ("Attach", "Hello"):
                await noise.says(packed({"type": kind, "version": version}), greets=False)
        for frame in frames[:2]:
            await noise.says(frame)
            await noise.says(frames[1] + frame + frames[1], greets=False)
        for frame in frames[2:]:
            await noise.says(frame, greets=False)
        await noise.says(b"\x93" * 60_000)
        await noise.says(framed(b"\x93" * 60_000))
        await noise.says(framed(b"\x81\xa4type" * 9_000), greets=False)
        await witness.sees_nothing()

        # frames of every type with a few bytes or a value changed, in streams
        for _ in range(900):
            await noise.says(b"".join(noise.flipped(chance.choice(frames)) for _ in range(3)))
            await noise.says(noise.flipped(b"".join(chance.choices(frames[2:], k=12)), 2))
            await noise.says(framed(noise.message(messages[2:])))
        await witness.sees_nothing()

        # what can be read and may not be
        for _ in range(150):
            await noise.steers(*chance.choices(ABSURD, k=40))
        await witness.sees_nothing()
        for _ in range(20):
            await noise.says(b"".join(map(codec.frame, chance.choices(COMMANDS, k=300))))
        await witness.sees_nothing()
        for _ in range(10):
            await noise.asks(*LOOKS)
        await witness.sees_nothing()

        # floods that nobody reads the answers of
        for _ in range(5):
            look = SnapshotRequest(1, View(500, 40, 80), -1)
            await noise.is_deaf(*[*chance.choices([look, *LOOKS, *COMMANDS], k=2_000)])
            await witness.sees_nothing()

        await are_shown_the_door(silent)
    await witness.sees_nothing()
    [status] = await runs(village.sockets)
    assert status.watchers == 1  # the witness
    assert noise.frames >= LEAST_FRAMES
    assert noise.untidy == []


async def are_shown_the_door(silent: list[Visitor]) -> None:
    """After the time to greet in."""
    for one in silent:
        assert await one.receive() == Refused("", "no greeting came")
        assert await one.receive() is None
