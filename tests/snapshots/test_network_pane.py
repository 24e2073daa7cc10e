"""Pictures of the network's pane alone: a small network, a deep one, in little room, without colours."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command, ToggleNode
from engine.messages.view import View
from engine.run.run import Run
from tui.app.base_app import BaseApp
from tui.app.dashboard_options import DashboardOptions
from tui.charts.network.layout import Neuron
from tui.widgets.network_pane import NetworkPane

HOPS = 6
"""More than what the way from a snapshot to the screen takes."""

SnapCompare = Callable[..., bool]


class NetworkApp(BaseApp):
    """Only the pane, on a run that has made some steps and then taken some commands."""

    def __init__(self, *commands: Command, ascii_only: bool = False, **settings: Any) -> None:
        super().__init__(DashboardOptions(10, 20, ascii_only, mouse=True, theme="dark"))
        self._run_shown = Run(TrainingConfig(**settings), 10)
        self._run_shown.advance(400)
        for command in commands:
            self._run_shown.apply(command)

    def compose(self) -> ComposeResult:
        yield NetworkPane()

    async def show(self, pilot: Pilot[object], chosen: Neuron) -> None:
        """Show the run as the pane asks for it, with that neuron chosen."""
        await settle(pilot)  # until the pane has a size
        pane = self.screen.query_one(NetworkPane)
        pane.focus()
        pane.look = self.look
        pane.snapshot = self._run_shown.snapshot(View())
        pane.chosen = chosen
        pane.snapshot = self._run_shown.snapshot(pane.asks_for(View()))
        await settle(pilot)


async def settle(pilot: Pilot[object]) -> None:
    for _ in range(HOPS):
        await pilot.pause(0)


def looks_the_same(
    snap_compare: SnapCompare, size: tuple[int, int], app: NetworkApp, chosen: Neuron
) -> bool:
    async def show(pilot: Pilot[object]) -> None:
        await app.show(pilot, chosen)

    return snap_compare(app, terminal_size=size, run_before=show)


def test_given_a_small_network_when_there_is_room_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = NetworkApp(layers=(4, 2), activation="tanh")
    assert looks_the_same(snap_compare, (120, 36), app, Neuron(1, 2))


def test_given_six_layers_of_eight_when_there_is_room_then_all_of_them_look_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = NetworkApp(ToggleNode(2, 3), layers=(8, 8, 8, 8, 8, 8), initialization="pytorch")
    assert looks_the_same(snap_compare, (120, 36), app, Neuron(3, 3))


def test_given_the_usual_network_when_in_a_small_pane_then_a_part_of_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    assert looks_the_same(snap_compare, (40, 23), NetworkApp(), Neuron(1, 8))


def test_given_no_color_and_ascii_when_shown_then_it_looks_like_this(
    snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = NetworkApp(ToggleNode(0, 1), layers=(4, 2), activation="tanh", ascii_only=True)
    assert looks_the_same(snap_compare, (80, 20), app, Neuron(2, 0))
