"""Pictures of what hands a run to others, over an empty screen: what lies behind is pictured elsewhere."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from engine.config.edits import Edits
from engine.config.setup_string import setup_of
from engine.config.training_config import TrainingConfig
from helpers.snapshots import TWO, HandMadeSession
from tui.app.base_app import BaseApp
from tui.app.dashboard_options import DashboardOptions
from tui.app.run_link import RunLink
from tui.app.sharing import SENT, Sharing
from tui.screens.command_line import CommandLineScreen
from tui.screens.setup_notes import notes_on

OPTIONS = DashboardOptions(pace=10, fps=20, ascii_only=False, mouse=True, theme="dark")

CONFIG = TrainingConfig(
    data="circles", samples=300, noise=0.1, layers=(8, "4:sine"), activation="tanh",
    optimizer="rmsprop", momentum=0.9, alpha=0.01, batch_size=32, l2=0.001, until_loss=0.01,
    schedule="plateau:0.5:10", weight_seed=7,
)  # fmt: skip

STEERED = TWO.snapshot(
    on_the_way=("alpha", "parameter"), edits=Edits(off=((0, 1),)), edited_points=3
)

SnapCompare = Callable[..., bool]


@pytest.mark.parametrize(
    ("size", "steered"), [((80, 24), True), ((120, 40), False)], ids=["80x24", "120x40"]
)
def test_given_a_run_when_its_command_line_is_shown_then_it_looks_like_this(
    snap_compare: SnapCompare, size: tuple[int, int], steered: bool
) -> None:
    notes = notes_on(STEERED, piped=False) if steered else []
    replay = ["moonwalk", "replay", "/home/someone/state/moonwalk/runs/bodu.jsonl"]
    screen = CommandLineScreen(
        ["moonwalk", *setup_of(CONFIG)], SENT, notes, replay if steered else []
    )

    async def show(pilot: Pilot[object]) -> None:
        await pilot.app.push_screen(screen)

    assert snap_compare(BaseApp(OPTIONS), terminal_size=size, run_before=show)


def test_given_a_run_when_exports_are_offered_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    app = BaseApp(OPTIONS)

    def no_frames(_: object) -> None: ...

    link = RunLink(HandMadeSession(TWO), no_frames, no_frames, no_frames)  # type: ignore[arg-type] # nothing is shown

    async def show(pilot: Pilot[object]) -> None:
        Sharing(app, link).choose(has_run=True)
        await pilot.pause(0)

    assert snap_compare(app, terminal_size=(80, 24), run_before=show)
