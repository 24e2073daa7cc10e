"""An update in words: its formula, what it is made of, and why a parameter goes which way."""

import math
from dataclasses import dataclass

from engine.config.training_config import TrainingConfig
from engine.messages.layer_view import UpdateView
from engine.messages.run_state import State
from tui.drawing.number_format import rough, signed, small

Forms = tuple[str, ...]
"""The same in words, from the longest to the shortest."""


@dataclass(frozen=True, slots=True)
class UpdateContext:
    """What of a run decides how its next update is told."""

    config: TrainingConfig
    state: State
    axis: float
    """The end of the axis that the update is drawn on; see `update_arrow.axis_end`."""


def letter(*, is_bias: bool) -> str:
    """What a parameter is called in a formula."""
    return "b" if is_bias else "w"


def formula(config: TrainingConfig, times: str, *, is_bias: bool) -> Forms:
    """What an update does with a parameter."""
    l2 = config.l2 > 0.0 and not is_bias
    direction: Forms
    match config.optimizer:
        case "adamw" if l2:
            direction = ("(m / root v + l2 w)", "(m/root v + l2 w)")
        case "adam" | "adamw":
            direction = ("m / root v", "m/root v")
        case "rmsprop" if not config.momentum:
            top = "(gradient + l2 w)" if l2 else "gradient"
            direction = (f"{top} / root v", f"{'(g + l2 w)' if l2 else 'g'}/root v")
        case _ if config.momentum:
            direction = ("momentum",)
        case _:
            direction = ("(gradient + l2 w)", "(g + l2 w)") if l2 else ("gradient",)
    name = letter(is_bias=is_bias)
    whole = [f"{name} - alpha {times} {one}" for one in direction]
    if config.l1 and not is_bias:
        whole = [f"{whole[0]}, then l1", f"{whole[-1]}, l1"]
    return tuple(whole)


def written_out(update: UpdateView, times: str, *, scheduled: bool) -> tuple[tuple[str, str], ...]:
    """The step in numbers up to the equals sign, and from there on, in forms from the longest. With l1, the
    longest has what that takes, too; the others come to the value before.
    """
    # with a schedule, alpha keeps its length while it changes
    alpha = f"{update.alpha:#.3g}" if scheduled else rough(update.alpha)
    step = f"- {alpha} {times} {small(update.direction, 7)}"
    taken = dict(update.parts).get("l1", 0.0)
    value, before_l1 = update.value, update.updated + taken
    result = f"= {signed(before_l1, 7, 4)}"
    forms = (
        (f"{signed(value, 7, 4)} {step}", result),
        (f"{signed(value, 6, 3)} {step}", result),
    )
    if not taken:
        return forms
    whole = f"{forms[0][0]} - l1 {small(taken, 7)}", f"= {signed(update.updated, 7, 4)}"
    return whole, *forms


def result_alone(update: UpdateView) -> str:
    """What comes out, below the step."""
    taken = dict(update.parts).get("l1", 0.0)
    return f"{f'- l1 {small(taken, 7)} ' if taken else ''}= {signed(update.updated, 7, 4)}"


SHORT_NAMES = {"gradient": "g", "momentum": "mom.", "mean m": "m", "then l1": "l1"}
"""Of terms, where there is no room for their names."""


def terms(update: UpdateView) -> Forms:
    """What the direction is made of, and what l1 takes after that; empty where it is the gradient."""
    if not update.parts:
        return ()
    values = [
        ("then l1" if name == "l1" else name, small(value, 7)) for name, value in update.parts
    ]
    short = [f"{SHORT_NAMES.get(name, name)} {value}" for name, value in values]
    return (
        "  ".join(f"{name} {value}" for name, value in values),
        " ".join(f"{name} {value}" for name, value in values),
        " ".join(short),
        " ".join(short[-2:]),
    )


def has_terms(config: TrainingConfig) -> bool:
    """Whether the direction of some parameter is more than its gradient."""
    return bool(config.optimizer != "sgd" or config.momentum or config.l1 or config.l2)


def obstacle(update: UpdateView, state: State, *, is_off: bool, is_bias: bool) -> str:
    """Why there will be no such update; empty if there will be."""
    if state is State.DIVERGED:
        return "diverged: no next update"
    if update.frozen != "nothing":
        scope = "bias" if is_bias else "weight"
        return f"{scope if update.frozen == 'parameter' else update.frozen} frozen"
    if is_off:
        return "node off: it learns nothing"
    if not math.isfinite(update.updated):
        return "no number comes out of it"
    return ""


def hint(update: UpdateView, state: State) -> Forms:
    """What can be done about the obstacle."""
    if state is State.DIVERGED:
        return ("u goes back to before", "u goes back")
    if update.frozen != "nothing":
        return "x freezes more, then nothing again", "x freezes more, or nothing", "x changes it"
    return ("0 switches the node on again", "0 switches it on")


def sentence(update: UpdateView, config: TrainingConfig, *, is_bias: bool) -> Forms:
    """Why the parameter goes which way."""
    name = letter(is_bias=is_bias)
    move, slope = update.updated - update.value, -update.gradient
    way = "up" if move > 0.0 else "down"
    if move == 0.0:
        return _stays(update, name)
    goes = f"{name} goes {way}"
    if slope == 0.0:
        cause = _cause(update)
        return f"{name} does not change the loss; {cause}: {goes}", f"{cause}: {goes}", goes
    loss = "less" if slope > 0.0 else "more"
    if move * slope < 0.0:
        cause = _cause(update)
        return f"more {name} means {loss} loss, but {cause}: {goes}", f"{cause}: {goes}", goes
    if config.clip is not None and abs(update.gradient) >= config.clip:
        return f"gradient clipped to {config.clip:g}: {goes}", goes
    return f"more {name} means {loss} loss: {goes}", f"{goes}: less loss", goes


def _stays(update: UpdateView, name: str) -> Forms:
    """Why it does not move at all."""
    if dict(update.parts).get("l1", 0.0):
        return f"l1 holds {name} where it is", "l1 holds it"
    if update.gradient == 0.0:
        return f"{name} does not change the loss: it stays", f"no slope: {name} stays"
    return f"too small a step to change {name}", "too small a step"


CAUSES = {
    "momentum": "momentum rolls on",
    "mean m": "the mean m leads",
    "l2 w": "l2 pulls it in",
    "l1": "l1 pulls it in",
}
"""Terms that can have a parameter go against its gradient."""


def _cause(update: UpdateView) -> str:
    """The greatest of these, in words."""
    sizes = {
        name: abs(value) / (update.alpha if name == "l1" else 1.0)
        for name, value in update.parts
        if name in CAUSES
    }
    if "root v" in dict(update.parts) and "mean m" in sizes:
        sizes["mean m"] /= dict(update.parts)["root v"] or 1.0
    return CAUSES.get(max(sizes, key=lambda name: sizes[name], default=""), "rounding")
