"""Conditions under which a run ends before its last step. They are told losses and say a reason."""

import msgspec


def reached(loss: float, step: int, until_loss: float) -> str | None:
    """Why a run whose training loss before the update of `step` is `loss` ends: it is at or below
    `until_loss`. None while it is not.
    """
    if loss <= until_loss:
        return f"the training loss is {loss:.4g} at step {step:,}, not above {until_loss:g}"
    return None


class PatienceState(msgspec.Struct, frozen=True):
    """What patience remembers."""

    least: float | None = None
    """The least test loss so far."""
    since: int = 0
    """The step from which on it waits for one below."""


class Patience:
    """Ends a run when no test loss was below the least so far for a number of steps."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._state = PatienceState()

    def tell(self, step: int, loss: float) -> str | None:
        """Take the test `loss` of `step`; the reason to end the run, or None. NaN is below nothing."""
        least, since = self._state.least, self._state.since
        if loss < (float("inf") if least is None else least):
            self._state = PatienceState(loss, step)
            return None
        if step - since < self._steps:
            return None
        than = "no test loss was a number" if least is None else f"no test loss below {least:.4g}"
        return f"{than} for {step - since:,} steps, since step {since:,}"

    def wait_again(self, step: int) -> None:
        """Allow all of the steps once more from `step` on, for a run that is to go on."""
        self._state = msgspec.structs.replace(self._state, since=step)

    def state(self) -> PatienceState:
        """Everything that decides what it says next."""
        return self._state

    def restore(self, state: PatienceState) -> None:
        """Go on as the one did that gave `state`."""
        self._state = state
