"""The tables of actions hold together, and are read without the interface."""

import subprocess
import sys
from collections import Counter

import pytest
from textual.dom import DOMNode

from engine.messages.run_state import State
from tui import messages
from tui.screens.action import Action, Call, Post
from tui.screens.actions import DASHBOARD_ACTIONS, REPORT_ACTIONS
from tui.screens.dashboard import PANES, DashboardScreen
from tui.screens.help import HEADINGS
from tui.screens.key_context import KeyContext
from tui.screens.key_line import key_lines, line_items
from tui.screens.key_names import SHORT_ASCII
from tui.screens.report import ReportScreen

OWNERS: dict[tuple[Action, ...], list[type[DOMNode]]] = {
    DASHBOARD_ACTIONS: [DashboardScreen, *(pane for row in PANES for pane in row)],
    REPORT_ACTIONS: [ReportScreen],
}
CONTEXTS = [KeyContext(), KeyContext(State.DIVERGED), KeyContext(State.RUNNING, lost=True)]
RUNNING = KeyContext(State.RUNNING)

both_tables = pytest.mark.parametrize("table", OWNERS, ids=["dashboard", "report"])


@both_tables
def test_given_a_table_when_read_then_ids_and_keys_are_there_once(
    table: tuple[Action, ...],
) -> None:
    ids = Counter(action.id for action in table)
    keys = Counter(key for action in table for key in action.keys.split(","))

    assert max(ids.values()) == max(keys.values()) == 1


@both_tables
def test_given_a_table_when_its_effects_are_looked_up_then_there_is_what_they_name(
    table: tuple[Action, ...],
) -> None:
    for action in table:
        for effect in (action.effect(now) for now in CONTEXTS):
            if isinstance(effect, Post):
                assert hasattr(messages, effect.message), action.id
            if isinstance(effect, Call):
                method = f"action_{effect.method}"
                assert any(hasattr(owner, method) for owner in OWNERS[table]), action.id


@both_tables
def test_given_a_table_when_clicks_are_looked_up_then_they_are_actions_of_it(
    table: tuple[Action, ...],
) -> None:
    ids = {action.id for action in table}
    assert {action.click for action in table} - {""} <= ids


def test_given_both_tables_when_read_then_each_action_has_a_heading_in_the_help() -> None:
    actions = (*DASHBOARD_ACTIONS, *REPORT_ACTIONS)
    assert {action.id.partition(".")[0] for action in actions} == set(HEADINGS)


def test_given_actions_of_one_label_when_put_on_the_line_then_they_share_a_place() -> None:
    items = {item.label: item for item in line_items(DASHBOARD_ACTIONS, RUNNING)}

    assert items["alpha"] == ("↑↓", "alpha", "run.alpha")
    assert items["pace"] == ("<>", "pace", "run.full_speed")
    assert items["layer"] == ("[]", "layer", "view.layer_next")
    assert "undo" not in items


def test_given_keys_of_the_focused_pane_when_put_on_the_line_then_they_are_passed_over() -> None:
    items = line_items(DASHBOARD_ACTIONS, RUNNING, bound={"up", "down"})
    assert ("+-", "alpha", "run.alpha") in items


def test_given_no_unicode_when_put_on_the_line_then_arrows_are_words() -> None:
    items = line_items(DASHBOARD_ACTIONS, RUNNING, names=SHORT_ASCII)
    assert ("up/dn", "alpha", "run.alpha") in items


def test_given_a_divergence_when_put_on_the_line_then_the_undo_comes_first() -> None:
    items = line_items(DASHBOARD_ACTIONS, KeyContext(State.DIVERGED))
    assert items[0] == ("u", "undo divergence", "run.undo")


@pytest.mark.parametrize("width", [20, 40, 76, 200])
def test_given_a_width_when_keys_are_written_then_every_one_is_there_and_fits(width: int) -> None:
    lines = key_lines(width)

    assert max(map(len, lines)) <= width
    written = "   ".join(lines).split("   ")
    assert written[:4] == ["u undo", "space pause", ". step", "up/down alpha"]
    assert written[-2:] == ["? help", "q quit"]
    assert "Q end run" in written
    assert len(written) == 17


def test_given_a_fresh_interpreter_when_keys_are_written_then_neither_textual_nor_numpy_is_loaded() -> (
    None
):
    program = """
import sys
from tui.screens.key_line import key_lines
assert key_lines(80)
print(*{name.partition(".")[0] for name in sys.modules})
"""
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(finished.stdout.split())
    assert "tui" in loaded
    assert loaded.isdisjoint({"textual", "numpy", "rich"})
