"""Asks for a number."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engine.errors import ConfigError
from tui.drawing.number_format import exact
from tui.screens.closes_once import ClosesOnce


class ValuePrompt(ModalScreen[float | None], ClosesOnce[float | None]):
    """Closes with the typed number, or with None if it is to stay as it is."""

    CSS_PATH = "value_prompt.tcss"
    BINDINGS = [Binding("escape", "cancel", "cancel", tooltip="Leave the value as it is")]

    def __init__(self, title: str, value: float, check: Callable[[float], None]) -> None:
        """`value` is what the prompt begins with; `check` raises ConfigError for one that is not
        allowed.
        """
        super().__init__()
        self._title = title
        self._value = value
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = self._title
            box.border_subtitle = "enter take   esc leave it"
            yield Input(exact(self._value), max_length=24, select_on_focus=True, compact=True)
            yield Static(id="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            value = float(event.value)
            self._check(value)
        except ValueError:
            self._say(f"{event.value!r} is not a number")
        except ConfigError as error:
            self._say(str(error))
        else:
            self.dismiss(value)

    def _say(self, problem: str) -> None:
        hint = self.query_one("#hint", Static)
        hint.add_class("-problem")
        hint.update(problem)

    def action_cancel(self) -> None:
        """Leave the value as it is."""
        self.dismiss(None)
