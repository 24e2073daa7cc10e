"""Keys to try something else with: another set-up, the network as a picture of every node."""

from tui.screens.action import Action

TRYING_OUT: tuple[Action, ...] = ()
