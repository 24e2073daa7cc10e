"""What an action is: its keys, its words, when it can act and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.messages.commands import Command
from tui.screens.key_context import KeyContext, always, given_up
from tui.screens.key_names import displayed


@dataclass(frozen=True, slots=True)
class Post:
    """Tell the app something."""

    message: str
    """The name of a class in `tui.messages`."""
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """Call a method of the screen, or of the first of its panes that has it."""

    method: str
    """Its name without `action_`."""
    arguments: tuple[Any, ...] = ()


Effect = Command | Post | Call
"""What an action does; a command is sent to the run."""


def says_nothing(_: KeyContext) -> str:
    """An empty text."""
    return ""


@dataclass(frozen=True, slots=True)
class Action:
    """One action and its keys."""

    id: str
    """Unique on its screen; the part before the dot is its heading in the help."""
    keys: str
    """Textual's names of the keys, separated by commas."""
    label: str
    """Its name in a word or two."""
    tooltip: str | Callable[[KeyContext], str]
    """What it does, in a line."""
    does: Effect | Callable[[KeyContext], Effect]
    when: Callable[[KeyContext], bool] = always
    """Whether it can act now."""
    line: str | Callable[[KeyContext], str] = ""
    """Its label on the key line; empty if it is not there. Actions of one label share one place."""
    click: str = ""
    """The id of the action that a click on its place does, if that is another."""
    words: str = ""
    """Further words that the palette finds it by, in lower case, with spaces between."""
    when_small: bool = False
    """Whether it can act where the terminal has no room to show what it does."""
    first: bool = False
    """Whether it stands before all others on the key line."""
    asks: Callable[[KeyContext], str] = says_nothing
    """What is asked before it is done; empty if nothing is."""
    again: str = "begins anew"
    """What its key does when it is pressed again, as the answer."""

    def effect(self, now: KeyContext) -> Effect:
        """What it does in this context."""
        return self.does if isinstance(self.does, Effect) else self.does(now)

    def line_label(self, now: KeyContext) -> str:
        """Its label on the key line in this context."""
        return self.line if isinstance(self.line, str) else self.line(now)

    def says(self, now: KeyContext) -> str:
        """What it does in this context, in a line."""
        return self.tooltip if isinstance(self.tooltip, str) else self.tooltip(now)

    def question(self, now: KeyContext) -> str:
        """What a person is asked before it is done in this context; empty if nothing is asked.

        A command that begins anew asks by itself, whatever key it has.
        """
        effect = self.effect(now)
        anew = isinstance(effect, Command) and effect.begins_anew
        asked = (given_up(now) if anew else "") or self.asks(now)
        key = displayed(self.keys).split()[0]
        return f"{key}: {asked} {key} again {self.again}" if asked else ""
