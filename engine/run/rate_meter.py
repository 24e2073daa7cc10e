"""How fast a run goes, from the steps made and the seconds that they took."""

WINDOW_SECONDS = 1.0
"""Over which the present rate is taken, so that the shown number is steady."""


class RateMeter:
    """Adds up steps and seconds; time in which nothing was to be done is not given to it."""

    def __init__(self) -> None:
        self._steps = 0
        self._seconds = 0.0
        self._recent_steps = 0
        self._recent_seconds = 0.0
        self._lately = 0.0

    def add(self, steps: int, seconds: float) -> None:
        """Count `steps` that took `seconds`, waiting for the frame included."""
        self._steps += steps
        self._seconds += seconds
        self._recent_steps += steps
        self._recent_seconds += seconds
        if self._recent_seconds >= WINDOW_SECONDS:
            self._lately = self._recent_steps / self._recent_seconds
            self._recent_steps, self._recent_seconds = 0, 0.0

    def forget(self) -> None:
        """Measure the present rate anew, as the pace has changed."""
        self._recent_steps, self._recent_seconds = 0, 0.0
        self._lately = 0.0

    @property
    def seconds(self) -> float:
        """Seconds in all."""
        return self._seconds

    @property
    def lately(self) -> float:
        """Steps a second in the last whole window, or in the first one so far; 0 if unknown."""
        if self._lately or not self._recent_seconds:
            return self._lately
        return self._recent_steps / self._recent_seconds

    @property
    def overall(self) -> float:
        """Steps a second since the start."""
        return self._steps / self._seconds if self._seconds else 0.0
