"""A dashboard over an inline session, and what a test reads from its screen."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from rich.cells import cell_len
from textual._context import visible_screen_stack
from textual.pilot import Pilot

from engine.client.inline import InlineSession
from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command
from engine.messages.report import RunReport
from engine.messages.snapshot import Snapshot
from engine.messages.view import View
from tui.app.app import MoonwalkApp
from tui.app.dashboard_options import DashboardOptions

WIDE, NARROW = (120, 40), (80, 24)

CONFIG = TrainingConfig(steps=400)
PACE = 10

OPTIONS = DashboardOptions(pace=PACE, fps=20, ascii_only=False, mouse=True, theme="dark")
HOPS = 6
"""Twice of what the way from a key to the session and back to the panes takes."""

ASCII_OPTIONS = DashboardOptions(pace=PACE, fps=20, ascii_only=True, mouse=True, theme="dark")


class WatchedSession(InlineSession):
    """Remembers what it was told, and can keep its answers back."""

    def __init__(self, config: TrainingConfig = CONFIG, *, held: bool = False) -> None:
        super().__init__(config, PACE)
        self.commands: list[Command] = []
        self.answers = 0
        self._held = held

    def hold(self) -> None:
        """Answer no more: the dashboard goes on with the snapshot that it has."""
        self._held = True

    def release(self) -> None:
        """Answer again."""
        self._held = False
        self._changed.set()

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        while self._held:
            self._changed.clear()
            await self._changed.wait()
        found = await super().snapshot(view, after)
        # a revision that came while the answers are kept back is not to be seen
        if self._held:
            return await self.snapshot(view, after)
        self.answers += 1
        return found

    @property
    def carried_out(self) -> list[Command]:
        """What has become of the commands: relative ones have a value there."""
        return [one.command for one in self.run.commands]

    async def send(self, command: Command) -> None:
        self.commands.append(command)
        await super().send(command)


@dataclass
class Dashboard:
    """An app that runs, with hands and eyes."""

    app: MoonwalkApp
    session: WatchedSession
    pilot: Pilot[RunReport]

    async def settle(self) -> None:
        """Let everything that is on its way arrive, by as many hops as the longest way has; keys that
        are held back first.
        """
        await self.pilot.pause(0)
        for _ in range(1_000):
            if self.app.keys.is_idle or self.app._exit:
                break
            await asyncio.sleep(0.005)
        for _ in range(HOPS):
            await self.pilot.pause(0)

    async def press(self, *keys: str) -> None:
        """One after the other, each when all that the one before has done is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def tick(self, frames: int = 1) -> None:
        self.session.tick(frames)
        await self.settle()

    async def click(self, column: int, row: int) -> None:
        await self.pilot.click(offset=(column, row))
        await self.settle()

    async def click_on(self, words: str) -> None:
        """Click in the middle of `words`, where they stand on the screen last."""
        row = max(number for number, line in enumerate(self.lines) if words in line)
        await self.click(self.lines[row].index(words) + len(words) // 2, row)

    async def resize(self, columns: int, rows: int) -> None:
        """Textual takes up the new size a moment later, by the clock."""
        await self.pilot.resize_terminal(columns, rows)
        await self.until(lambda: [cell_len(line) for line in self.lines] == [columns] * rows)
        await self.settle()

    async def until(self, condition: Callable[[], bool], looks: int = 1_000) -> None:
        """Wait for something that is done apart from messages."""
        for _ in range(looks):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"in vain:\n{self.text}")

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, a string a row."""
        token = visible_screen_stack.set(self.app._background_screens)
        try:
            strips = self.app.screen._compositor.render_strips()
        finally:
            visible_screen_stack.reset(token)
        return [strip.text for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def status(self) -> str:
        """The two lines that say where the run stands."""
        return "\n".join(self.lines[-3:-1])

    @property
    def keys(self) -> str:
        """The line that names the keys."""
        return self.lines[-1]

    @property
    def colors(self) -> set[str]:
        """Every background on the screen."""
        return {
            segment.style.bgcolor.name
            for strip in self.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.bgcolor
        }

    @property
    def focused(self) -> str | None:
        """The name of the pane that has the focus."""
        return self.app.focused.id if self.app.focused else None

    @property
    def offered(self) -> set[str]:
        """What the palette offers, by the keys' tooltips."""
        return {choice.text for choice, _ in self.app.commands(self.app.screen)}


async def give_way(*_: float) -> None:
    """Let the others do something."""
    await asyncio.sleep(0)


@asynccontextmanager
async def dashboard(
    session: WatchedSession | None = None,
    *,
    size: tuple[int, int] = WIDE,
    options: DashboardOptions = OPTIONS,
    ticks: int = 0,
    color: str = "truecolor",
    app_class: type[MoonwalkApp] = MoonwalkApp,
) -> AsyncIterator[Dashboard]:
    """An app that shows its first snapshot, and `ticks` frames later."""
    session = session or WatchedSession()
    with pytest.MonkeyPatch.context() as patch:
        # Textual reads its variables when it is imported, which may be long ago
        patch.setattr("textual.constants.COLOR_SYSTEM", color)
        patch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
        # it guesses from the processor's load; `settle` counts messages, and is quicker
        patch.setattr("textual.app.wait_for_idle", give_way)
        patch.setattr("textual.pilot.wait_for_idle", give_way)
        app = app_class(session, options)
        async with app.run_test(size=size, notifications=True) as pilot:
            shown = Dashboard(app, session, pilot)
            await shown.settle()
            if ticks:
                await shown.tick(ticks)
            yield shown
