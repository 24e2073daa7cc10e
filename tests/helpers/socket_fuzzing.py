"""A client that sends random and malformed messages to the socket of a host, and what the host has to
answer. Seeded.
"""

import math
import random
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import ProtocolError
from engine.messages.commands import (
    Extend,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.report import RunReport
from engine.messages.view import View, Window
from engine.wire import codec, protocol
from engine.wire.protocol import (
    Attach,
    Hello,
    Refused,
    ReportRequest,
    SaveRequest,
    SnapshotReply,
    SnapshotRequest,
    StopRequest,
    ToHost,
)
from helpers.socket_clients import Visitor, visitor

HUGE = (2**31, 2**32, 2**53, 2**63 - 1, 2**63, 2**64 - 1, -1, -(2**31), -(2**63))

ABSURD: list[ToHost] = [
    *(SetAlpha(alpha) for alpha in (math.nan, math.inf, -math.inf, 0.0, -0.0, -1.0, 1e301, 1e308)),
    *(SetPace(pace) for pace in (1_000_001, *HUGE)),
    *(MakeSteps(count) for count in (0, 101, *HUGE)),
    *(Extend(steps) for steps in (0, 10**12, *HUGE) if not 0 < steps < 10**12),
    *(Reset(seed) for seed in HUGE if seed != 2**31),
    Rewind(),
]
"""Messages that can be read, from one that may steer, of which nothing may come."""

COMMANDS: list[ToHost] = [
    *(Pause(), Resume(), MakeSteps(), SetAlpha(0.5), SetPace(3), Reset(), Reset(7), Extend(9)),
    *(Rewind(), SaveRequest(), StopRequest()),
]
"""What one that only watches may not say."""

LOOKS: list[ToHost] = [
    SnapshotRequest(1, View(50, 6, 10, Window(nodes=4, inputs=5)), -1),
    *(SnapshotRequest(number, View(3, 2, 2), number) for number in (-1, -(2**63))),
    *(SnapshotRequest(2, View(window=Window(size, size, 2**31, size, 2**31)), -1) for size in HUGE),
    *(SnapshotRequest(3, View(known_points=run), -1) for run in HUGE),
    ReportRequest(),
]
"""What anybody may ask for, the absurd included; each is answered."""
LOOKS = [
    look
    for look in LOOKS
    if not isinstance(look, SnapshotRequest) or look.view.window.node > -(2**63)
]


def at_door(hello: Hello) -> list[ToHost]:
    """One message of every type."""
    return [hello, Attach(protocol.VERSION, True), *COMMANDS, LOOKS[0], ReportRequest()]


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def packed(value: Any) -> bytes:
    return framed(msgspec.msgpack.encode(value))


@dataclass(frozen=True)
class Expected:
    """What a host makes of a stream of bytes from one that it has let in, to watch."""

    frames: int
    """Those that it handles."""
    refusals: int
    """Of what a watcher may not do."""
    ends: bool
    """Whether the last of those makes it close the connection."""


def expected_of(stream: bytes, *, greeted: bool = True) -> Expected:
    """By the rules of the wire."""
    frames = refusals = at = 0
    while at + 4 <= len(stream):
        (length,) = struct.unpack_from(">I", stream, at)
        if length > codec.MAX_REQUEST:
            return Expected(frames + 1, refusals, True)
        body, at = stream[at + 4 : at + 4 + length], at + 4 + length
        if len(body) < length:
            break
        frames += 1
        try:
            message = codec.decode_to_host(body)
        except ProtocolError:
            return Expected(frames, refusals, True)
        if isinstance(message, Attach | Hello):
            if greeted or not isinstance(message, Attach) or message.version != protocol.VERSION:
                return Expected(frames, refusals, True)
            greeted = True
        elif not greeted:
            return Expected(frames, refusals, True)
        elif not isinstance(message, SnapshotRequest | ReportRequest):
            refusals += 1
    return Expected(frames, refusals, False)


def one_line(refused: Refused) -> bool:
    """Whether a person, or a terminal, could be shown why."""
    return refused.message.strip() != "" and refused.message.isprintable()


@dataclass
class Troublemaker:
    """Makes noise at one socket and counts it."""

    door: Path
    random: random.Random
    frames: int = 0
    """That the host has handled."""
    visits: int = 0
    untidy: list[str] = field(default_factory=list)
    """Reasons that are not one printable line."""

    async def says(self, stream: bytes, *, greets: bool = True) -> None:
        """Say all of it and leave; check every word that comes back."""
        expected = expected_of(stream, greeted=greets)
        self.frames += expected.frames
        self.visits += 1
        async with visitor(self.door) as one:
            if greets:
                await one.is_let_in(watches=True)
            one.send(stream)
            one.writer.write_eof()
            refusals = await self._refusals(one)
        told = [refused for refused in refusals if refused.setting == "watch"]
        reasons = [refused for refused in refusals if refused.setting != "watch"]
        assert len(told) == expected.refusals, stream
        assert len(reasons) == expected.ends, stream
        assert all(refused.message.strip() for refused in refusals), stream
        self.untidy += [one.message for one in refusals if not one_line(one)]
        assert not reasons or reasons[-1] is refusals[-1]

    async def steers(self, *messages: ToHost) -> None:
        """Say what is not allowed; check that every word of it is refused."""
        self.visits += 1
        self.frames += len(messages)
        async with visitor(self.door) as one:
            await one.is_let_in(watches=False)
            one.send(*messages)
            for message in messages:
                refused = await one.receive()
                assert isinstance(refused, Refused), message
                assert refused.setting, message
                assert one_line(refused), message

    async def asks(self, *messages: ToHost) -> None:
        """Ask for what may be asked for; check that there is an answer."""
        self.visits += 1
        self.frames += len(messages)
        async with visitor(self.door) as one:
            await one.is_let_in(watches=True)
            for message in messages:
                one.send(message)
                answer = await one.receive()
                assert isinstance(answer, SnapshotReply | RunReport), message

    async def is_deaf(self, *messages: ToHost) -> None:
        """Say a lot, hear nothing, go. What the host has handled of it is not counted."""
        self.visits += 1
        async with visitor(self.door) as one:
            one.send(Attach(protocol.VERSION, True))
            one.stop_reading()
            one.send(*messages)

    async def _refusals(self, one: Visitor) -> list[Refused]:
        """Until the host has closed the connection."""
        refusals = []
        while (message := await one.receive()) is not None:
            if isinstance(message, Refused):
                refusals.append(message)
        return refusals

    # -- what to say

    def noise(self, longest: int = 64) -> bytes:
        return self.random.randbytes(self.random.randrange(longest))

    def value(self, depth: int = 3) -> Any:
        """Whatever MessagePack can hold."""
        chance = self.random
        kind = chance.randrange(9 if depth else 6)
        if kind == 0:
            return chance.choice((None, True, False, *HUGE))
        if kind == 1:
            return chance.choice((math.nan, math.inf, 1e30, 5e-324, chance.random()))
        if kind == 2:
            return self.noise()
        if kind in (3, 4):
            return chance.choice(("", "type", "Hello", "Look", "version", "a\nb", "\x00", "é" * 9))
        if kind == 5:
            return msgspec.msgpack.Ext(chance.randrange(-128, 128), self.noise())
        if kind == 6:
            return [self.value(depth - 1) for _ in range(chance.randrange(4))]
        return {
            chance.choice(("type", "version", "view", "alpha", "task", "watches", 3, None)): (
                self.value(depth - 1)
            )
            for _ in range(chance.randrange(5))
        }

    def message(self, messages: list[ToHost]) -> bytes:
        """The body of one of these with some of its values, however deep, replaced."""
        document = msgspec.to_builtins(self.random.choice(messages))
        where = document
        while True:
            key = self.random.choice([key for key in where if key != "type"] or ["more"])
            if not isinstance(where.get(key), dict) or self.random.random() < 0.3:
                break
            where = where[key]
        where[key] = self.value(1)
        return msgspec.msgpack.encode(document)

    def flipped(self, data: bytes, most: int = 4) -> bytes:
        """`data` with some of its bytes others."""
        changed = bytearray(data)
        for _ in range(self.random.randrange(1, most + 1)):
            changed[self.random.randrange(len(changed))] = self.random.randrange(256)
        return bytes(changed)
