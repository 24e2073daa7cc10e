"""Keys that hand a run to others: its command line, its files."""

from tui.screens.action import Action

SHARING: tuple[Action, ...] = ()
