"""The messages between a dashboard and the host that trains, and their form on the wire.

A frame is a length (4 bytes, big endian) and that many bytes of MessagePack. Both sides decode
into the types below and refuse anything else. The dashboard speaks first, with `Hello`, `Attach`
or `Inquire`; the host answers every `Look` and every `AskReport` once, and sends nothing unasked but `Refused`
and `Notice`.
"""

import asyncio
import struct
from typing import Any, TypeVar, get_args, get_origin

import msgspec
import numpy as np

from engine.config.training_config import TrainingConfig
from engine.errors import ConfigError, ProtocolError
from engine.messages.commands import Command
from engine.messages.snapshot import Snapshot, State, View
from engine.probes.report import RunReport

VERSION = 2
MAX_FRAME = 64 * 1024 * 1024
"""Bytes to a dashboard; a longer frame is a mistake or an attack."""

MAX_REQUEST = 64 * 1024
"""Bytes to a host, which anybody may try to fill the memory of."""

_LENGTH = struct.Struct(">I")

T = TypeVar("T")


class Fresh(msgspec.Struct, frozen=True, tag=True):
    """A run from its first step on."""

    config: TrainingConfig
    pace: int


class Resumed(msgspec.Struct, frozen=True, tag=True):
    """A run that goes on from the checkpoint in a file, at another pace if one is given."""

    checkpoint: str
    pace: int | None = None
    steps: int | None = None
    """Where it ends, if not where it would have."""


class Replayed(msgspec.Struct, frozen=True, tag=True):
    """A run made again from the recording in a file."""

    recording: str
    pace: int


class Home(msgspec.Struct, frozen=True):
    """Where a run leaves its traces; by default none, and then it ends with its dashboard."""

    state_folder: str | None = None
    """Where it saves itself, and is recorded."""
    socket_folder: str | None = None
    """Where other dashboards find it."""
    save_file: str | None = None
    """Where it is saved when a person says so, and at its end; else in the state folder."""
    record_file: str | None = None
    """Where it is recorded instead."""
    linger_seconds: float = 600.0
    """How long a finished run that nobody watches stays."""


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The first message of whoever starts a host: what to run."""

    version: int
    task: Fresh | Resumed | Replayed
    frames_per_second: float
    home: Home = Home()


class Attach(msgspec.Struct, frozen=True, tag=True):
    """The first message of whoever comes to a run that is there."""

    version: int
    watches: bool
    """Whether it is not to steer."""


class Inquire(msgspec.Struct, frozen=True, tag=True):
    """The first and only message of whoever wants to know how the run stands, and nothing else."""

    version: int


class Look(msgspec.Struct, frozen=True, tag=True):
    """Ask for one snapshot, once the revision is greater than `after`. Replaces an open one."""

    number: int
    view: View
    after: int


class AskReport(msgspec.Struct, frozen=True, tag=True):
    """Ask for the report."""


class Save(msgspec.Struct, frozen=True, tag=True):
    """Save the run now; a Notice says where it was saved to."""


class Stop(msgspec.Struct, frozen=True, tag=True):
    """End the run and save it; the report of how it has ended is the answer."""


class Status(msgspec.Struct, frozen=True):
    """A run in a few words."""

    name: str
    pid: int
    state: State
    step: int
    total_steps: int
    alpha: float
    train_loss: float
    config: TrainingConfig
    began: float
    """Seconds since 1970."""
    watchers: int
    """Dashboards that are open on it."""
    replays: bool
    can_be_found: bool
    """Whether further dashboards can come to it."""
    saves_to: str | None
    """The file that it saves itself into."""
    save_file: str | None
    record_file: str | None
    """What a person wants it to be saved and recorded in, as its Home says."""
    frames_per_second: float


class Ready(msgspec.Struct, frozen=True, tag=True):
    """There is a run, and it answers."""

    status: Status


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The run is over, as it should be: the last message."""

    text: str
    saved: bool
    """Whether what was to be saved was."""


class HungUp(msgspec.Struct, frozen=True, tag=True):
    """Whoever was at this dashboard is gone without a word; if nobody else is there, a run that is
    done need not wait for anybody.
    """


class Notice(msgspec.Struct, frozen=True, tag=True):
    """Something that a person should know."""

    text: str
    trouble: bool = False
    """Whether it is bad news."""


class Seen(msgspec.Struct, frozen=True, tag=True):
    """The answer to the Look of that number."""

    number: int
    snapshot: Snapshot


class Refused(msgspec.Struct, frozen=True, tag=True):
    """What was asked for is not allowed; `setting` is empty if it was no setting's fault."""

    setting: str
    message: str


class SeenEncoded(msgspec.Struct, frozen=True, tag="Seen"):
    """A Seen whose snapshot was encoded before."""

    number: int
    snapshot: msgspec.Raw


class _AnyHello(msgspec.Struct, frozen=True, tag="Hello"):
    """What a Hello of every version has."""

    version: int


class _AnyInquire(msgspec.Struct, frozen=True, tag="Inquire"):
    """What an Inquire of every version has."""

    version: int


class _AnyAttach(msgspec.Struct, frozen=True, tag="Attach"):
    """What an Attach of every version has."""

    version: int


ToHost = Hello | Attach | Inquire | Look | AskReport | Save | Stop | HungUp | Command
ToDashboard = Ready | Seen | RunReport | Refused | Notice | Ended


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
_to_host: msgspec.msgpack.Decoder[ToHost] = msgspec.msgpack.Decoder(ToHost, dec_hook=_decode_array)
_to_dashboard: msgspec.msgpack.Decoder[ToDashboard] = msgspec.msgpack.Decoder(
    ToDashboard, dec_hook=_decode_array
)


_any_first: msgspec.msgpack.Decoder[_AnyHello | _AnyAttach | _AnyInquire] = msgspec.msgpack.Decoder(
    _AnyHello | _AnyAttach | _AnyInquire
)


def frame(message: ToHost | ToDashboard | SeenEncoded) -> bytes:
    """`message` as it goes over the wire."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


def encoded(snapshot: Snapshot) -> msgspec.Raw:
    """`snapshot` as a SeenEncoded holds it."""
    return msgspec.Raw(_encoder.encode(snapshot))


def version_of(body: bytes) -> int:
    """The protocol that the sender of a first message speaks, readable whatever else it holds;
    ProtocolError if it is none.
    """
    return _decoded(_any_first, body).version


def decode_to_host(body: bytes) -> ToHost:
    """A dashboard's message; ProtocolError if it is none."""
    return _decoded(_to_host, body)


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
