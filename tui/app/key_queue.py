"""Holds keys back behind one that has its effect late, until that is done.

A key goes from one message queue to the next, and only at the end of its way it opens a screen, or
deletes a character. The keys behind it, which come in one burst over a slow line, would go to the screen
before, or be typed before.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.events import Key, Paste

HELD_SECONDS = 2.0
"""The longest that a key waits for the one before it."""

HOP_SECONDS = 0.5
"""The longest to wait for one message queue, which may be gone with its screen."""

LOOK_SECONDS = 0.01
"""Between two looks whether a screen is there that was asked for."""


class KeyQueue:
    """Holds back what is typed and pasted."""

    def __init__(
        self,
        app: App[Any],
        deliver: Callable[[Key | Paste], Awaitable[None]],
        is_late: Callable[[Key | Paste], bool],
        is_opening: Callable[[], bool],
        at_once: Collection[str],
    ) -> None:
        """`deliver` gives an event to the screen on top, and `is_late` says of one whether it has its
        effect so late that others have to wait. `is_opening` says whether a screen is on its
        way that the run has to answer for first. Keys that are `at_once` overtake those held back.
        """
        self._app = app
        self._deliver = deliver
        self._is_late = is_late
        self._is_opening = is_opening
        self._at_once = at_once
        self._waiting: deque[Key | Paste] = deque()
        self._settling: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        """Whether no key is held back or has an effect to come."""
        return self._settling is None

    async def take(self, event: Key | Paste) -> None:
        """Deliver `event`, as soon as it is its turn."""
        if isinstance(event, Key) and event.key in self._at_once:
            await self._deliver(event)
            return
        self._waiting.append(event)
        if self._settling is None:
            await self._deliver_next()

    async def _deliver_next(self) -> None:
        """Run by the app, as everything that a key does."""
        self._settling = None
        while self._waiting and self._settling is None:
            event, target = self._waiting.popleft(), self._target()
            is_late = self._is_late(event)
            await self._deliver(event)
            if is_late:
                self._settling = asyncio.create_task(self._settle(target))

    def _target(self) -> DOMNode:
        return self._app.focused or self._app.screen

    async def _settle(self, target: DOMNode) -> None:
        try:
            async with asyncio.timeout(HELD_SECONDS):
                await _pass_through(target)
                await self._come_to_rest()
        except (TimeoutError, ScreenStackError):
            pass
        self._app.call_later(self._deliver_next)

    async def _come_to_rest(self) -> None:
        """Until another way through all queues changes neither the screen nor the focus. A screen
        that is being opened answers when it is there.
        """
        before = None
        while before is not (before := self._target()) or self._is_opening():
            await _pass_through(before)
            if self._is_opening():
                await asyncio.sleep(LOOK_SECONDS)


async def _pass_through(node: DOMNode) -> None:
    """Wait for all that is in the message queues from `node` up to the app."""
    for each in node.ancestors_with_self:
        reached = asyncio.Event()
        if each.call_later(reached.set):
            try:
                async with asyncio.timeout(HOP_SECONDS):
                    await reached.wait()
            except TimeoutError:
                return
