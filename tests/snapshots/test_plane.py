"""Pictures of the plane alone: a point that is asked about, painting, test points, contours."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from engine.config.training_config import TrainingConfig
from engine.messages.view import View
from engine.run.run import Run
from tui.app.base_app import BaseApp
from tui.app.dashboard_options import DashboardOptions
from tui.messages import Steer
from tui.widgets.predicted_pane import PredictedPane

SnapCompare = Callable[..., bool]


class PlaneApp(BaseApp):
    """Only the pane, on a run that has made some steps."""

    def __init__(self, steps: int, *, ascii_only: bool = False, **settings: Any) -> None:
        super().__init__(DashboardOptions(10, 20, ascii_only, mouse=True, theme="dark"))
        self._run_shown = Run(TrainingConfig(**settings), 10)
        self._run_shown.advance(steps)

    def compose(self) -> ComposeResult:
        yield PredictedPane()

    def on_steer(self, message: Steer) -> None:
        self._run_shown.apply(message.command)

    async def show(self, pilot: Pilot[object], actions: tuple[str, ...], keys: str) -> None:
        """Take the `actions`, press `keys`, and show the run as the pane asks for it after each."""
        pane = self.screen.query_one(PredictedPane)
        await pilot.pause()  # until it has its size
        pane.look = self.look
        self._tell(pane)
        for action in actions:
            await pane.run_action(action)
            self._tell(pane)
        for key in keys.split():
            await pilot.press(key)
            self._tell(pane)
        await pilot.pause()

    def _tell(self, pane: PredictedPane) -> None:
        pane.snapshot = self._run_shown.snapshot(pane.asks_for(View()))


def looks_the_same(
    snap_compare: SnapCompare, size: tuple[int, int], app: PlaneApp, *actions: str, keys: str = ""
) -> bool:
    async def show(pilot: Pilot[object]) -> None:
        await app.show(pilot, actions, keys)

    return snap_compare(app, terminal_size=size, run_before=show)


def test_given_moons_when_asked_about_a_point_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = PlaneApp(400)
    asked = ("toggle_tested", "ask")
    assert looks_the_same(snap_compare, (60, 22), app, *asked, keys="up up right right right")


def test_given_moons_when_painted_then_it_looks_like_this(snap_compare: SnapCompare) -> None:
    app = PlaneApp(400)
    keys = "K up 1 right 1 down 1 left left 1 up 0 K"
    assert looks_the_same(snap_compare, (40, 24), app, "paint", keys=keys)


@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
def test_given_moons_when_drawn_as_contours_then_they_look_like_this(
    snap_compare: SnapCompare, ascii_only: bool
) -> None:
    app = PlaneApp(400, ascii_only=ascii_only)
    assert looks_the_same(snap_compare, (60, 22), app, "turn_region", "turn_region")


def test_given_values_when_painted_then_contours_and_keys_look_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = PlaneApp(
        200, data="gaussian", samples=200, layers=(8,), activation="tanh", optimizer="adam",
        alpha=0.02, noise=0.0,
    )  # fmt: skip
    turned = ("turn_region", "turn_region", "paint", "turn_side")
    assert looks_the_same(snap_compare, (60, 22), app, *turned)
