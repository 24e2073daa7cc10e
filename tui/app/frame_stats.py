"""What the picture costs: frames and bytes a second, and the processor time of a frame."""

from collections.abc import Callable

WINDOW_SECONDS = 1.0
"""The span that the figures are averages of, long enough to read them."""


class FrameStats:
    """Counts frames; `text` holds the figures of the last full span of WINDOW_SECONDS."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` returns seconds since any fixed moment."""
        self._clock = clock
        self.text = ""
        self._frames = 0

    def _begin(self, now: float, total_busy: float, total_bytes: int) -> None:
        self._since = now
        self._busy_before = total_busy
        self._bytes_before = total_bytes
        self._frames = 0

    def add(self, total_busy: float, total_bytes: int) -> None:
        """Count a frame; both are totals since the start, of processor seconds and of bytes."""
        if not self._frames:
            self._begin(self._clock(), total_busy, total_bytes)
        self._frames += 1
        now = self._clock()
        passed = now - self._since
        if passed < WINDOW_SECONDS:
            return
        rate = (total_bytes - self._bytes_before) / passed / 1000
        milliseconds = (total_busy - self._busy_before) / self._frames * 1000
        self.text = (
            f"{self._frames / passed:4.1f} frames/s {rate:6.1f} kB/s {milliseconds:5.1f} ms/frame"
        )
        self._begin(now, total_busy, total_bytes)
