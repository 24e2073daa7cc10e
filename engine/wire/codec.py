"""The form of messages on the wire.

A frame is a length (4 bytes, big endian) and that many bytes of MessagePack. Arrays go as dtype,
shape and bytes. Both sides decode into the types of `engine.wire.protocol` and refuse anything else.
"""

import asyncio
import struct
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
import numpy as np

from engine.errors import ConfigError, ProtocolError
from engine.messages.commands import COMMANDS
from engine.messages.snapshot import Snapshot
from engine.wire.protocol import (
    DetachRequest,
    Disconnected,
    EncodedEnded,
    EncodedSnapshotReply,
    ExportRequest,
    FirstMessage,
    ReportRequest,
    SaveRequest,
    SnapshotRequest,
    StopRequest,
    ToDashboard,
    ToHost,
)

MAX_FRAME = 64 * 1024 * 1024
"""Bytes of a message to a dashboard; a longer one is a mistake or an attack."""

MAX_REQUEST = 64 * 1024
"""Bytes of a message to a host: no connection can fill its memory."""

_LENGTH = struct.Struct(">I")

_REQUESTS = (
    *get_args(FirstMessage),
    *(SnapshotRequest, ReportRequest, SaveRequest, ExportRequest),
    *(StopRequest, DetachRequest, Disconnected),
)
"""What a host understands besides commands."""

T = TypeVar("T")


class _AnyHello(msgspec.Struct, frozen=True, tag="Hello"):
    """What a Hello of every version has."""

    version: int


class _AnyAttach(msgspec.Struct, frozen=True, tag="Attach"):
    """What an Attach of every version has."""

    version: int


class _AnyStatusRequest(msgspec.Struct, frozen=True, tag="StatusRequest"):
    """What a StatusRequest of every version has."""

    version: int


class _AnyInquire(msgspec.Struct, frozen=True, tag="Inquire"):
    """The StatusRequest of versions 1 and 2."""

    version: int


def _encode_array(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, np.ascontiguousarray(value).data
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _decode_array(kind: Any, value: Any) -> Any:
    if get_origin(kind) is not np.ndarray:
        raise TypeError(f"{kind} cannot be received")
    wanted = np.dtype(get_args(get_args(kind)[1])[0])
    dtype, shape, data = msgspec.convert(value, tuple[str, tuple[int, ...], bytes])
    # compared as text: NumPy would evaluate what it does not know
    if dtype != wanted.str or any(length < 0 for length in shape):
        raise ValueError(f"an array of {dtype} where {wanted} was expected")
    return np.frombuffer(data, dtype=wanted).reshape(shape)


_encoder = msgspec.msgpack.Encoder(enc_hook=_encode_array)
_to_dashboard: msgspec.msgpack.Decoder[ToDashboard] = msgspec.msgpack.Decoder(
    ToDashboard, dec_hook=_decode_array
)
_any_first: msgspec.msgpack.Decoder[_AnyHello | _AnyAttach | _AnyStatusRequest | _AnyInquire] = (
    msgspec.msgpack.Decoder(_AnyHello | _AnyAttach | _AnyStatusRequest | _AnyInquire)
)


@lru_cache(maxsize=4)
def _to_host(commands: tuple[type, ...]) -> msgspec.msgpack.Decoder[ToHost]:
    """A decoder of everything that a host understands, with those `commands`."""
    kinds: Any = Union[(*_REQUESTS, *commands)]  # its members are known at run time only
    return msgspec.msgpack.Decoder(kinds, dec_hook=_decode_array)


def frame(message: ToHost | ToDashboard | EncodedSnapshotReply | EncodedEnded) -> bytes:
    """`message` as it goes over the wire."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


def encoded(snapshot: Snapshot) -> msgspec.Raw:
    """`snapshot` as an EncodedSnapshotReply holds it."""
    return msgspec.Raw(_encoder.encode(snapshot))


def version_of(body: bytes) -> int:
    """The protocol version of a first message, readable whatever else it holds; ProtocolError if it
    is no first message.
    """
    return _decoded(_any_first, body).version


def decode_to_host(body: bytes) -> ToHost:
    """A dashboard's message; ProtocolError if it is none."""
    return _decoded(_to_host(tuple(COMMANDS)), body)


def decode_to_dashboard(body: bytes) -> ToDashboard:
    """A host's message; ProtocolError if it is none."""
    return _decoded(_to_dashboard, body)


def _decoded(decoder: msgspec.msgpack.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, ConfigError, ValueError, RecursionError) as error:
        raise ProtocolError(f"a message that makes no sense: {error}") from error


async def read_body(reader: asyncio.StreamReader, longest: int = MAX_FRAME) -> bytes | None:
    """The body of the next frame; None at the end of the stream, ProtocolError if it is longer
    than `longest` bytes.
    """
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        if length > longest:
            raise ProtocolError(f"a message of {length} bytes; {longest} are allowed")
        return await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
