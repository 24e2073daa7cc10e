"""Messages from widgets and screens to the app."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from engine.messages.commands import Command


@dataclass
class Steer(Message):
    """A command for the run."""

    command: Command


@dataclass
class ValueWanted(Message):
    """A number is to be asked for, that a command needs."""

    title: str
    value: float
    """That the question begins with."""
    command: Callable[[float], Command]
    """That for the run with the answer; it checks it, too."""


class ViewChanged(Message):
    """The next snapshot has to hold something else: another size, layer or window."""


class KeysChanged(Message):
    """Other keys of a pane act than before."""


class ReportWanted(Message):
    """The report is to be opened."""


@dataclass
class TerminalLost(Message):
    """Nothing can be written to the terminal any more."""

    error: Exception


class DashboardResumed(Message):
    """The training view is on top again, or nothing in it is in use any more."""


class SaveWanted(Message):
    """The run is to be saved now."""


class CommandLineWanted(Message):
    """The command line that makes the run again is to be copied and shown."""


@dataclass
class ExportWanted(Message):
    """Something of the run is to be written into a file."""

    kind: str = ""
    """What; empty if a person is to choose."""


class RecoverWanted(Message):
    """A lost run is to go on from its last save."""


class DetachWanted(Message):
    """The app is to end, and the run to go on."""


class LeaveWanted(Message):
    """The app is to end, and with it a run that began in it."""


class EndWanted(Message):
    """The run and the app are to end."""


class CloseNetwork(Message):
    """The network is to give its place back."""


@dataclass
class InspectNode(Message):
    """The weights of a node are to be seen."""

    layer: int
    """Counted from 0."""
    node: int
