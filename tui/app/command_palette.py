"""What the command palette offers, and the themes that there are to choose from."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import partial
from typing import Any

from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.theme import Theme

from engine.config.presets import PRESETS
from tui.charts.choices import Choice
from tui.drawing.glyphs import Glyphs
from tui.screens.action import Action
from tui.screens.action_screen import ActionScreen
from tui.screens.key_names import PRINTED, SHORT, SHORT_ASCII

Perform = Callable[[], Awaitable[object] | None]
"""Does what was chosen."""

Offered = tuple[Choice, Perform]


def commands_of(screen: Screen[Any], glyphs: Glyphs) -> Iterator[Offered]:
    """The actions of all keys that act on `screen` now, in the order of its table."""
    table = screen.ACTIONS if isinstance(screen, ActionScreen) else ()
    actions = {action.id: action for action in table}
    # in the order of the table, and behind it what the focused pane binds
    acting: dict[str, list[ActiveBinding]] = {action.id: [] for action in table}
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.id:
            acting.setdefault(active.binding.id, []).append(active)
    names = SHORT_ASCII if glyphs.ascii_only else SHORT
    for action_id, found in acting.items():
        if found:
            first, keys = found[0], [active.binding.key for active in found]
            yield (
                Choice(
                    first.binding.description,
                    _tooltip_of(first),
                    tuple(names.get(key, key) for key in keys),
                    tuple(sorted(search_words(action_id, keys, actions.get(action_id)))),
                ),
                partial(screen.app.run_action, first.binding.action, first.node),
            )


def presets_offered(take: Callable[[str], None]) -> Iterator[Offered]:
    """Every preset, to be begun anew with; `take` is called with its name."""
    for preset in PRESETS.values():
        choice = Choice(f"preset {preset.name}", f"Begin anew: {preset.help}")
        yield choice, partial(take, preset.name)


def _tooltip_of(active: ActiveBinding) -> str:
    """What its action does now."""
    owner = active.node
    now = owner.tooltip_of(active.binding.id) if isinstance(owner, ActionScreen) else None
    return now or active.tooltip


def search_words(action_id: str, keys: Iterable[str], action: Action | None) -> set[str]:
    """The words that an action is found by, besides those that are shown: of its id, of its table,
    and the names of its keys.
    """
    words = set(action_id.replace(".", " ").replace("_", " ").split())
    for key in keys:
        words |= {key, PRINTED.get(key, key), *key.split("_")}
    if action is not None:
        words |= set(action.words.split())
    return words


def distinct_themes(themes: Iterable[Theme]) -> dict[str, Theme]:
    """Those that drawings have colours of their own in, by name: all others look like one of them."""
    return {theme.name: theme for theme in themes if "drawing-text" in theme.variables}
