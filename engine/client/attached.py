"""A session on a run that was started elsewhere, found by its name."""

import asyncio
from pathlib import Path

from engine.client.discovery import (
    ANSWER_SECONDS,
    NO_ANSWER,
    NoAnswerError,
    Unanswered,
    connected,
)
from engine.client.remote import RemoteSession
from engine.errors import HostLostError
from engine.messages.report import RunReport
from engine.wire import protocol
from engine.wire.protocol import Attach, StopRequest

STOP_SECONDS = 30.0
"""How long it may take to save its run and end, once it has answered."""


class AttachedSession(RemoteSession):
    """Attaches to a run and leaves it; `close` ends it."""

    frames_per_second_are_its_own = True
    began_before = True

    def __init__(self, folder: Path, name: str, *, watches: bool = False) -> None:
        """The run `name` in the socket folder `folder`; one that only `watches` cannot steer."""
        super().__init__()
        self.folder = self._folder = folder
        self._wanted = name
        self._watches = watches

    async def start(self, *, stops: bool = False) -> None:
        """Connect; HostLostError if there is no such run, NoAnswerError if it does not answer. With
        `stops`, it is told to end also if it does not answer yet.
        """
        channel = await connected(self._folder, self._wanted)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                also = (StopRequest(),) if stops else ()
                status = await channel.begin(Attach(protocol.VERSION, self._watches), *also)
            if status is None:
                raise HostLostError("the run has just ended")
        except TimeoutError:
            channel.writer.close()
            silent = Unanswered(self._wanted, channel.pid, NO_ANSWER)
            raise NoAnswerError(f"the run {self._wanted} {silent.line}", told=True) from None
        except BaseException:
            channel.writer.close()
            raise
        self.listen(channel, status)

    async def how_it_ended(self) -> str:
        return "the process that trains has closed its connection"

    async def finish(self) -> RunReport:
        # for one that only watches, it goes on
        return await (self.report() if self._watches else super().finish())

    async def close(self) -> None:
        """Have the run saved and ended; leave it if this one only watches."""
        if not self._watches:
            self.ask_to_stop()
            if self._listening is not None:
                await self._unless_hurried(self._listening, timeout=STOP_SECONDS)
                self._ends_later = not self._listening.done()
        await self.leave()

    async def leave(self) -> None:
        self.lose()
        if self._channel is not None:
            self._channel.writer.close()
        if self._listening is not None:
            await asyncio.wait({self._listening})
        self.lose()
