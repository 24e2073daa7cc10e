"""The keys of the report."""

from engine.messages.commands import TrainAgain
from tui.screens.action import Action, Call, Post
from tui.screens.actions.shared import END_RUN, NEW_SEED, QUIT, RESTART, SAVE, detach_label
from tui.screens.actions.sharing import COMMAND_LINE, EXPORT
from tui.screens.key_context import KeyContext, can_train_on, has_run


def _train_on_label(now: KeyContext) -> str:
    return f"train {now.configured_steps:,} more"


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
    COMMAND_LINE,
    EXPORT,
    Action("end.detach", "d", "detach", "Leave, and let the run be by itself",
           does=Post("DetachWanted"), when=has_run, line=detach_label,
           words="background disconnect exit close"),
    END_RUN,
    Action("end.help", "question_mark", "help", "What the figures and keys mean",
           does=Call("help"), line="help",
           words="keys manual explain"),
    QUIT,
)
# fmt: on
"""The keys of the report."""
