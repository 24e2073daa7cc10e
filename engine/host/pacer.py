"""Lets a run go on in an event loop: in bursts short enough that no message waits for long."""

import asyncio
import contextlib
from collections.abc import Callable

from engine.config.checks import FULL_SPEED, MAX_STEPS, check_positive
from engine.host.bursts import Bursts
from engine.messages.commands import Command
from engine.messages.run_state import State
from engine.run.run import Run

BURST_SECONDS = 0.004
"""How long a message may have to wait until it is read."""

TURNS_FOR_A_MESSAGE = 3
"""Turns of the loop from bytes in the socket to the message handled: one to see and read them,
one to wake the connection, one until it has run."""

LONG_BURST_SECONDS = 0.1
"""A burst that takes as long is one update of a large network."""

REST_SHARE = 50
"""After a long burst, one in so many parts of its time is kept free for messages: to attach, and to
be answered, takes a few turns to and fro, which must not wait for an update each.
"""

MAX_FRAMES_PER_SECOND = 1_000.0


class Pacer:
    """Lets a run go at its pace, frame by frame in short bursts, and tells its watchers.

    A frame lasts a fixed time. At a pace, it brings so many updates and then rest; as fast as it
    goes, it is full of updates. Its end, and every command, is a change that watchers are told of.
    """

    def __init__(self, run: Run, frames_per_second: float) -> None:
        check_positive("fps", frames_per_second, MAX_FRAMES_PER_SECOND)
        self.run = run
        self.watchers: set[Callable[[], None]] = set()
        """Called, between two updates, whenever the run's revision has grown."""
        self._period = 1.0 / frames_per_second
        self._clock = asyncio.get_running_loop().time
        self._awake = asyncio.Event()
        self._cut = False
        self._bursts = Bursts(run, BURST_SECONDS, self._clock)
        self._untold = False
        # updates that the rate meter does not have yet, and since when; None between frames
        self._uncounted = 0
        self._counted_until: float | None = None

    def apply(self, command: Command) -> None:
        """Carry out `command` now; ConfigError if it is not allowed."""
        command = self.run.resolved(command)
        if command.cuts_frame:
            self._count()  # what was done at the old pace, or in the old run
        self.run.apply(command)
        if command.cuts_frame:
            self._cut, self._counted_until = True, None
        self._untold = False
        self._awake.set()
        self.tell()

    async def drive(self) -> None:
        """Make updates for ever; without a timer or a wake-up while there are none to make."""
        while True:
            while self.run.state is not State.RUNNING:
                self._awake.clear()
                await self._awake.wait()
            await self._run_frames()

    @property
    def _goes_on(self) -> bool:
        return not self._cut and self.run.state is State.RUNNING

    async def _run_frames(self) -> None:
        """Frame after frame, as long as the run goes on as it does."""
        self._cut = False
        pace = self.run.pace
        quota = MAX_STEPS if pace == FULL_SPEED else pace
        start = self._counted_until = self._clock()
        self._uncounted = left = 0
        while self._goes_on:
            end = start + self._period
            # what a frame had no time for is the next one's, but never more than one frame's worth
            left = quota + min(left, quota)
            left -= await self._make_updates(left, end)
            if not (self._goes_on and self._clock() < end):
                self._count()  # no rest follows: the snapshot can have the rate of these, too
            self._show()
            await self._wait_until(end)
            self._count()
            now = self._clock()
            start = end if now < end + self._period else now
        self._counted_until = None

    async def _make_updates(self, most: int, end: float) -> int:
        """Make `most` updates, or as many as there is time for; returns how many."""
        made = 0
        while made < most and self._goes_on and self._clock() < end:
            burst = self._bursts.make(most - made)
            made += burst
            self._uncounted += burst
            self._untold = True
            for _ in range(TURNS_FOR_A_MESSAGE):
                await asyncio.sleep(0)
            if self._bursts.seconds > LONG_BURST_SECONDS:
                await asyncio.sleep(self._bursts.seconds / REST_SHARE)
        return made

    def _show(self) -> None:
        """Tell of the updates made, if any were since watchers were last told."""
        if self._untold:
            self._untold = False
            self.run.touch()
            self.tell()

    def tell(self) -> None:
        """Call all watchers, as the run's revision has grown."""
        for watcher in list(self.watchers):
            watcher()

    async def _wait_until(self, end: float) -> None:
        """Rest until `end`, or until the run goes on no longer as it does."""
        if not (self._goes_on and self._clock() < end):
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(end):
                while self._goes_on:
                    self._awake.clear()
                    await self._awake.wait()

    def _count(self) -> None:
        """Give the rate meter what was done since the last time; rest within a frame counts."""
        if self._counted_until is None:
            return
        now = self._clock()
        self.run.rate.add(self._uncounted, now - self._counted_until)
        self._uncounted, self._counted_until = 0, now
