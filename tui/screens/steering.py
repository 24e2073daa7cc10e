"""What a person can do to the run from the training view, as messages to the app."""

from textual.reactive import reactive
from textual.screen import Screen

from engine.config.checks import FULL_SPEED, MAX_SEED
from engine.messages.commands import Command, MakeSteps, Pause, Reset, Resume, SetAlpha, SetPace
from engine.messages.snapshot import Snapshot
from tui.messages import Steer
from tui.screens.intentions import Intentions
from tui.screens.ladders import next_alpha, next_pace
from tui.screens.value_prompt import AlphaScreen


class SteeringScreen(Screen[None]):
    """Turns keys into commands. What was asked for counts before it is seen to happen, so that
    quick keys add up.
    """

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False, always_update=True)
    """The run as last seen."""

    def __init__(self) -> None:
        super().__init__()
        self._wants = Intentions()
        self._pace_before = 50

    def steer(self, command: Command) -> None:
        """Have `command` carried out."""
        if self.snapshot is not None:
            self._wants.add(command, self.snapshot)
            self.post_message(Steer(command))

    def forget_wishes(self) -> None:
        """What was asked for is not allowed, and does not come."""
        self._wants.forget()

    def action_toggle_pause(self) -> None:
        """Pause, or go on."""
        if self.snapshot is not None:
            self.steer(Resume() if self._wants.paused_after(self.snapshot) else Pause())

    def action_one_step(self) -> None:
        """Pause and make one step."""
        self.steer(MakeSteps(1))

    def action_alpha(self, up: bool) -> None:
        """The next learning rate."""
        if self.snapshot is not None:
            self.steer(SetAlpha(next_alpha(self._wants.alpha_after(self.snapshot), up)))

    def action_type_alpha(self) -> None:
        """Ask for a learning rate."""
        if self.snapshot is not None:
            self.app.push_screen(
                AlphaScreen(self._wants.alpha_after(self.snapshot)), self._set_alpha
            )

    def _set_alpha(self, alpha: float | None) -> None:
        if alpha is not None:
            self.steer(SetAlpha(alpha))

    def action_pace(self, faster: bool) -> None:
        """The next pace."""
        if self.snapshot is not None:
            self.steer(SetPace(next_pace(self._wants.pace_after(self.snapshot), faster)))

    def action_full_speed(self) -> None:
        """As fast as it goes, or back."""
        if self.snapshot is None:
            return
        pace = self._wants.pace_after(self.snapshot)
        if pace == FULL_SPEED:
            self.steer(SetPace(self._pace_before))
        else:
            self._pace_before = pace
            self.steer(SetPace(FULL_SPEED))

    def action_restart(self) -> None:
        """Start over."""
        self.steer(Reset())

    def action_new_seed(self) -> None:
        """Start over with the next seed."""
        if self.snapshot is not None:
            self.steer(Reset((self._wants.seed_after(self.snapshot) + 1) % (MAX_SEED + 1)))
