"""Asks a session for one snapshot after the other, no faster than the frame rate and the terminal
allow.
"""

import asyncio
import time
from collections.abc import Callable

from engine.client.session import Session
from engine.messages.commands import Command
from engine.messages.snapshot import Snapshot
from engine.messages.view import View

STALLED_SECONDS = 0.02
"""Between two looks at a terminal that has stopped reading."""

PATIENCE = 0.9
"""The share of a frame's time to wait before the next is asked for. With all of it, the request to a
host whose frames are as long would come just after a frame, and wait for the next one.
"""


class FrameLoop:
    """Shows a run frame by frame; a new view or a command is shown before the next one's time."""

    def __init__(
        self,
        session: Session,
        view: Callable[[], View],
        show: Callable[[Snapshot], None],
        stalled: Callable[[], bool],
        frames_per_second: float,
    ) -> None:
        """`view` is asked what the next snapshot has to hold, `stalled` whether the terminal still
        has to take what it was sent.
        """
        self._session = session
        self._view = view
        self._show = show
        self._stalled = stalled
        own = session.frames_per_second_are_its_own
        self._period = PATIENCE / frames_per_second if own else 0.0
        self._view_changed = asyncio.Event()
        self._hurried = asyncio.Event()
        self._stopped = False
        self._shown_view: View | None = None
        self._shown_revision = -1
        self._due = 0.0

    @property
    def has_shown(self) -> bool:
        """Whether there was a first frame."""
        return self._shown_revision >= 0

    def view_changed(self) -> None:
        """Something else is to be drawn."""
        self._view_changed.set()
        self._hurried.set()

    async def steer(self, command: Command) -> None:
        """Have `command` carried out, and show its effect without waiting for the next time."""
        await self._session.send(command)
        self._hurried.set()  # only now, so that the next snapshot is asked for after the command

    def stop(self) -> None:
        """Ask for nothing more."""
        self._stopped = True

    async def run(self) -> None:
        """Until it is stopped; HostLostError or ConfigError if the session fails."""
        await self._session.start()
        await self._view_changed.wait()  # until the panes have their sizes
        while not self._stopped:
            await self._show_next()

    async def _show_next(self) -> None:
        """Wait for something new, or for the view to change, and show it."""
        await self._until_due()
        # while the terminal does not take what it was sent, nothing newer is asked for
        while self._stalled() and not self._stopped and not self._hurried.is_set():
            await asyncio.sleep(STALLED_SECONDS)
        self._hurried.clear()
        self._view_changed.clear()
        view = self._view()
        after = self._shown_revision if view == self._shown_view else -1
        asked = asyncio.ensure_future(self._session.snapshot(view, after))
        turned = asyncio.ensure_future(self._view_changed.wait())
        try:
            await asyncio.wait({asked, turned}, return_when=asyncio.FIRST_COMPLETED)
            if asked.done() and not self._stopped:
                snapshot = await asked
                self._shown_view, self._shown_revision = view, snapshot.revision
                self._due = time.monotonic() + self._period
                self._show(snapshot)
        finally:
            for waiting in (asked, turned):
                waiting.cancel()

    async def _until_due(self) -> None:
        wait = self._due - time.monotonic()
        if wait > 0 and not self._hurried.is_set():
            await asyncio.wait(
                {hurried := asyncio.ensure_future(self._hurried.wait())}, timeout=wait
            )
            hurried.cancel()
