"""Pictures of the layer pane alone: the next update written out and drawn, the marks of a step, what is
frozen or switched off.
"""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command, FreezeWider, MakeSteps, SetAlpha, ToggleNode
from engine.messages.view import View
from engine.run.run import Run
from tui.app.base_app import BaseApp
from tui.app.dashboard_options import DashboardOptions
from tui.widgets.layer_pane import LayerPane

SnapCompare = Callable[..., bool]


class LayerApp(BaseApp):
    """Only the pane, on a run that has made 60 steps and then taken some commands."""

    def __init__(self, *commands: Command, ascii_only: bool = False, **settings: Any) -> None:
        super().__init__(DashboardOptions(10, 20, ascii_only, mouse=True, theme="dark"))
        self._run_shown = Run(TrainingConfig(**settings), 10)
        self._run_shown.advance(60)
        for command in commands:
            self._run_shown.apply(command)

    def compose(self) -> ComposeResult:
        yield LayerPane()

    async def show(self, pilot: Pilot[object], layer: int, *keys: str) -> None:
        """Go to that layer, press `keys`, and show the run as the pane asks for it after each."""
        pane = self.screen.query_one(LayerPane)
        pane.look = self.look
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            elif layer:
                pane.snapshot = self._run_shown.snapshot(pane.asks_for(View()))
                pane.show_node(layer, 0)
            pane.snapshot = self._run_shown.snapshot(pane.asks_for(View()))
        await pilot.pause()


def looks_the_same(
    snap_compare: SnapCompare, size: tuple[int, int], app: LayerApp, *keys: str, layer: int = 0
) -> bool:
    async def show(pilot: Pilot[object]) -> None:
        await app.show(pilot, layer, *keys)

    return snap_compare(app, terminal_size=size, run_before=show)


def test_given_a_paused_run_when_stepped_then_update_and_marks_look_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = LayerApp(SetAlpha(2.0), MakeSteps(1))
    assert looks_the_same(snap_compare, (40, 24), app, "down", "right")


def test_given_a_small_pane_in_ascii_when_shown_then_the_update_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = LayerApp(MakeSteps(1), ascii_only=True, momentum=0.9, alpha=0.1)
    assert looks_the_same(snap_compare, (27, 12), app, "down", "down")


def test_given_no_colour_when_gradients_of_frozen_weights_are_shown_then_it_looks_like_this(
    snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = LayerApp(
        *[FreezeWider(1, 2, 3)] * 2, MakeSteps(1), optimizer="adam", alpha=0.01, l1=0.001
    )
    keys = ("down", "right", "right", "v")
    assert looks_the_same(snap_compare, (120, 36), app, *keys, layer=1)


def test_given_all_the_room_when_a_node_is_off_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = LayerApp(
        *(ToggleNode(0, 4), *[FreezeWider(0, 9, 1)] * 2, MakeSteps(1)),
        optimizer="adamw", alpha=0.01, l2=0.1,
    )  # fmt: skip
    assert looks_the_same(snap_compare, (200, 58), app, "down", "down", "right")
