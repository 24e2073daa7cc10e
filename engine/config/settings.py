"""The table of settings: everything that a run can be told to do, one entry each.

What is learnt stands in `data_settings`, the network in `network_settings`, how it is trained here. Their
order is the order of the header's words and of the fields of `--json`; the help sorts them by heading.
To add a setting, add an entry and use its value; nothing else has to know of it.
"""

from typing import Annotated, Any

from engine.config.checks import MAX_ALPHA, MAX_SAMPLES, MAX_STEPS
from engine.config.data_settings import LEARNED
from engine.config.kinds import Between, Choice, Flag, Positive, Whole
from engine.config.ladders import PENALTIES, SHARES_TO_ALL
from engine.config.more_kinds import Maybe, Named
from engine.config.names import OPTIMIZERS, ORDERS, RULES, OptimizerName, Order, RuleName
from engine.config.network_settings import LEARNS, NETWORK, NetworkSettings
from engine.config.schedule import SCHEDULES, canonical_schedule, check_schedule
from engine.config.setting import Setting
from engine.config.task import Task

__all__ = ["LEARNED", "LEARNS", "NETWORK", "STOPS", "Settings"]

STOPS = "When it stops"

MAX_PENALTY = 1e6
MAX_SHARE = 0.999
"""Of momentum and dropout: with all of it, nothing would be learnt."""


def _training_word(values: Any, _: Task) -> str:
    size = values.batch_size
    return f"{values.optimizer}, {'full batch' if size is None else f'batch {size}'}"


def _momentum_word(values: Any, _: Task) -> str:
    name = "nesterov" if values.nesterov else "momentum"
    return f"{name} {values.momentum:g}" if values.momentum else ""


class Settings(NetworkSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The values of every setting of a run, with their defaults."""

    alpha: Annotated[
        float,
        Setting(
            Positive(MAX_ALPHA),
            LEARNS,
            "Alpha, the learning rate: how far an update goes down the gradient. Too small learns slowly,"
            " too large jumps about or diverges.",
            live=True,
        ),
    ] = 0.25
    steps: Annotated[
        int,
        Setting(Whole(1, MAX_STEPS), STOPS, "Updates, each on one batch.", live=True),
    ] = 20_000
    batch_size: Annotated[
        int | None,
        Setting(
            Maybe(Whole(1, MAX_SAMPLES), "full", near=32),
            LEARNS,
            "Training points that an update learns from. Few make many cheap, shaky steps; full"
            " takes all of them.",
            word=_training_word,
            option_name="batch",
            in_json=True,
            live=True,
        ),
    ] = None
    order: Annotated[
        Order,
        Setting(
            Choice(ORDERS),
            LEARNS,
            "Whether batches take the points in another order each epoch, or always in the same.",
            live=True,
        ),
    ] = "shuffled"
    optimizer: Annotated[
        OptimizerName,
        Setting(
            Choice(OPTIMIZERS),
            LEARNS,
            "How a gradient becomes a step: sgd goes straight down it; rmsprop and adam give each"
            " weight a step of its own size and want an alpha near 0.01; adamw shrinks weights"
            " apart from that (--l2).",
            in_json=True,
            live=True,
        ),
    ] = "sgd"
    momentum: Annotated[
        float,
        Setting(
            Between(0.0, MAX_SHARE, rungs=SHARES_TO_ALL),
            LEARNS,
            "Share of the last step that sgd and rmsprop make again: it rolls on where the slope"
            " stays the same.",
            word=_momentum_word,
            live=True,
        ),
    ] = 0.0
    nesterov: Annotated[
        bool,
        Setting(
            Flag(), LEARNS, "Take momentum as Nesterov does, looking one step ahead.", live=True
        ),
    ] = False
    schedule: Annotated[
        str,
        Setting(
            Named("NAME:N:...", check_schedule, SCHEDULES, canonical_schedule),
            LEARNS,
            "How alpha changes by itself: constant; step:1000:0.5 halves it every 1,000 steps;"
            " exponential:0.9995 multiplies it every step; cosine lets it fall to 0 at the last step;"
            " plateau:0.5:10 halves it when more than ten training losses in a row were no better.",
            word=lambda values, _: "" if values.schedule == "constant" else values.schedule,
            live=True,
        ),
    ] = "constant"
    warm_up: Annotated[
        int,
        Setting(
            Whole(0, MAX_STEPS),
            LEARNS,
            "Steps in which alpha rises from near 0 to its value, before the schedule begins.",
            live=True,
        ),
    ] = 0
    l1: Annotated[
        float,
        Setting(
            Between(0.0, MAX_PENALTY, rungs=PENALTIES),
            LEARNS,
            "Pull every weight towards 0 by alpha times this, and leave it there: few are used.",
            word=lambda values, _: f"l1 {values.l1:g}" if values.l1 else "",
            live=True,
        ),
    ] = 0.0
    l2: Annotated[
        float,
        Setting(
            Between(0.0, MAX_PENALTY, rungs=PENALTIES),
            LEARNS,
            "Shrink every weight by alpha times this share of it: none grows large.",
            word=lambda values, _: f"l2 {values.l2:g}" if values.l2 else "",
            live=True,
        ),
    ] = 0.0
    dropout: Annotated[
        float,
        Setting(
            Between(0.0, MAX_SHARE, rungs=SHARES_TO_ALL),
            LEARNS,
            "Share of the hidden nodes that are left out of an update, others each time: none"
            " relies on another.",
            word=lambda values, _: f"dropout {values.dropout:g}" if values.dropout else "",
            live=True,
        ),
    ] = 0.0
    clip: Annotated[
        float | None,
        Setting(
            Maybe(Positive(MAX_ALPHA), near=1.0),
            LEARNS,
            "Keep every gradient between minus this and this.",
            live=True,
        ),
    ] = 1.0
    until_loss: Annotated[
        float | None,
        Setting(
            Maybe(Positive(MAX_ALPHA), near=0.1),
            STOPS,
            "Stop as soon as the training loss is no more than this; of values from a file, that is the"
            " loss on their common scale.",
            live=True,
        ),
    ] = None
    patience: Annotated[
        int | None,
        Setting(
            Maybe(Whole(1, MAX_STEPS), near=1000),
            STOPS,
            "Stop when the test loss has not come below its least for so many steps.",
            live=True,
        ),
    ] = None
    rule: Annotated[
        RuleName,
        Setting(
            Choice(RULES),
            LEARNS,
            "How gradients are taken. exact: by the chain rule. article: as the code of the"
            " article does, which is not quite the chain rule. Try both.",
            word=lambda values, _: f"{values.rule} rule",
            in_json=True,
        ),
    ] = "exact"
