"""Keys that change what of the run is shown."""

from tui.screens.action import Action, Call
from tui.screens.key_context import KeyContext, is_maximized


def _maximize_label(now: KeyContext) -> str:
    return "restore" if now.maximized else "max"


# fmt: off
LAYERS = (
    Action("view.layer_before", "left_square_bracket", "layer before", "Inspect the layer before",
           does=Call("layer", (-1,)), line="layer", click="view.layer_next",
           words="previous weights back"),
    Action("view.layer_next", "right_square_bracket", "next layer", "Inspect the next layer",
           does=Call("layer", (1,)), line="layer",
           words="weights"),
    Action("view.log", "l", "log", "Logarithmic or linear loss",
           does=Call("toggle_log"),
           words="scale axis linear"),
)
ROOM = (
    Action("view.maximize", "m", "maximize", "Give the focused pane all the room, or take it back",
           does=Call("toggle_maximized"), line=_maximize_label,
           words="zoom full screen enlarge bigger"),
    Action("view.restore", "escape", "restore", "Take the room back from the maximized pane",
           does=Call("restore"), when=is_maximized,
           words="zoom smaller all panes"),
)
# fmt: on
