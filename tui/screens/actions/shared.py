"""The actions that the training view and the report have in common."""

from engine.messages.commands import NextSeed, StartOver
from tui.screens.action import Action, Post
from tui.screens.key_context import (
    KeyContext,
    can_end,
    decides_course,
    has_run,
    others_watching,
    steers,
)


def detach_label(now: KeyContext) -> str:
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
    "Start over with the next seed's points and weights",
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
