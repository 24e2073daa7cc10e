"""When the next part of a frame may be written, and how large: by the terminal's answers.

Between a program and a terminal over SSH lie buffers of a quarter of a megabyte. A slow line takes
minutes to empty them, and nothing that the program can see of its own end says so. So each part
ends with a request that the terminal answers once it has displayed what came before it (DSR,
`CSI 5 n`), and the next one waits for that answer: what a person sees is never older than one part.

Knows no terminal and no clock: it is told the time, in seconds since any fixed moment.
"""

from collections import deque
from dataclasses import dataclass, replace
from math import inf

from tui.terminal.line_meter import LineFigures, LineMeter

REQUEST = "\x1b[5n"

PART_SECONDS = 0.5
"""How long the line may be busy with one part."""

URGENT_SECONDS = 0.15
"""The same for what a key changed, which does not wait for an answer."""

LEAST_ROOM = 120
"""Bytes of the smallest part."""

GROWTH = 4
"""How many times as large as the largest that was displayed a part may be, on a line whose rate is
not known.
"""

PATIENCE_SECONDS = 1.0
"""How much later than expected an answer may come."""

LONG_ROUND_TRIP = 0.05
"""Seconds from which on two parts may be under way, if the line hardly needs any time for them."""

MOST_UNDER_WAY, MOST_IN_SILENCE = 3, 8
"""Parts under way that still let an urgent one go: while answers come, and while they do not."""

MOST_REMEMBERED = 64
"""Parts that are remembered of those that nobody has answered."""

SILENT_SECONDS = 1.0, 5.0
"""Between two parts after answers have failed to come: at first, and at most."""

LATE_SECONDS = 0.15
"""From this delay of an answer on, a newer picture can be drawn before the next part."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes under way."""

    sent: float
    size: int
    alone: bool
    """Whether nothing else was under way when it was sent."""
    ends_frame: bool


class LineFlow:
    """Keeps one part under way, or two where that does no harm."""

    def __init__(self, believed: float = inf) -> None:
        """`believed` is what the line carries if the terminal never answers, in bytes a second."""
        self._believed = believed
        self._meter = LineMeter()
        self._under_way: deque[_Part] = deque(maxlen=MOST_REMEMBERED)
        self._asked: float | None = None
        """When the terminal was asked for the first time."""
        self._answered: float | None = None
        """When it answered for the last time."""
        self._late = 0.0
        """After how many seconds that answer came."""
        self._free = 0.0
        """Where no answers come: when the next part may go."""
        self._silence = 0.0
        """Seconds between parts since answers have failed to come; 0 while they come."""
        self._in_doubt = False
        """Whether answers have come again, and may never come for some parts: nothing more is sent
        until all have come, or no more do.
        """
        self._largest = 0
        """Bytes of the largest part that was displayed in time."""
        self._frame_began: float | None = None
        self._frame_seconds: float | None = None

    # -- what happens

    def sent(self, size: int, now: float, *, ends_frame: bool = False) -> None:
        """A part of `size` bytes is being written, its request included; with it, the frame is whole
        if `ends_frame`.
        """
        if self._asked is None:
            self._asked = now
        if self._frame_began is None:
            self._frame_began = now
        self._under_way.append(_Part(now, size, not self._under_way, ends_frame))
        self._free = max(self._free, now) + (self._silence or size / self._believed)
        self._silence = min(2 * self._silence, SILENT_SECONDS[1])

    def end_frame(self) -> None:
        """Nothing is left to be sent: the frame was whole with the last part."""
        if self._under_way:
            self._under_way[-1] = replace(self._under_way[-1], ends_frame=True)
        else:
            self._frame_began = None

    def answered(self, now: float) -> None:
        """The terminal has displayed the oldest part that is under way."""
        if self._silence or (self._answered is None and self._is_overdue(now)):
            self._silence, self._in_doubt = 0.0, True
        self._answered = now
        if not self._under_way:
            return
        part = self._under_way.popleft()
        self._late = now - part.sent
        if not self._in_doubt and part.alone:
            self._meter.add(part.size, self._late, now)
        self._in_doubt = self._in_doubt and bool(self._under_way)
        if self._late < self._round_trip + PART_SECONDS:
            self._largest = max(self._largest, part.size)
        if part.ends_frame and self._frame_began is not None:
            self._frame_seconds = now - self._frame_began
            self._frame_began = self._under_way[0].sent if self._under_way else None

    # -- what follows from it

    def wait(self, now: float) -> float:
        """Seconds until the next part may be written, should no answer come before; 0 if at once."""
        self._give_up_late(now)
        if self._answered is None:
            if self._asked is None or self._believed == inf:
                return 0.0
            return max(self._free, self._asked + PATIENCE_SECONDS, now) - now
        if self._silence:
            return max(self._free - now, 0.0)
        if not self._under_way or self._second_does_no_harm:
            return 0.0
        return self._patience_ends - now

    def _is_overdue(self, now: float) -> bool:
        """Whether the first answer should have come before."""
        return self._asked is not None and now > self._asked + PATIENCE_SECONDS

    def _give_up_late(self, now: float) -> None:
        if self._answered is None or self._silence or now < self._patience_ends:
            return
        if self._in_doubt:
            # an answer was lost: the terminal answers, and has displayed everything
            self._under_way.clear()
            self._in_doubt = False
        else:
            self._silence, self._free = SILENT_SECONDS[0], now

    @property
    def _patience_ends(self) -> float:
        """When the oldest answer is too late."""
        if not self._under_way:
            return inf
        waits_since, size = self._under_way[0].sent, self._size_under_way
        if self._in_doubt:
            # they come one after the other, if they come at all
            waits_since = max(waits_since, self._answered or 0.0)
            size = max(part.size for part in self._under_way)
        expected = self._round_trip + size / (self._meter.rate or self._believed)
        return waits_since + 2 * expected + PATIENCE_SECONDS

    @property
    def _round_trip(self) -> float:
        return self._meter.round_trip or 0.0

    @property
    def _size_under_way(self) -> int:
        return sum(part.size for part in self._under_way)

    @property
    def _second_does_no_harm(self) -> bool:
        busy = self._size_under_way / (self._meter.rate or self._believed)
        trip = self._round_trip
        return (
            len(self._under_way) == 1
            and not self._in_doubt
            and trip >= LONG_ROUND_TRIP
            and busy < trip / 2
            and self._late < trip * 3 / 2
        )

    @property
    def urgent_may_go(self) -> bool:
        """Whether what a key changed may be written now, whatever else is under way."""
        if self._answered is None:
            return False
        return len(self._under_way) < (MOST_IN_SILENCE if self._silence else MOST_UNDER_WAY)

    def room(self, *, urgent: bool = False) -> float:
        """About how many bytes the next part may have."""
        seconds = URGENT_SECONDS if urgent else PART_SECONDS
        rate = self._meter.rate
        if self._answered is not None and self._meter.round_trip is None:
            return LEAST_ROOM  # to be compared with larger ones
        if rate is None:
            rate = max(self._believed, GROWTH * self._largest / PART_SECONDS)
        return max(rate * seconds, LEAST_ROOM)

    @property
    def is_slow(self) -> bool:
        """Whether there is time to draw a newer picture before the next part."""
        return self._answered is not None and self._late > LATE_SECONDS

    @property
    def awaits_answers(self) -> bool:
        """Whether answers are still to come, late as they may be."""
        return self._answered is not None and bool(self._under_way)

    @property
    def figures(self) -> LineFigures:
        """What is known of the line."""
        return LineFigures(self._meter.round_trip, self._meter.rate, self._frame_seconds)
