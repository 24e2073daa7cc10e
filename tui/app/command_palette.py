"""What the command palette offers."""

from collections.abc import Iterator
from contextlib import suppress

from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.events import Click
from textual.screen import Screen

from tui.screens.action_screen import ActionScreen
from tui.screens.closes_once import ClosesOnce
from tui.screens.key_names import displayed


class SafePalette(CommandPalette, ClosesOnce[None]):
    """Textual's, without its errors in terminals too small to list anything."""

    DEFAULT_CSS = """
    SafePalette CommandList { min-width: 12; }
    """

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # a page of a list that has no lines yet
            super()._action_command_list(action)

    def _on_click(self, event: Click) -> None:  # type: ignore[override]  # Textual's own differs, too
        # where the terminal was until it became smaller, Textual's finds no widget
        if not self.region.contains(event.screen_x, event.screen_y):
            event.prevent_default()


def commands_of(screen: Screen[object]) -> Iterator[SystemCommand]:
    """The actions of all keys that act on `screen` now, by their tooltips."""
    offered = set()
    for owner, binding, enabled, tooltip in screen.active_bindings.values():
        action = binding.action
        if enabled and binding.id and action not in offered:
            offered.add(action)
            now = owner.tooltip_of(binding.id) if isinstance(owner, ActionScreen) else None
            yield SystemCommand(
                now or tooltip,
                f"{binding.description}, key {displayed(binding.key)}",
                lambda action=action, owner=owner: screen.app.run_action(action, owner),
            )
