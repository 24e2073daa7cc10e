"""What decides which keys act, and the conditions that actions are declared with."""

from dataclasses import dataclass

from engine.messages.commands import LONG_SECONDS
from engine.messages.run_state import State


@dataclass(frozen=True, slots=True)
class KeyContext:
    """The run and the screen, as far as keys depend on them."""

    state: State | None = None
    """None before the first snapshot."""
    lost: bool = False
    """Whether the run's process is gone."""
    can_recover: bool = False
    """Whether a lost run can be recovered from a save."""
    watches: bool = False
    """Whether this dashboard may only watch the run."""
    replays: bool = False
    """Whether a recording decides the run's course."""
    maximized: bool = False
    """Whether one pane has all the room."""
    too_small: bool = False
    """Whether the terminal has no room for the panes."""
    configured_steps: int = 0
    """Updates that the run was configured with."""
    attached: bool = False
    """Whether the run was there before this dashboard, which leaves it running."""
    step: int = 0
    trained_seconds: float = 0.0
    """For how long it was trained since it began or was reset."""
    others: int = 0
    """Other dashboards that are open on the run."""
    kept_is_newer: bool | None = None
    """Whether the course that can be brought back began after the present one; None without one."""


def always(_: KeyContext) -> bool:
    """True."""
    return True


def has_shown(now: KeyContext) -> bool:
    """Whether a run is or was shown, be it lost now."""
    return now.state is not None


def has_run(now: KeyContext) -> bool:
    """Whether there is a run that answers."""
    return now.state is not None and not now.lost


def steers(now: KeyContext) -> bool:
    """Whether commands may be sent to the run."""
    return has_run(now) and not now.watches


def decides_course(now: KeyContext) -> bool:
    """Whether commands may change what the network learns."""
    return steers(now) and not now.replays


def has_steps_left(now: KeyContext) -> bool:
    """Whether the run can be told to make updates, or to stop that."""
    return steers(now) and now.state in (State.RUNNING, State.PAUSED)


def why_fixed(now: KeyContext) -> str:
    """Why no command may change what the network learns; empty if one may."""
    if now.watches:
        return "this dashboard only watches: nothing can be changed here"
    if now.replays:
        return "a recording decides this run: nothing can be changed here"
    return "" if has_run(now) else "there is no run that answers"


def can_train_on(now: KeyContext) -> bool:
    """Whether the run has made all its updates and can be given more."""
    return decides_course(now) and now.state is State.DONE


def has_diverged(now: KeyContext) -> bool:
    """Whether there is a divergence to go back from."""
    return decides_course(now) and now.state is State.DIVERGED


def can_undo(now: KeyContext) -> bool:
    """Whether there is a divergence or a restart to go back from, or a lost run to recover."""
    if now.lost:
        return now.can_recover
    return has_diverged(now) or (decides_course(now) and now.kept_is_newer is not None)


def can_end(now: KeyContext) -> bool:
    """Whether the run goes on when this dashboard is left, and can be ended instead."""
    return now.attached and steers(now)


def others_watching(now: KeyContext) -> str:
    """How many other dashboards are open on the run, in words; empty if none is."""
    if not now.others or now.lost:
        return ""
    return "1 other is watching" if now.others == 1 else f"{now.others} others are watching"


def given_up(now: KeyContext) -> str:
    """What is given up by beginning anew, if that is so much that a person is asked: after long
    training, or with others watching.
    """
    if not now.step or not (now.trained_seconds > LONG_SECONDS or now.others):
        return ""
    watching = f"{others}; " if (others := others_watching(now)) else ""
    return f"{watching}give up {now.step:,} steps?"


def is_maximized(now: KeyContext) -> bool:
    """Whether one pane has all the room."""
    return now.maximized
