"""Says what the keys and the panes mean."""

from typing import Any

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Markdown, Static

from tui.screens.action_screen import ActionScreen
from tui.screens.closes_once import ClosesOnce
from tui.screens.key_names import displayed
from tui.widgets.pane import Pane

HEADINGS = {"run": "The run", "view": "The view", "end": "The ending", "app": "The program"}
"""By the first part of an action's id. The keys of the panes come before the last."""


EVERYWHERE = [
    ("ctrl+p", "Find a command by name, key or word"),
    ("ctrl+c", "Twice: quit"),
    ("ctrl+z", "To the shell, from which fg comes back"),
]
"""The keys that are in no table."""


class HelpScreen(ModalScreen[None], ClosesOnce[None]):
    """The keys, from the table of actions and from the panes, and the help of each pane."""

    CSS_PATH = "help.tcss"
    BINDINGS = [
        Binding("escape,question_mark,q", "dismiss", "close", tooltip="Back to where it was asked"),
    ]

    def __init__(self, behind: ActionScreen[Any]) -> None:
        """For the keys and panes of the screen `behind` it."""
        super().__init__()
        self._behind = behind

    def compose(self) -> ComposeResult:
        first, *others = self._help_texts()
        look = self._behind.drawn_in
        arrows = "up/down" if look is not None and look.glyphs.ascii_only else "↑↓"
        with VerticalScroll(id="box") as box:
            box.border_title = "Help"
            box.border_subtitle = f"{arrows} scroll   esc ? q close"
            yield Static(Text("What am I looking at?", style="bold"))
            yield Markdown(first)
            yield Static(Text("Keys", style="bold"))
            yield Static(key_table(self._behind))
            yield from map(Markdown, others)

    def _help_texts(self) -> list[str]:
        """What explains the focused pane, or the screen where it has none; then all else."""
        behind = self._behind
        panes = sorted(behind.query(Pane), key=lambda pane: pane is not behind.focused)
        texts = [*(pane.help_text() for pane in panes), behind.help_text()]
        return [text for text in texts if text] or [""]


def key_table(screen: ActionScreen[Any]) -> Table:
    """The keys of `screen` and its panes with what they do, under headings; those of the focused pane
    before all others.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="bold", no_wrap=True)
    table.add_column()
    sections = {
        heading: [
            (a.keys, a.says(screen.context))
            for a in screen.explained()
            if a.id.startswith(f"{prefix}.")
        ]
        for prefix, heading in HEADINGS.items()
    }
    heading_of_last, rows_of_last = sections.popitem()
    panes = screen.query(Pane)
    if panes:
        sections[HEADINGS["view"]].append(("tab", "To the next pane"))
    here = [_keys_in(pane) for pane in panes if pane is screen.focused]
    others = [_keys_in(pane) for pane in panes if pane is not screen.focused]
    last = heading_of_last, [*rows_of_last, *EVERYWHERE]
    for heading, rows in (*here, *sections.items(), *others, last):
        if rows:
            table.add_row("", Text(heading, style="italic"))
        for keys, tooltip in rows:
            table.add_row(displayed(keys), tooltip)
    return table


def _keys_in(pane: Pane) -> tuple[str, list[tuple[str, str]]]:
    return f"In the {pane.NAME} pane", keys_of(pane)


def keys_of(pane: Pane) -> list[tuple[str, str]]:
    """The keys that `pane` binds itself, each with what it does; one that stands for others as well, such
    as the arrows, under the name of all.
    """
    bindings = [b for b in type(pane).BINDINGS if isinstance(b, Binding)]
    return [(b.key_display or b.key, b.tooltip) for b in bindings if b.tooltip]
