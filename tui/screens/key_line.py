"""Which keys the bottom line names, and the same as text for `--help`. Loads no Textual."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from engine.messages.run_state import State
from tui.screens.action import Action
from tui.screens.actions import DASHBOARD_ACTIONS
from tui.screens.key_context import KeyContext
from tui.screens.key_names import PRINTED, SHORT, joined

GAP = "   "
"""Between two keys in the text of `--help`."""


class LineItem(NamedTuple):
    """One place on the key line."""

    keys: str
    """As they are shown."""
    label: str
    action: str
    """The id of the action that a click does."""


def line_items(
    actions: Iterable[Action],
    now: KeyContext,
    *,
    bound: Collection[str] = (),
    names: Mapping[str, str] = SHORT,
) -> list[LineItem]:
    """What the key line names in this context: the keys of the actions that can act, in order.

    Keys that are `bound`, as the focused pane uses them for something else, are passed over.
    """
    return _items([action for action in actions if action.when(now)], now, bound, names)


def key_lines(width: int, actions: Iterable[Action] = DASHBOARD_ACTIONS) -> list[str]:
    """All keys that the key line can name, as lines of at most `width` characters."""
    lines: list[str] = []
    for item in _items(actions, KeyContext(State.RUNNING), (), PRINTED):
        text = f"{item.keys} {item.label}"
        if lines and len(lines[-1]) + len(GAP) + len(text) <= width:
            lines[-1] += GAP + text
        else:
            lines.append(text)
    return lines


def _items(
    actions: Iterable[Action], now: KeyContext, bound: Collection[str], names: Mapping[str, str]
) -> list[LineItem]:
    places: dict[str, list[Action]] = {}
    for action in sorted(actions, key=lambda action: not action.first):
        if label := action.line_label(now):
            places.setdefault(label, []).append(action)
    return [
        LineItem(joined(keys, names), label, sharing[0].click or sharing[0].id)
        for label, sharing in places.items()
        if (keys := [key for action in sharing if (key := _key_of(action, bound))])
    ]


def _key_of(action: Action, bound: Collection[str]) -> str:
    """The first key of `action` that is not `bound`; empty if all are."""
    return next((key for key in action.keys.split(",") if key not in bound), "")
