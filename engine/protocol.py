"""The messages between a dashboard and the host that trains, and their form on the wire.

A frame is a length (4 bytes, big endian) and that many bytes of MessagePack. Both sides decode
into the types below and refuse anything else. The dashboard speaks first, with `Hello`; the host
answers every `Look` and every `AskReport` once, and sends nothing unasked but `Refused`.
"""

import asyncio
import struct
from typing import Any, get_args, get_origin

import msgspec
import numpy as np

from engine.commands import Command
from engine.config import TrainingConfig
from engine.errors import HostLostError
from engine.report import RunReport
from engine.snapshot import Snapshot, View

VERSION = 1
MAX_FRAME = 64 * 1024 * 1024
"""Bytes; a longer frame is a mistake or an attack."""

_LENGTH = struct.Struct(">I")


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The first message: what to run."""

    version: int
    config: TrainingConfig
    pace: int
    frames_per_second: float


class Look(msgspec.Struct, frozen=True, tag=True):
    """Ask for one snapshot, once the revision is greater than `after`. Replaces an open one."""

    number: int
    view: View
    after: int


class AskReport(msgspec.Struct, frozen=True, tag=True):
    """Ask for the report."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The host has loaded the data and begun."""


class Seen(msgspec.Struct, frozen=True, tag=True):
    """The answer to the Look of that number."""

    number: int
    snapshot: Snapshot


class Refused(msgspec.Struct, frozen=True, tag=True):
    """What was asked for is not allowed; `setting` is empty if it was no setting's fault."""

    setting: str
    message: str


class _AnyHello(msgspec.Struct, frozen=True, tag="Hello"):
    """What a Hello of every version has."""

    version: int


ToHost = Hello | Look | AskReport | Command
ToDashboard = Ready | Seen | RunReport | Refused


def _encode_array(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, np.ascontiguousarray(value).data
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _decode_array(kind: Any, value: Any) -> Any:
    if get_origin(kind) is not np.ndarray:
        raise TypeError(f"{kind} cannot be received")
    wanted = np.dtype(get_args(get_args(kind)[1])[0])
    dtype, shape, data = msgspec.convert(value, tuple[str, tuple[int, ...], bytes])
    if np.dtype(dtype) != wanted or any(length < 0 for length in shape):
        raise ValueError(f"an array of {dtype} where {wanted} was expected")
    return np.frombuffer(data, dtype=wanted).reshape(shape)


_encoder = msgspec.msgpack.Encoder(enc_hook=_encode_array)
_to_host: msgspec.msgpack.Decoder[ToHost] = msgspec.msgpack.Decoder(ToHost, dec_hook=_decode_array)
_to_dashboard: msgspec.msgpack.Decoder[ToDashboard] = msgspec.msgpack.Decoder(
    ToDashboard, dec_hook=_decode_array
)


def frame(message: ToHost | ToDashboard) -> bytes:
    """`message` as it goes over the wire."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


def version_of(body: bytes) -> int:
    """The protocol that the sender of a Hello speaks, readable whatever else its Hello holds;
    msgspec.DecodeError if it is no Hello.
    """
    return msgspec.msgpack.decode(body, type=_AnyHello).version


def decode_to_host(body: bytes) -> ToHost:
    """A dashboard's message; msgspec.DecodeError if it is none."""
    return _to_host.decode(body)


def decode_to_dashboard(body: bytes) -> ToDashboard:
    """A host's message; msgspec.DecodeError if it is none."""
    return _to_dashboard.decode(body)


async def read_body(reader: asyncio.StreamReader) -> bytes | None:
    """The body of the next frame; None at the end of the stream, HostLostError if it makes no
    sense.
    """
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        if length > MAX_FRAME:
            raise HostLostError(f"a message of {length} bytes is longer than allowed")
        return await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
