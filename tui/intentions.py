"""What has been asked for and not yet been seen to happen, so that quick keys add up."""

from dataclasses import dataclass

from engine.snapshot import Snapshot, State


@dataclass(slots=True)
class Intentions:
    """Each is None while the last snapshot says it all."""

    alpha: float | None = None
    pace: int | None = None
    paused: bool | None = None
    seed: int | None = None

    def settle(self, snapshot: Snapshot) -> None:
        """Forget what `snapshot` shows to have happened."""
        if snapshot.alpha == self.alpha:
            self.alpha = None
        if snapshot.pace == self.pace:
            self.pace = None
        if snapshot.config.seed == self.seed:
            self.seed = None
        if self.paused == (snapshot.state is not State.RUNNING):
            self.paused = None
