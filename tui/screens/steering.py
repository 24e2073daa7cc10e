"""What a person can do to the run from the training view, as messages to the app."""

from textual.reactive import reactive
from textual.screen import Screen

from engine.commands import Command, MakeSteps, Pause, Reset, Resume, SetAlpha, SetPace
from engine.config import MAX_SEED
from engine.snapshot import AS_FAST_AS_IT_GOES, Snapshot, State
from tui.intentions import Intentions
from tui.ladders import next_alpha, next_pace
from tui.messages import Steer
from tui.screens.alpha import AlphaScreen


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
        self.post_message(Steer(command))

    def action_toggle_pause(self) -> None:
        """Pause, or go on."""
        if self.snapshot is None:
            return
        paused = self._wants.paused
        if paused is None:
            paused = self.snapshot.state is not State.RUNNING
        self._wants.paused = not paused
        self.steer(Resume() if paused else Pause())

    def action_one_step(self) -> None:
        """Pause and make one step."""
        self._wants.paused = True
        self.steer(MakeSteps(1))

    def action_alpha(self, up: bool) -> None:
        """The next learning rate."""
        if self.snapshot is not None:
            now = self.snapshot.alpha if self._wants.alpha is None else self._wants.alpha
            self._set_alpha(next_alpha(now, up))

    def _set_alpha(self, alpha: float | None) -> None:
        if alpha is not None:
            self._wants.alpha = alpha
            self.steer(SetAlpha(alpha))

    def action_type_alpha(self) -> None:
        """Ask for a learning rate."""
        if self.snapshot is not None:
            self.app.push_screen(AlphaScreen(self.snapshot.alpha), self._set_alpha)

    @property
    def _pace(self) -> int:
        if self._wants.pace is not None or self.snapshot is None:
            return self._wants.pace or 0
        return self.snapshot.pace

    def _set_pace(self, pace: int) -> None:
        self._wants.pace = pace
        self.steer(SetPace(pace))

    def action_pace(self, faster: bool) -> None:
        """The next pace."""
        self._set_pace(next_pace(self._pace, faster))

    def action_full_speed(self) -> None:
        """As fast as it goes, or back."""
        if self._pace == AS_FAST_AS_IT_GOES:
            self._set_pace(self._pace_before)
        else:
            self._pace_before = self._pace
            self._set_pace(AS_FAST_AS_IT_GOES)

    def action_restart(self) -> None:
        """Start over."""
        self.steer(Reset())

    def action_new_seed(self) -> None:
        """Start over with the next seed."""
        if self.snapshot is not None:
            now = self.snapshot.config.seed if self._wants.seed is None else self._wants.seed
            self._wants.seed = (now + 1) % (MAX_SEED + 1)
            self.steer(Reset(self._wants.seed))
