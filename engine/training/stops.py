"""The conditions under which a run ends before its last step, and what it was told of its losses."""

from engine.config.training_config import TrainingConfig
from engine.training.stop_conditions import Patience, PatienceState, reached


class Stops:
    """Decides from the losses at some steps whether the run is to end."""

    def __init__(self, config: TrainingConfig) -> None:
        self._until = config.until_loss
        self._steps = config.patience
        self._patience = None if config.patience is None else Patience(config.patience)
        self.reason = ""
        """Why it has ended; empty while it goes on."""
        self.goes_past = False
        """Whether the loss to stop at does not count any more, as it was told to go on after it."""

    @property
    def needs_train_loss(self) -> bool:
        """Whether the training loss is to be told, too."""
        return self._until is not None and not self.goes_past

    def tell(self, step: int, train_loss: float | None, test_loss: float) -> None:
        """Take the losses at `step`."""
        reason = None
        if self._until is not None and train_loss is not None and not self.goes_past:
            reason = reached(train_loss, step, self._until)
        if self._patience is not None:
            waited = self._patience.tell(step, test_loss)
            reason = reason or waited
        self.reason = reason or ""

    def go_on(self, step: int) -> None:
        """Do not end for what has ended it already."""
        if self.reason and self._patience is not None:
            self._patience.wait_again(step)
        self.goes_past = self.goes_past or bool(self.reason and self._until is not None)
        self.reason = ""

    def forget_losses(self, step: int) -> None:
        """Wait anew from `step` on, as the run has gone back to there."""
        if self._patience is not None:
            self._patience.restore(PatienceState(since=step))

    def follow(self, before: "Stops", step: int) -> None:
        """Go on from `step` with what `before` remembers, as far as the conditions are the same."""
        same_loss, same_patience = self._until == before._until, self._steps == before._steps
        if self._patience is not None:
            patience = before.patience if same_patience else PatienceState(since=step)
            self._patience.restore(patience)
        self.goes_past = before.goes_past and same_loss
        self.reason = before.reason if same_loss and same_patience else ""

    @property
    def patience(self) -> PatienceState:
        """What patience remembers."""
        return PatienceState() if self._patience is None else self._patience.state()

    def restore(self, patience: PatienceState, reason: str, *, goes_past: bool) -> None:
        """Be as it was saved."""
        if self._patience is not None:
            self._patience.restore(patience)
        self.reason, self.goes_past = reason, goes_past
