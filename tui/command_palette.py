"""What the command palette offers."""

from collections.abc import Iterator

from textual.app import SystemCommand
from textual.screen import Screen

from tui.screens.help import displayed


def commands_of(screen: Screen[object]) -> Iterator[SystemCommand]:
    """Everything that a key does on `screen` now, by what the key's tooltip says."""
    offered = set()
    for _, binding, enabled, tooltip in screen.active_bindings.values():
        action = binding.action
        if enabled and binding.id and action not in offered:
            offered.add(action)
            yield SystemCommand(
                tooltip,
                f"{binding.description}, key {displayed(binding.key)}",
                lambda action=action: screen.run_action(action),
            )
