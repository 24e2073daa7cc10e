"""Says what the keys and the panes mean."""

from typing import Any

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Markdown, Static

from tui.screens.closes_once import ClosesOnce
from tui.widgets.pane import Pane

HEADINGS = {"run": "The run", "view": "The view", "app": "The program"}
"""By the first part of the id of a screen's binding; those of the panes come before the last."""


class HelpScreen(ModalScreen[None], ClosesOnce[None]):
    """The keys, from the bindings themselves, and each pane's own words."""

    CSS_PATH = "help.tcss"
    BINDINGS = [
        Binding("escape,question_mark,q", "dismiss", "close", tooltip="Back to the training view"),
    ]

    def __init__(self, behind: Screen[Any]) -> None:
        """For the keys and panes of the screen `behind` it."""
        super().__init__()
        self._behind = behind

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box"):
            yield Static(Text("Keys", style="bold"))
            yield Static(key_table(self._behind))
            yield Static("tab: next pane   ctrl+p: every command by name   escape: close this")
            for pane in self._behind.query(Pane):
                if pane.HELP:
                    yield Markdown(pane.HELP)


def key_table(screen: Screen[Any]) -> Table:
    """Every binding of `screen` and its panes that has an id, under its heading."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column()
    sections = {
        heading: [b for b in _bindings(screen) if (b.id or "").startswith(f"{prefix}.")]
        for prefix, heading in HEADINGS.items()
    }
    last = sections.popitem()
    of_panes = {f"In the {pane.NAME} pane": _bindings(pane) for pane in screen.query(Pane)}
    for heading, bindings in (*sections.items(), *of_panes.items(), last):
        if bindings:
            table.add_row("", Text(heading, style="italic"))
        for binding in bindings:
            table.add_row(displayed(binding.key), binding.tooltip)
    return table


def _bindings(owner: Screen[Any] | Pane) -> list[Binding]:
    return [b for b in type(owner).BINDINGS if isinstance(b, Binding) and b.id]


NAMES = {
    "full_stop": ".",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "less_than_sign": "<",
    "comma": ",",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
}
"""Keys by what is printed on them."""


def displayed(keys: str) -> str:
    """A binding's keys, as they are printed on the keyboard."""
    return " ".join(NAMES.get(key, key) for key in keys.split(","))
