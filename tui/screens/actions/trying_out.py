"""Keys to try something else with: another set-up, the network as a picture of every node."""

from tui.screens.action import Action, Call
from tui.screens.key_context import has_run

# fmt: off
TRYING_OUT: tuple[Action, ...] = (
    Action("view.setup", "c", "set up", "Change data, network and training, beside the run",
           does=Call("set_up"), when=has_run, line="set up",
           words="setup settings configure options sheet data file csv layers nodes activation features presets"),
    Action("view.network", "g", "network", "See what every neuron does, or the panes before again",
           does=Call("network"), line="network",
           words="neurons nodes graph picture links activations playground"),
)
# fmt: on
