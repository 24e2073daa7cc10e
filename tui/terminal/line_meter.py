"""What a line to the terminal is like, from how long answers took: its round trip and its rate.

With a round trip of `t0` seconds and a rate of `r` bytes a second, the answer to `n` bytes comes
after `t0 + n / r`. Two answers to different amounts give both.
"""

from dataclasses import dataclass

MEASURABLE_SECONDS = 0.02
"""Differences of time below this one say nothing about the line."""

SAMPLE_SECONDS = 60.0
"""How long the quickest answer counts."""


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What is known of the line; None for what is not."""

    round_trip: float | None = None
    """Seconds from a request to its answer on an idle line."""
    bytes_per_second: float | None = None
    """What the line carries; None also if it is faster than can be measured."""
    frame_seconds: float | None = None
    """How long the last whole frame took, from its first byte until it was displayed."""


class LineMeter:
    """Keeps the quickest answer, and compares the others with it."""

    def __init__(self) -> None:
        self._quickest: tuple[float, float, int] | None = None
        """When it came, after how many seconds, and for how many bytes."""
        self.rate: float | None = None
        """Bytes a second; None as long as more bytes have made no difference."""

    @property
    def round_trip(self) -> float | None:
        """Seconds; None before the first answer."""
        if self._quickest is None:
            return None
        _, seconds, size = self._quickest
        return seconds if self.rate is None else max(seconds - size / self.rate, 0.0)

    def add(self, size: int, seconds: float, now: float) -> None:
        """An answer came `now`, `seconds` after `size` bytes were under way."""
        quickest = self._quickest
        if quickest is None or seconds <= quickest[1] or now - quickest[0] > SAMPLE_SECONDS:
            self._quickest = now, seconds, size
            return
        longer, larger = seconds - quickest[1], size - quickest[2]
        if larger <= quickest[2]:
            return  # too much alike
        if longer >= MEASURABLE_SECONDS:
            rate = larger / longer
            self.rate = rate if self.rate is None else (self.rate + rate) / 2
        elif self.rate is not None:
            self.rate = max(self.rate, larger / MEASURABLE_SECONDS)
