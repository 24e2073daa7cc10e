"""The asynchronous face of a run. Two kinds with one interface: in a process of its own, and
inline for tests.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable

from engine.errors import HostLostError
from engine.messages.commands import Command
from engine.messages.report import RunReport
from engine.messages.snapshot import Snapshot
from engine.messages.status import Status
from engine.messages.view import View


class Session(ABC):
    """A run, seen from the interface: what it shows and what it can be told.

    Every method may raise HostLostError. What a command does shows in the next snapshot.
    """

    frames_per_second_are_its_own = False
    """Whether the run has a frame rate of its own, which this session did not choose."""

    began_before = False
    """Whether the run was there before this session, and goes on when it is left."""

    def __init__(self) -> None:
        self.status: Status | None = None
        """The run as it was when this session came to it; None before, or where it has no process."""
        self.last_snapshot: Snapshot | None = None
        """The run as it has ended, once it was ended by another dashboard."""
        self.on_notice: Callable[[str, bool], None] | None = None
        """Called with one line that a person should know, and whether it is bad news."""
        self.on_refused: Callable[[str], None] | None = None
        """Called with one clear line when a command is not allowed; the run goes on."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What the run is called; empty before it has begun."""

    @property
    @abstractmethod
    def can_be_left(self) -> bool:
        """Whether the run can go on without this session, and be found again."""

    @property
    def lost(self) -> HostLostError | None:
        """Why the run answers no more; None while it does."""
        return None

    @abstractmethod
    async def start(self) -> None:
        """Load the data and begin. ConfigError if the data cannot be split as configured."""

    @abstractmethod
    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        """The run as soon as its revision is greater than `after`; by default at once.

        One caller at a time; a call that was cancelled leaves nothing behind.
        """

    @abstractmethod
    async def send(self, command: Command) -> None:
        """Have `command` carried out before the next update."""

    @abstractmethod
    async def report(self) -> RunReport:
        """How the run stands now, for the end."""

    @abstractmethod
    async def finish(self) -> RunReport:
        """Make no more updates, and report how the run has ended; `close` is to follow."""

    @abstractmethod
    async def save(self) -> None:
        """Save the run; a notice says where, or why not."""

    @abstractmethod
    async def export(self, kind: str, path: str) -> None:
        """Export the run as it stands into a new file, `path` or one called alike; a notice says where,
        or why not. `path` is absolute, and `kind` one of `engine.storage.exports`.
        """

    def hurry(self) -> None:  # noqa: B027 # nothing to wait for where the run is in this process
        """Have `finish` and `close` wait no longer for the host, which is told to end and does so
        by itself.
        """

    @property
    def ends_later(self) -> str:
        """What becomes of a run that `close` did not see end, in words; empty if it has ended."""
        return ""

    async def why_not_left(self) -> str:
        """Why the run cannot go on without this session and be found again; empty if it can. The
        host is asked: its socket may have been taken away since.
        """
        return "" if self.can_be_left else "it has no folder for its socket"

    @abstractmethod
    async def close(self) -> None:
        """Save and end the run and everything that belongs to it. May be called twice."""

    def say_disconnected(self) -> None:  # noqa: B027 # nothing to do where the run is in this process
        """Before `leave`: tell the host that the terminal is gone."""

    @abstractmethod
    async def leave(self) -> None:
        """Leave the run to itself, if it can go on; close it if not. May be called twice."""
