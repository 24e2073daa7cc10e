"""A session without process and clock: every frame happens when a test says so."""

import asyncio
from collections.abc import Callable

from engine.client.session import Session
from engine.config.checks import FULL_SPEED
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.errors import FileError, HostLostError
from engine.messages.commands import Command
from engine.messages.report import RunReport
from engine.messages.snapshot import Snapshot
from engine.messages.view import View
from engine.run.run import Run
from engine.storage import checkpoint
from engine.storage.exports.export import begin_export, written_in

FRAME_SECONDS = 0.05
"""What a frame is taken to last."""

STEPS_AT_FULL_SPEED = 1_000
"""What a frame is taken to hold at the pace without a limit."""


class InlineSession(Session):
    """Runs the trainer in the caller's own thread, one frame at each `tick`."""

    def __init__(
        self,
        config: TrainingConfig,
        pace: int = 50,
        dataset: Dataset | None = None,
        *,
        begin: Callable[[], Run] | None = None,
    ) -> None:
        """`begin` makes another run than a new one, such as a replay."""
        super().__init__()
        self._begin = begin or (lambda: Run(config, pace, dataset))
        self._run: Run | None = None
        self._changed = asyncio.Event()
        self._lost = False
        self.closed = False
        self.left = False
        self.saved: bytes | None = None
        """The last checkpoint."""

    @property
    def name(self) -> str:
        return "inline"

    @property
    def can_be_left(self) -> bool:
        return self._run is not None and not self._lost

    @property
    def run(self) -> Run:
        """The run, once started."""
        if self._run is None or self._lost:
            raise HostLostError("training has ended")
        return self._run

    async def start(self) -> None:
        self._run = self._begin()

    def tick(self, frames: int = 1) -> None:
        """Let `frames` frames pass."""
        run = self.run
        for _ in range(frames):
            steps = STEPS_AT_FULL_SPEED if run.pace == FULL_SPEED else run.pace
            before = run.state
            if run.advance(steps, FRAME_SECONDS) or run.state is not before:
                run.touch()
        self._changed.set()

    def lose(self) -> None:
        """Behave from now on as if the host had died."""
        self._lost = True
        self._changed.set()

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        while self.run.revision <= after:
            self._changed.clear()
            await self._changed.wait()
        return self.run.snapshot(view)

    async def send(self, command: Command) -> None:
        self.run.apply(command)
        self._changed.set()

    async def report(self) -> RunReport:
        return self.run.report()

    async def finish(self) -> RunReport:
        return self.run.report()

    async def save(self) -> None:
        self.saved = checkpoint.encode(self.run)
        if self.on_notice is not None:
            self.on_notice(f"saved at step {self.run.trainer.step:,}", False)

    async def export(self, kind: str, path: str) -> None:
        try:
            news, trouble = written_in(kind, begin_export(self.run, kind, path)()), False
        except FileError as error:
            news, trouble = f"{kind} not exported: {error}", True
        if self.on_notice is not None:
            self.on_notice(news, trouble)

    async def close(self) -> None:
        self.closed = True

    async def leave(self) -> None:
        self.left = True
