"""Everything that a key does on the training view and on the report: one table for each.

From these come the key bindings, the key line, the help, the palette and the keys in `--help`. To
add an action is to add an entry. Neither Textual nor NumPy is loaded here, so that `--help` answers
at once.
"""

from engine.messages.commands import (
    MakeSteps,
    NextSeed,
    NudgeAlpha,
    NudgePace,
    RestoreCourse,
    StartOver,
    ToggleFullSpeed,
    TogglePause,
    TrainAgain,
    UndoDivergence,
)
from engine.messages.run_state import State
from tui.screens.action import Action, Call, Effect, Post
from tui.screens.key_context import (
    KeyContext,
    can_end,
    can_train_on,
    can_undo,
    decides_course,
    has_diverged,
    has_run,
    has_steps_left,
    is_maximized,
    others_watching,
    steers,
)


def _undo(now: KeyContext) -> Effect:
    if now.lost:
        return Post("RecoverWanted")
    return UndoDivergence() if has_diverged(now) else RestoreCourse()


def _undo_label(now: KeyContext) -> str:
    if now.lost or not can_undo(now):
        return "undo"
    if has_diverged(now):
        return "undo divergence"
    return "redo restart" if now.kept_is_newer else "undo restart"


def _detach_label(now: KeyContext) -> str:
    return "" if now.attached else "detach"  # there, to quit is to leave


def _leave_label(now: KeyContext) -> str:
    return "leave" if now.attached and has_run(now) else "quit"


def _leave_tooltip(now: KeyContext) -> str:
    if now.attached and has_run(now):
        return "Leave this dashboard; the run goes on"
    return "End the run and leave its report behind"


def _ask_to_quit(now: KeyContext) -> str:
    others = others_watching(now)
    return "" if now.attached or not others else f"{others}, d leaves the run to them;"


def _ask_to_end(now: KeyContext) -> str:
    others = others_watching(now)
    return f"{others};" if others else "end the run?"


def _pause_label(now: KeyContext) -> str:
    return "pause" if now.state is State.RUNNING else "go on"


def _maximize_label(now: KeyContext) -> str:
    return "restore" if now.maximized else "max"


def _train_on_label(now: KeyContext) -> str:
    return f"train {now.configured_steps:,} more"


RESTART = Action(
    "run.restart",
    "r",
    "restart",
    "Start over from the same initial weights",
    does=StartOver(),
    when=steers,
    line="restart",
    again="restarts",
    words="reset again begin start",
)
NEW_SEED = Action(
    "run.new_seed",
    "n",
    "new seed",
    "Start over with other points and weights: the next seed",
    does=NextSeed(),
    when=decides_course,
    line="new seed",
    again="takes a new seed",
    words="next reset random start",
)
SAVE = Action(
    "run.save",
    "s",
    "save",
    "Save the run now",
    does=Post("SaveWanted"),
    when=decides_course,
    line="save",
    words="write checkpoint store keep",
)
END_RUN = Action(
    "app.end_run",
    "Q",
    "end the run",
    "End the run for all, saved, and leave its report behind",
    does=Post("EndWanted"),
    when=can_end,
    line="end run",
    asks=_ask_to_end,
    again="ends the run for all",
    words="exit end close stop",
)
QUIT = Action(
    "app.quit",
    "q",
    "quit",
    _leave_tooltip,
    does=Post("LeaveWanted"),
    line=_leave_label,
    asks=_ask_to_quit,
    again="ends the run",
    words="exit leave end close stop",
    when_small=True,
)
"""These five stand in both tables."""

