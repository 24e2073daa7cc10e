"""Asks for a learning rate."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from engine.config.checks import check_alpha
from engine.errors import ConfigError
from tui.drawing.number_format import exact
from tui.screens.closes_once import ClosesOnce


class AlphaScreen(ModalScreen[float | None], ClosesOnce[float | None]):
    """Gives back the typed learning rate, or None if a person thinks better of it."""

    CSS_PATH = "value_prompt.tcss"
    BINDINGS = [Binding("escape", "cancel", "cancel", tooltip="Leave alpha as it is")]

    def __init__(self, alpha: float) -> None:
        super().__init__()
        self._alpha = alpha

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static("Learning rate alpha")
            yield Input(exact(self._alpha), max_length=24, select_on_focus=True, compact=True)
            yield Static("enter takes it, escape leaves it", id="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            alpha = float(event.value)
            check_alpha(alpha)
        except ValueError:
            self._say(f"{event.value!r} is not a number")
        except ConfigError as error:
            self._say(str(error))
        else:
            self.dismiss(alpha)

    def _say(self, problem: str) -> None:
        hint = self.query_one("#hint", Static)
        hint.add_class("-problem")
        hint.update(problem)

    def action_cancel(self) -> None:
        """Leave alpha as it is."""
        self.dismiss(None)
