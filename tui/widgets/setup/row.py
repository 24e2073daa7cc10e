"""What every row of the set-up has in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from engine.config.changes import Changes
from tui.charts.setup.sheet import SheetRow

Values = Mapping[str, Any]
"""The value of every setting, by field."""


class Row(ABC):
    """A row. What a key would change comes as new values by field; None if it does nothing here."""

    is_live = True
    """Whether the run takes its changes while it goes on."""
    begins_at_once = False
    """Whether what begins anew does not wait for further changes."""

    @property
    @abstractmethod
    def key(self) -> str:
        """Its name among the rows of a section, which stays while values change."""

    @property
    @abstractmethod
    def help(self) -> str:
        """What it means to a learner."""

    @abstractmethod
    def drawn(self) -> SheetRow:
        """As the sheet shows it."""

    @property
    def mark(self) -> str:
        """What a change does, in a word."""
        return "live" if self.is_live else "anew"

    def turned(self, by: int) -> Changes | None:
        """The change to the value `by` places later."""
        return None

    def entered(self) -> Changes | None:
        """The change by enter; None if that begins to edit the text, or does nothing."""
        return None

    def cleared(self) -> Changes | None:
        """The change by backspace: to none, or a layer less."""
        return None

    def added(self) -> Changes | None:
        """The change by plus: a layer more."""
        return None

    @property
    def text(self) -> str | None:
        """What is edited when a person types; None if nothing is typed here."""
        return None

    @property
    def enter_word(self) -> str:
        """What enter does, in a word; empty if nothing."""
        return "take" if self.text is None else "type"

    @property
    def names_file(self) -> bool:
        """Whether the text can be the path of a file."""
        return False

    def read(self, text: str) -> Changes:
        """The change to what `text` spells; ConfigError where it spells nothing."""
        return {}
