"""A screen of panes beside which the set-up can be opened."""

from textual import on
from textual.events import ScreenResume

from tui.messages import DashboardResumed, KeysChanged
from tui.screens.key_context import given_up, why_fixed
from tui.screens.pane_screen import PaneScreen
from tui.widgets.setup.sheet import OPEN, SetupSheet

BESIDE_SETUP = 70
"""Columns from which on something of the run is seen beside the set-up."""

WIDE = 180
"""Columns from which on the set-up is wider."""


class SetupScreen(PaneScreen):
    """Opens the set-up, and tells it what has become of its changes."""

    def setup_sheet(self) -> SetupSheet:
        """The sheet, closed."""
        return SetupSheet(lambda: why_fixed(self.context), lambda: given_up(self.context))

    def fit_setup(self, columns: int) -> None:
        """Give the sheet a share of so many columns, or all of them."""
        self.set_class(columns < BESIDE_SETUP, "-setup-covers")
        self.set_class(columns >= WIDE, "-wide")

    def action_set_up(self) -> None:
        """Open the set-up, give it the focus, or close it."""
        self.query_one(SetupSheet).toggle()
        self.panes.stack(self.has_class(OPEN))
        self._panes_changed()

    def uncover(self) -> None:
        """Close the set-up where it covers the panes, as one of them is to be seen."""
        if self.has_class(OPEN) and self.has_class("-setup-covers"):
            self.query_one(SetupSheet).close()

    def take_preset(self, name: str) -> None:
        """Begin anew with the preset of that name, shown in the set-up."""
        if not self.has_class(OPEN):
            self.action_set_up()
        self.query_one(SetupSheet).take_preset(name)

    def take_refusal(self, text: str) -> bool:
        """Show a command's refusal where it was given; False if it is to be told as news."""
        return any(sheet.refuse(text) for sheet in self.query(SetupSheet))

    def on_setup_sheet_key_taken(self, event: SetupSheet.KeyTaken) -> None:
        self.take_key(event.key)

    @on(ScreenResume)
    @on(KeysChanged)
    @on(SetupSheet.Closed)
    def _let_due_report_come(self) -> None:
        self.post_message(DashboardResumed())

    def on_setup_sheet_closed(self) -> None:
        self.panes.stack(False)
        self._panes_changed()
