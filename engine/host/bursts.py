"""Updates in bursts that last about as long as is wanted, whatever the network's size."""

from collections.abc import Callable

from engine.run.run import Run


class Bursts:
    """Makes the updates of one run; learns how many of them fill a burst."""

    def __init__(self, run: Run, seconds: float, clock: Callable[[], float]) -> None:
        """`seconds` is how long a burst shall last; `clock` gives seconds, from anywhere."""
        self._run = run
        self._wanted = seconds
        self._clock = clock
        self._steps = 1
        self.seconds = 0.0
        """How long the last burst took."""

    def make(self, most: int) -> int:
        """Make one burst of at most `most` updates; returns how many were made."""
        began = self._clock()
        made = self._run.advance(min(most, self._whole_intervals(self._steps)))
        self.seconds = max(self._clock() - began, 1e-9)
        # up in doubling steps only, as a step's time is a guess at first and varies later
        fitting = min(int(made * self._wanted / self.seconds), 2 * self._steps)
        self._steps = max(1, fitting)
        return made

    def _whole_intervals(self, steps: int) -> int:
        """About `steps`, ended between two of the trainer's intervals if they reach the end of one:
        it works out losses an interval at a time.
        """
        interval = self._run.trainer.losses.interval
        beyond = (self._run.trainer.step + steps) % interval
        if beyond >= steps:
            return steps
        return steps - beyond if 2 * beyond < interval else steps + interval - beyond
