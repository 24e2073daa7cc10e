"""The keys of the training view, in the order of the help and of the key line."""

from engine.messages.commands import RestoreCourse, UndoDivergence
from tui.screens.action import Action, Call, Effect, Post
from tui.screens.actions.points import POINTS
from tui.screens.actions.shared import END_RUN, NEW_SEED, QUIT, RESTART, SAVE, detach_label
from tui.screens.actions.sharing import SHARING
from tui.screens.actions.steering import STEERING
from tui.screens.actions.trying_out import TRYING_OUT
from tui.screens.actions.view import LAYERS, ROOM
from tui.screens.key_context import KeyContext, can_undo, has_diverged, has_run


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


# fmt: off
DASHBOARD_ACTIONS = (
    *STEERING,
    *LAYERS,
    *TRYING_OUT,
    *POINTS,
    Action("app.detach", "d", "detach", "Leave, and let the run go on by itself",
           does=Post("DetachWanted"), when=has_run, line=detach_label,
           words="background disconnect exit close", when_small=True),
    END_RUN,
    *ROOM,
    RESTART,
    Action("run.report", "e", "evaluate", "See how it does on the test points",
           does=Post("ReportWanted"), when=has_run, line="evaluate",
           words="report results confusion matrix test end", when_small=True),
    NEW_SEED,
    SAVE,
    *SHARING,
    Action("run.undo", "u", "undo", "Undo a divergence or a restart, or take up a lost run",
           does=_undo, when=can_undo, line=_undo_label, first=True, again="brings back the other",
           words="rewind recover back divergence"),
    Action("app.help", "question_mark", "help", "What the keys and panes mean",
           does=Call("help"), line="help",
           words="keys manual explain"),
    QUIT,
)
# fmt: on
