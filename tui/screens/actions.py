"""The keys of the training view, and when they act."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from engine.messages.run_state import State

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
        "in_pane('layer', -1)",
        "layer before",
        id="view.layer_before",
        key_display="[",
        tooltip="Inspect the layer before",
    ),
    Binding(
        "right_square_bracket",
        "in_pane('layer', 1)",
        "next layer",
        id="view.layer_next",
        key_display="]",
        tooltip="Inspect the next layer",
    ),
    Binding(
        "l", "in_pane('toggle_log')", "log", id="view.log", tooltip="Logarithmic or linear loss"
    ),
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
    Binding("s", "save", "save", id="run.save", tooltip="Save the run now"),
    Binding(
        "d", "detach", "detach", id="app.detach", tooltip="Leave, and let the run go on by itself"
    ),
    Binding(
        "u",
        "undo",
        "undo",
        id="run.undo",
        tooltip="Undo a divergence at half of alpha, or take up a lost run",
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

STEERS = {"alpha", "type_alpha", "new_seed"}
"""Actions that change the course of a run."""

ACTS_WHILE_STEPS_ARE_LEFT = {"toggle_pause", "one_step", "pace", "full_speed"}
"""Actions that mean nothing once the run is done or has diverged."""

ACTS_ON_A_RUN = STEERS | ACTS_WHILE_STEPS_ARE_LEFT | {"restart", "save"}
"""Actions that are not for those who only watch."""

NEEDS_A_HOST = ACTS_ON_A_RUN | {"report", "detach"}


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which keys act."""

    state: State | None = None
    """None before the first snapshot."""
    lost: bool = False
    """Whether the host is."""
    can_recover: bool = False
    """Whether a lost run can be recovered from a save."""
    watches: bool = False
    replays: bool = False


def can_act(action: str, now: Situation) -> bool:
    """Whether `action` means something `now`."""
    if action == "undo":
        steers = not now.lost and not now.watches and not now.replays
        return now.can_recover if now.lost else steers and now.state is State.DIVERGED
    if action in NEEDS_A_HOST and (now.state is None or now.lost):
        return False
    if action in ACTS_ON_A_RUN and now.watches:
        return False
    if action in STEERS | {"save"} and now.replays:
        return False
    return action not in ACTS_WHILE_STEPS_ARE_LEFT or now.state in (State.RUNNING, State.PAUSED)
