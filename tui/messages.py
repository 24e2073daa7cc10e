"""What widgets and screens tell the app."""

from dataclasses import dataclass

from textual.message import Message

from engine.messages.commands import Command


@dataclass
class Steer(Message):
    """A person wants something done to the run."""

    command: Command


class ViewChanged(Message):
    """Something else is to be drawn than before: another size, layer or window."""


class ReportWanted(Message):
    """A person wants to see how the run stands on the test data."""


@dataclass
class TerminalLost(Message):
    """Nothing can be written to the terminal any more."""

    error: Exception


class DashboardResumed(Message):
    """The training view is to be seen again."""


class SaveWanted(Message):
    """A person wants the run to be saved now."""


class RecoverWanted(Message):
    """A person wants to go on from the last save of a run that is lost."""


class DetachWanted(Message):
    """A person wants to leave, and the run to go on."""


class LeaveWanted(Message):
    """A person wants to end the run and leave."""
