"""The messages between a dashboard and the host that trains.

The dashboard speaks first, with `Hello`, `Attach` or `StatusRequest`. The host answers every
`SnapshotRequest`, `ReportRequest` and `DetachRequest` once, and sends nothing unasked but `Refused` and
`Notice`. `engine.wire.codec` says how a message looks on the wire.
"""

import msgspec

from engine.messages.commands import Command
from engine.messages.report import RunReport
from engine.messages.run_request import RunPlaces, RunRequest
from engine.messages.snapshot import Snapshot
from engine.messages.status import Status
from engine.messages.view import View

VERSION = 6
"""Both sides must speak the same; a message of another version may mean something else."""


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The first message to a new host: what to train, and where to keep it."""

    version: int
    request: RunRequest
    frames_per_second: float
    places: RunPlaces = RunPlaces()


class Attach(msgspec.Struct, frozen=True, tag=True):
    """The first message of a further dashboard to a host whose run has begun."""

    version: int
    watches: bool
    """Whether it only watches, so that its commands are refused."""


class StatusRequest(msgspec.Struct, frozen=True, tag=True):
    """The first and only message of a connection that asks how the run stands."""

    version: int


class SnapshotRequest(msgspec.Struct, frozen=True, tag=True):
    """Ask for one snapshot, once the revision is greater than `after`. Replaces an open request."""

    number: int
    view: View
    after: int


class ReportRequest(msgspec.Struct, frozen=True, tag=True):
    """Ask for the report."""


class SaveRequest(msgspec.Struct, frozen=True, tag=True):
    """Save the run now; a Notice says in which file."""


class ExportRequest(msgspec.Struct, frozen=True, tag=True):
    """Export the run as it stands now; a Notice says in which file, or why not."""

    kind: str
    """One of `engine.storage.exports`."""
    path: str
    """Absolute. A file that is there already is left alone: another is called alike."""


class StopRequest(msgspec.Struct, frozen=True, tag=True):
    """Save the run and end it; the last report is the answer."""


class DetachRequest(msgspec.Struct, frozen=True, tag=True):
    """Ask whether the run can be found again once this dashboard has left it; the host makes sure of
    its socket before it answers.
    """


class Disconnected(msgspec.Struct, frozen=True, tag=True):
    """The terminal of this dashboard is gone. A finished run without other dashboards ends then."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The run has begun; the answer to a first message."""

    status: Status


class SnapshotReply(msgspec.Struct, frozen=True, tag=True):
    """The answer to the SnapshotRequest of that number."""

    number: int
    snapshot: Snapshot


class EncodedSnapshotReply(msgspec.Struct, frozen=True, tag="SnapshotReply"):
    """A SnapshotReply whose snapshot was encoded before; the same bytes on the wire."""

    number: int
    snapshot: msgspec.Raw


class DetachReply(msgspec.Struct, frozen=True, tag=True):
    """The answer to a DetachRequest."""

    problem: str
    """Why the run cannot be found; empty if it can."""


class Notice(msgspec.Struct, frozen=True, tag=True):
    """A line for a person to read."""

    text: str
    trouble: bool = False
    """Whether it is bad news."""


class Refused(msgspec.Struct, frozen=True, tag=True):
    """What was asked for is not allowed. `setting` names what was wrong; it is empty where no
    setting was, and then the connection ends.
    """

    setting: str
    message: str


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The run has ended as it should: the last message."""

    text: str
    saved: bool
    """Whether everything that was to be saved was."""
    snapshot: Snapshot | None = None
    """The run as it ended, in the view that this dashboard asked for last."""


class EncodedEnded(msgspec.Struct, frozen=True, tag="Ended"):
    """An Ended whose snapshot was encoded before; the same bytes on the wire."""

    text: str
    saved: bool
    snapshot: msgspec.Raw


FirstMessage = Hello | Attach | StatusRequest

ToHost = (
    FirstMessage
    | SnapshotRequest
    | ReportRequest
    | SaveRequest
    | ExportRequest
    | StopRequest
    | DetachRequest
    | Disconnected
    | Command
)
"""For type checks; the codec decodes every declared command."""

ToDashboard = Ready | SnapshotReply | RunReport | DetachReply | Refused | Notice | Ended
