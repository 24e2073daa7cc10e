"""What has been asked for and is not in the last snapshot yet, so that quick keys add up."""

from dataclasses import dataclass

from engine.messages.commands import (
    Command,
    MakeSteps,
    Pause,
    Reset,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
)
from engine.messages.run_state import State
from engine.messages.snapshot import Snapshot


@dataclass(slots=True)
class Intentions:
    """How the run will be, once it has carried out every command so far."""

    alpha: float | None = None
    """None, as all below, where the last snapshot is right."""
    pace: int | None = None
    paused: bool | None = None
    seed: int | None = None
    commands: int = 0
    """How many were given so far."""

    def add(self, command: Command, seen: Snapshot) -> None:
        """Expect what `command` will do to the run that was `seen` last."""
        self.commands += 1
        match command:
            case Pause() | MakeSteps():
                self.paused = True
            case Resume():
                self.paused = False
            case SetAlpha(alpha):
                self.alpha = alpha
            case SetPace(pace):
                self.pace = pace
            case Reset(int(seed)):
                self.seed = seed
            case Rewind() if seen.divergence is not None:
                alpha = self.alpha_after(seen)
                self.alpha = alpha / 2.0 if alpha == seen.divergence.alpha else alpha

    def settle(self, heard: int) -> None:
        """Believe the last snapshot, if it was made when `heard` commands had come and those are
        all: then it shows what has become of them, whatever others have done since.
        """
        if heard == self.commands:
            self.forget()

    def forget(self) -> None:
        """Expect nothing but what the last snapshot shows."""
        self.alpha = self.pace = self.paused = self.seed = None

    def alpha_after(self, seen: Snapshot) -> float:
        """The learning rate then."""
        return seen.alpha if self.alpha is None else self.alpha

    def pace_after(self, seen: Snapshot) -> int:
        """The pace then."""
        return seen.pace if self.pace is None else self.pace

    def paused_after(self, seen: Snapshot) -> bool:
        """Whether it will stand still."""
        return seen.state is not State.RUNNING if self.paused is None else self.paused

    def seed_after(self, seen: Snapshot) -> int:
        """The seed then."""
        return seen.config.seed if self.seed is None else self.seed
