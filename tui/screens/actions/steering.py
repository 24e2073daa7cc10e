"""Keys that say whether, how fast and with which learning rate the run goes on."""

from engine.messages.commands import (
    MakeSteps,
    NudgeAlpha,
    NudgePace,
    ToggleFullSpeed,
    TogglePause,
)
from engine.messages.run_state import State
from tui.screens.action import Action, Call
from tui.screens.key_context import KeyContext, decides_course, has_steps_left


def _pause_label(now: KeyContext) -> str:
    return "pause" if now.state is State.RUNNING else "go on"


# fmt: off
STEERING = (
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
)
# fmt: on
