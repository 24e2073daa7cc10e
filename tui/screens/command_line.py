"""Shows the command line that makes a run again, to be copied by hand where the terminal does not."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.closes_once import ClosesOnce
from tui.widgets.shell_command import ShellCommand

RECORDED = "All of that is recorded. With it, the run is made again by:"


class CommandLineScreen(ModalScreen[None], ClosesOnce[None]):
    """As wide as the terminal, so that nothing stands beside the lines that are copied."""

    CSS_PATH = "command_line.tcss"
    BINDINGS = [
        Binding("escape,y,q,enter", "dismiss", "close", tooltip="Back to where it was asked"),
    ]

    def __init__(
        self,
        words: Sequence[str],
        copied: str,
        notes: Sequence[str] = (),
        replay: Sequence[str] = (),
    ) -> None:
        """`words` make the command; `copied` says what has become of it, and each of `notes` what it
        does not bring. The words of `replay` make a command that brings it all, if there is one.
        """
        super().__init__()
        self._words = words
        self._copied = copied
        self._notes = notes
        self._replay = replay

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box") as box:
            # without sides, a border has no space around its titles
            box.border_title = " This makes the run again "
            box.border_subtitle = " esc y q close "
            yield ShellCommand(self._words)
            yield Static(self._copied, id="copied", markup=False)
            for note in self._notes:
                yield Static(note, classes="note", markup=False)
            if self._replay:
                yield Static(RECORDED, classes="note", markup=False)
                yield ShellCommand(self._replay)
