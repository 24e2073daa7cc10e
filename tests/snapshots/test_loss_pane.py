"""Pictures of the loss pane alone: the course before, a step looked at, a schedule's alpha, and what is
seen where both losses lie in one cell.
"""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command, Reset, SetAlpha
from engine.messages.view import View
from engine.run.run import Run
from tui.app.base_app import BaseApp
from tui.app.dashboard_options import DashboardOptions
from tui.widgets.loss_pane import LossPane

SnapCompare = Callable[..., bool]


class LossApp(BaseApp):
    """Only the pane, on a run to which this was done: commands, and numbers of updates in between."""

    def __init__(
        self, *doings: Command | int, ascii_only: bool = False, theme: str = "dark", **settings: Any
    ) -> None:
        super().__init__(DashboardOptions(10, 20, ascii_only, mouse=True, theme=theme))
        self._run_shown = Run(TrainingConfig(**settings), 10)
        for doing in doings:
            if isinstance(doing, int):
                self._run_shown.advance(doing)
            else:
                self._run_shown.apply(doing)

    def compose(self) -> ComposeResult:
        yield LossPane()

    async def show(self, pilot: Pilot[object], *keys: str) -> None:
        """Press `keys` on the run as the pane asks for it."""
        pane = self.screen.query_one(LossPane)
        pane.look = self.look
        await pilot.pause()  # until it knows its size
        pane.snapshot = self._run_shown.snapshot(pane.asks_for(View()))
        pane.focus()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()


def looks_the_same(
    snap_compare: SnapCompare, size: tuple[int, int], app: LossApp, *keys: str
) -> bool:
    async def show(pilot: Pilot[object]) -> None:
        await app.show(pilot, *keys)

    return snap_compare(app, terminal_size=size, run_before=show)


def test_given_a_second_course_when_a_step_is_looked_at_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    """Given another alpha, then the faint curve is that of the smaller one before."""
    app = LossApp(400, Reset(None, 0.6), 200, SetAlpha(0.8), 100)
    keys = ("home", "shift+right", "shift+right", "shift+right", "shift+right")
    assert looks_the_same(snap_compare, (120, 16), app, *keys)


def test_given_a_schedule_with_batches_when_drawn_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = LossApp(900, schedule="cosine", warm_up=100, steps=1_200, batch_size=30, theme="light")
    assert looks_the_same(snap_compare, (100, 14), app, "end", "shift+left")


def test_given_no_colour_when_drawn_then_every_curve_has_its_own_mark(
    snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = LossApp(300, Reset(None, 0.5), 250, schedule="step:100:0.7")
    assert looks_the_same(snap_compare, (80, 14), app, "left", "shift+left")


def test_given_a_narrow_pane_in_ascii_when_a_step_is_looked_at_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = LossApp(300, Reset(None, 0.5), 250, schedule="step:100:0.7", ascii_only=True)
    assert looks_the_same(snap_compare, (40, 11), app, "left", "shift+left")