# fmt: off
DASHBOARD_ACTIONS = (
    Action("run.pause", "space", "pause", "Pause the training, or go on",
           does=TogglePause(), when=has_steps_left, line=_pause_label,
           words="stop hold resume continue play"),
    Action("run.step", "full_stop", "step", "Pause, and make one step",
           does=MakeSteps(1), when=has_steps_left, line="step",
           words="one single next"),
    Action("run.alpha_up", "up,plus,equals_sign", "alpha up",
           "Learn faster: the next greater alpha",
           does=NudgeAlpha(by=1), when=decides_course, line="alpha", click="run.alpha",
           words="learning rate faster increase more"),
    Action("run.alpha_down", "down,minus", "alpha down",
           "Learn slower: the next smaller alpha",
           does=NudgeAlpha(by=-1), when=decides_course, line="alpha",
           words="learning rate slower decrease less"),
    Action("run.alpha", "a", "type alpha", "Type alpha, the learning rate",
           does=Call("type_alpha"), when=decides_course,
           words="learning rate set enter"),
    Action("run.slower", "less_than_sign,comma", "slower", "Fewer steps a frame",
           does=NudgePace(by=-1), when=has_steps_left, line="pace", click="run.full_speed",
           words="pace speed less"),
    Action("run.faster", "greater_than_sign", "faster",
           "More steps a frame, then as fast as it goes",
           does=NudgePace(by=1), when=has_steps_left, line="pace",
           words="pace speed more"),
    Action("run.full_speed", "f", "full speed",
           "As fast as it goes; once more for the pace before",
           does=ToggleFullSpeed(), when=has_steps_left,
           words="maximum pace"),
    Action("view.layer_before", "left_square_bracket", "layer before", "Inspect the layer before",
           does=Call("layer", (-1,)), line="layer", click="view.layer_next",
           words="previous weights back"),
    Action("view.layer_next", "right_square_bracket", "next layer", "Inspect the next layer",
           does=Call("layer", (1,)), line="layer",
           words="weights"),
    Action("view.log", "l", "log", "Logarithmic or linear loss",
           does=Call("toggle_log"), line="log",
           words="scale axis linear"),
    Action("app.detach", "d", "detach", "Leave, and let the run go on by itself",
           does=Post("DetachWanted"), when=has_run, line=_detach_label,
           words="background disconnect exit close", when_small=True),
    END_RUN,
    Action("view.maximize", "m", "maximize", "Give the focused pane all the room, or take it back",
           does=Call("toggle_maximized"), line=_maximize_label,
           words="zoom full screen enlarge bigger"),
    Action("view.restore", "escape", "restore", "Take the room back from the maximized pane",
           does=Call("restore"), when=is_maximized,
           words="zoom smaller all panes"),
    RESTART,
    NEW_SEED,
    Action("run.report", "e", "evaluate", "See how it does on the test points",
           does=Post("ReportWanted"), when=has_run, line="evaluate",
           words="report results confusion matrix test end", when_small=True),
    SAVE,
    Action("run.undo", "u", "undo", "Undo a divergence or a restart, or take up a lost run",
           does=_undo, when=can_undo, line=_undo_label, first=True, again="brings back the other",
           words="rewind recover back divergence"),
    Action("app.help", "question_mark", "help", "What the keys and panes mean",
           does=Call("help"), line="help",
           words="keys manual explain"),
    QUIT,
)
# fmt: on
"""The keys of the training view, in the order of the help and of the key line."""

# fmt: off
REPORT_ACTIONS = (
    Action("end.back", "escape,b,e", "back", "Back to the training view",
           does=Call("back"), line="back",
           words="close return training"),
    Action("end.go_on", "c", "train on", "Train for as many steps again",
           does=TrainAgain(), when=can_train_on, line=_train_on_label,
           words="continue more extend longer"),
    RESTART,
    NEW_SEED,
    SAVE,
    Action("end.detach", "d", "detach", "Leave, and let the run be by itself",
           does=Post("DetachWanted"), when=has_run, line=_detach_label,
           words="background disconnect exit close"),
    END_RUN,
    Action("end.help", "question_mark", "help", "What the figures and keys mean",
           does=Call("help"), line="help",
           words="keys manual explain"),
    QUIT,
)
# fmt: on
"""The keys of the report."""
