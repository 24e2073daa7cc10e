"""Pictures of the screens. Look at each before you accept it with `--snapshot-update`.

Runs are short: after some thousand steps the last bit of a sum, which no two machines need agree
on, would show in the figures.
"""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Markdown

from engine.client.inline import InlineSession
from engine.client.session import Session
from engine.config.training_config import TrainingConfig
from engine.run.replay import Replay
from engine.storage import recording
from helpers.data import DATA_FOLDER
from helpers.snapshots import CURVE, TEN, THREE, VALUES, HandMadeSession, Problem
from tui.app.app import MoonwalkApp
from tui.app.dashboard_options import DashboardOptions

PACE = 10
HOPS = 6
"""Twice of what the way from a key to the session and back to the panes takes."""

BOTH_SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])

Size = tuple[int, int]
SnapCompare = Callable[..., bool]
Pictured = tuple[MoonwalkApp, Callable[[Pilot[object]], Awaitable[None]]]


def pictured(
    *doings: str | int, steps: int = 2_000, alpha: float = 0.25, ascii_only: bool = False,
    theme: str = "dark",
) -> Pictured:  # fmt: skip
    """An app, and what happens to it: keys to press and, as numbers, frames that pass."""
    session = InlineSession(TrainingConfig(steps=steps, alpha=alpha), PACE)
    options = DashboardOptions(PACE, fps=20, ascii_only=ascii_only, mouse=True, theme=theme)
    return acted_on(MoonwalkApp(session, options), session, *doings)


def made_by_hand(problem: Problem, *doings: str, ascii_only: bool = False) -> Pictured:
    """An app on a run of that problem, which stands still."""
    session = HandMadeSession(problem)
    options = DashboardOptions(PACE, fps=20, ascii_only=ascii_only, mouse=True, theme="dark")
    return acted_on(MoonwalkApp(session, options), session, *doings)


def acted_on(app: MoonwalkApp, session: Session, *doings: str | int) -> Pictured:
    """`app`, and what happens to it."""

    async def act(pilot: Pilot[object]) -> None:
        await settle(pilot)
        for doing in doings:
            if isinstance(doing, int):
                assert isinstance(session, InlineSession), "a run made by hand stands still"
                session.tick(doing)
            else:
                await pilot.press(doing)
            await settle(pilot)

    return app, act


async def settle(pilot: Pilot[object]) -> None:
    """Let everything that is on its way arrive; Markdown is laid out apart from messages."""
    for _ in range(HOPS):
        await pilot.pause(0)
    while not all(words.children for words in pilot.app.screen.query(Markdown)):
        await pilot.pause(0.01)
    for _ in range(HOPS):
        await pilot.pause(0)


def looks_the_same(snap_compare: SnapCompare, size: Size, pictured: Pictured) -> bool:
    app, act = pictured
    return snap_compare(app, terminal_size=size, run_before=act)


@BOTH_SIZES
def test_given_a_run_when_it_is_under_way_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    assert looks_the_same(snap_compare, size, pictured(40, "right_square_bracket"))


@BOTH_SIZES
def test_given_a_paused_run_when_alpha_was_changed_twice_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    doings = (15, "up", "up", 15, "down", 10, "space", *["tab"] * 3, "down", "right")
    assert looks_the_same(snap_compare, size, pictured(*doings))


@BOTH_SIZES
def test_given_a_run_when_it_is_done_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    assert looks_the_same(snap_compare, size, pictured(40, steps=400))


@BOTH_SIZES
def test_given_a_run_when_it_diverged_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    doings = (20, "a", "ctrl+u", *"1e6", "enter", 1)
    assert looks_the_same(snap_compare, size, pictured(*doings))


@BOTH_SIZES
def test_given_help_when_it_is_open_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    assert looks_the_same(snap_compare, size, pictured(40, "question_mark"))


@BOTH_SIZES
def test_given_ascii_when_a_run_is_under_way_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    doings = (20, "up", 20, "right_square_bracket")
    assert looks_the_same(snap_compare, size, pictured(*doings, ascii_only=True))


def test_given_a_light_theme_when_a_run_is_under_way_then_it_looks_like_this(
    snap_compare: SnapCompare,
) -> None:
    doings = (20, "up", 20, "right_square_bracket")
    assert looks_the_same(snap_compare, (120, 40), pictured(*doings, theme="light"))


def test_given_no_color_when_a_run_is_under_way_then_it_looks_like_this(
    snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    doings = (20, "up", 20, "right_square_bracket", *["tab"] * 3)
    assert looks_the_same(snap_compare, (120, 40), pictured(*doings))


@BOTH_SIZES
def test_given_a_recording_when_replayed_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    recorded = recording.load(DATA_FOLDER / "rescue.jsonl")
    session = InlineSession(recorded.config, begin=lambda: Replay(recorded, PACE))
    options = DashboardOptions(
        PACE, fps=20, ascii_only=False, mouse=True, theme="dark", watches=True
    )
    doings = acted_on(MoonwalkApp(session, options), session, 50)
    assert looks_the_same(snap_compare, size, doings)


@BOTH_SIZES
def test_given_three_classes_and_four_inputs_when_under_way_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    assert looks_the_same(snap_compare, size, made_by_hand(THREE))


def test_given_ten_classes_and_no_color_when_under_way_in_ascii_then_it_looks_like_this(
    snap_compare: SnapCompare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks_the_same(snap_compare, (120, 40), made_by_hand(TEN, ascii_only=True))


@BOTH_SIZES
def test_given_values_when_under_way_then_it_looks_like_this(
    snap_compare: SnapCompare, size: Size
) -> None:
    assert looks_the_same(snap_compare, size, made_by_hand(VALUES))


def test_given_one_input_when_under_way_then_it_looks_like_this(snap_compare: SnapCompare) -> None:
    assert looks_the_same(snap_compare, (120, 40), made_by_hand(CURVE))


def test_given_many_inputs_when_a_pane_is_maximized_then_its_title_says_what_it_is_drawn_over(
    snap_compare: SnapCompare,
) -> None:
    doings = ("tab", "tab", "m")
    assert looks_the_same(snap_compare, (120, 40), made_by_hand(THREE, *doings))


@pytest.mark.parametrize(
    "problem", [THREE, TEN, VALUES, CURVE], ids=["three", "ten", "values", "curve"]
)
def test_given_any_problem_when_it_has_ended_then_it_looks_like_this(
    snap_compare: SnapCompare, problem: Problem
) -> None:
    assert looks_the_same(snap_compare, (80, 24), made_by_hand(problem, "e"))


def test_given_values_when_help_is_open_then_it_looks_like_this(snap_compare: SnapCompare) -> None:
    doings = ("question_mark", "end")
    assert looks_the_same(snap_compare, (120, 40), made_by_hand(VALUES, *doings))
