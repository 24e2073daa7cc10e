"""Pictures of the set-up sheet. Look at each before you accept it with `--snapshot-update`."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from engine.client.inline import InlineSession
from engine.config.training_config import TrainingConfig
from tui.app.app import MoonwalkApp
from tui.app.dashboard_options import DashboardOptions

PACE, FRAMES = 10, 20
HOPS = 6

Act = Callable[[Pilot[object]], Awaitable[None]]


def pictured(*keys: str, ascii_only: bool = False, theme: str = "dark") -> tuple[MoonwalkApp, Act]:
    """An app on a run under way, and the keys that are pressed there."""
    session = InlineSession(TrainingConfig(steps=2_000), PACE)
    app = MoonwalkApp(session, DashboardOptions(PACE, 20, ascii_only, mouse=True, theme=theme))

    async def act(pilot: Pilot[object]) -> None:
        await settle(pilot)
        session.tick(FRAMES)
        for key in keys:
            await settle(pilot)
            await pilot.press(key)
        await settle(pilot)
        while app.dashboard.view.data_set:
            await pilot.pause(0.01)
        await settle(pilot)

    return app, act


async def settle(pilot: Pilot[object]) -> None:
    """Let everything that is on its way arrive."""
    for _ in range(HOPS):
        await pilot.pause(0)


SHEETS = {
    "data-120x40": ((120, 40), ("c",), {}),
    "data-200x60": ((200, 60), ("c",), {"theme": "light"}),
    "layers-80x24": ((80, 24), ("c", "tab", "tab", "down", "enter"), {}),
    "typing-60x18": ((60, 18), ("c", "tab", "tab", "tab", "down", "0", "enter"), {}),
    "presets-ascii-120x40": ((120, 40), ("c", "shift+tab", "down"), {"ascii_only": True}),
}


@pytest.mark.parametrize("name", SHEETS)
def test_given_the_set_up_when_open_then_it_looks_like_this(
    snap_compare: Callable[..., bool], name: str
) -> None:
    size, keys, options = SHEETS[name]
    app, act = pictured(*keys, **options)  # type: ignore[arg-type] # each of its own type
    assert snap_compare(app, terminal_size=size, run_before=act)
