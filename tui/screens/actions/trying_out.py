"""Keys to try something else with: another set-up, the network as a picture of every node."""

from tui.screens.action import Action, Call

# fmt: off
TRYING_OUT: tuple[Action, ...] = (
    Action("view.network", "g", "network", "See what every neuron does, or the panes before again",
           does=Call("network"),
           words="neurons nodes graph picture links activations playground"),
)
# fmt: on
