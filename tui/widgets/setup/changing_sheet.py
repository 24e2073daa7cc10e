"""How the set-up sheet changes the run: at once what it takes live, and what begins it anew after a rest."""

from collections.abc import Callable

from textual.timer import Timer

from engine.config.changes import Changes
from engine.messages.commands import Command
from tui.messages import Steer
from tui.widgets.setup.preset_row import preset_changes
from tui.widgets.setup.sections import PRESETS_SECTION
from tui.widgets.setup.sheet_view import SheetView

REST_SECONDS = 0.4
"""How long a value that begins the run anew rests, before it does."""

LATE_SECONDS = 0.5
"""After so long without an answer, the sheet says that something is being loaded."""


class ChangingSheet(SheetView):
    """Sends what is changed, and shows what is refused."""

    def __init__(self, refusal: Callable[[], str], question: Callable[[], str]) -> None:
        """`refusal` says why nothing can be changed, and `question` what is asked before the run begins
        anew; both are empty if nothing is.
        """
        super().__init__(refusal)
        self._question = question
        self._rest: Timer | None = None

    def take_preset(self, name: str) -> None:
        """Show the presets, and take the one of that name."""
        self._drop()
        self._state.go_to_row(PRESETS_SECTION, name)
        self._try(preset_changes(name), at_once=True)
        self.redraw()

    def _try(self, changes: Changes | None, *, at_once: bool = False) -> None:
        """Change the settings, or say why not."""
        self._make(changes, at_once=at_once)
        self.redraw()

    def _make(self, changes: Changes | None, *, at_once: bool) -> None:
        row = self._state.row
        if changes is None or row is None:
            return
        refusal = self._refusal()
        if refusal:
            self._state.problem = refusal
            return
        command = self._state.propose(changes, live=row.is_live, even_if_same=row.begins_at_once)
        self._stop_resting()
        if command is not None:
            self._send(command)
        elif self._state.draft.pending and at_once:
            self._begin_anew()
        elif self._state.draft.pending:
            self._rest = self.set_timer(REST_SECONDS, self._begin_anew)

    def _begin_anew(self) -> None:
        self._stop_resting()
        command = self._state.begin_anew(self._question())
        if command is not None:
            self._send(command)
        self.redraw()

    def _send(self, command: Command) -> None:
        self.post_message(Steer(command))
        self.set_timer(LATE_SECONDS, self._say_late)

    def _say_late(self) -> None:
        self._state.is_late = bool(self._state.draft.sent)
        self.redraw()

    def _leave_row(self) -> None:
        """What waits there is begun with, unless that has to be asked for."""
        if self._state.draft.pending and not self._question():
            self._begin_anew()
        self._drop()

    def _drop(self) -> None:
        self._stop_resting()
        self._state.drop()

    def _stop_resting(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def refuse(self, problem: str) -> bool:
        """Show why the run has not taken a change; False if it was not told any by this sheet."""
        if not self.display or not self._state.draft.sent:
            return False
        self._state.refuse(problem)
        self.redraw()
        return True
