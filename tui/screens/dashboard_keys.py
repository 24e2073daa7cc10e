"""The keys of the training view, and when they act."""

from textual.binding import Binding, BindingType

from engine.snapshot import State

DASHBOARD_BINDINGS: list[BindingType] = [
    Binding(
        "space", "toggle_pause", "pause", id="run.pause", tooltip="Pause the training, or go on"
    ),
    Binding("full_stop", "one_step", "step", id="run.step", tooltip="Pause, and make one step"),
    Binding(
        "up,plus,equals_sign",
        "alpha(True)",
        "alpha up",
        id="run.alpha_up",
        key_display="↑",
        tooltip="Learn faster: the next greater learning rate",
    ),
    Binding(
        "down,minus",
        "alpha(False)",
        "alpha down",
        id="run.alpha_down",
        key_display="↓",
        tooltip="Learn slower: the next smaller learning rate",
    ),
    Binding("a", "type_alpha", "type alpha", id="run.alpha", tooltip="Type a learning rate"),
    Binding(
        "less_than_sign,comma",
        "pace(False)",
        "slower",
        id="run.slower",
        key_display="<",
        tooltip="Fewer steps a frame",
    ),
    Binding(
        "greater_than_sign",
        "pace(True)",
        "faster",
        id="run.faster",
        key_display=">",
        tooltip="More steps a frame, then as fast as it goes",
    ),
    Binding(
        "f",
        "full_speed",
        "full speed",
        id="run.full_speed",
        tooltip="As fast as it goes; once more for the pace before",
    ),
    Binding(
        "left_square_bracket",
        "layer(-1)",
        "layer before",
        id="view.layer_before",
        key_display="[",
        tooltip="Inspect the layer before",
    ),
    Binding(
        "right_square_bracket",
        "layer(1)",
        "next layer",
        id="view.layer_next",
        key_display="]",
        tooltip="Inspect the next layer",
    ),
    Binding("l", "toggle_log", "log", id="view.log", tooltip="Logarithmic or linear loss"),
    Binding(
        "m",
        "toggle_maximized",
        "maximize",
        id="view.maximize",
        tooltip="Give the focused pane all the room, or take it back",
    ),
    Binding(
        "escape",
        "restore",
        "restore",
        id="view.restore",
        show=False,
        tooltip="Take the room back from the maximized pane",
    ),
    Binding(
        "r",
        "restart",
        "restart",
        id="run.restart",
        tooltip="Start over from the same initial weights",
    ),
    Binding(
        "n",
        "new_seed",
        "new seed",
        id="run.new_seed",
        tooltip="Start over with other points and weights: the next seed",
    ),
    Binding(
        "e", "report", "evaluate", id="run.report", tooltip="See how it does on the test points"
    ),
    Binding(
        "question_mark",
        "help",
        "help",
        id="app.help",
        key_display="?",
        tooltip="What the keys and panes mean",
    ),
    Binding("q", "leave", "quit", id="app.quit", tooltip="End the run and leave its report behind"),
]

ACTS_ON_A_LIVE_RUN = {
    "toggle_pause",
    "one_step",
    "alpha",
    "type_alpha",
    "pace",
    "full_speed",
    "restart",
    "new_seed",
    "report",
}
"""Actions that need a host."""

ACTS_WHILE_STEPS_ARE_LEFT = {"toggle_pause", "one_step", "pace", "full_speed"}
"""Actions that mean nothing once the run is done or has diverged."""


def can_act(action: str, state: State | None, *, lost: bool) -> bool:
    """Whether `action` means something for a run in `state` (None: not begun), or one whose host
    is lost.
    """
    if action in ACTS_ON_A_LIVE_RUN and (state is None or lost):
        return False
    return action not in ACTS_WHILE_STEPS_ARE_LEFT or state in (State.RUNNING, State.PAUSED)
