"""The table of settings: everything that a run can be told to do, one entry each.

Their order is the order of the header's words and of the fields of `--json`; the help sorts them by
heading. To add a setting, add an entry here and use its value; nothing else has to know of it.
"""

from typing import Annotated, Any

import msgspec

from engine.config.checks import MAX_ALPHA, MAX_NOISE, MAX_SAMPLES, MAX_SEED, MAX_STEPS
from engine.config.kinds import Choice, LayerSizes, Positive, Share, Whole
from engine.config.names import INITIALIZATIONS, RULES, Initialization, RuleName
from engine.config.setting import Setting

LEARNED = "What is learned"
LEARNS = "How it learns"


def _sizes_word(layers: tuple[int, ...]) -> str:
    return "make_moons " + "-".join(str(nodes) for nodes in (2, *layers, 1))


def _initialization_word(initialization: str) -> str:
    return "" if initialization == "he" else f"{initialization} init"


def _initialization_of_rule(values: Any) -> str:
    # the article's rule hardly learns from any start but the article's
    return "article" if values["rule"] == "article" else "he"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The values of every setting of a run, with their defaults."""

    layers: Annotated[
        tuple[int, ...],
        Setting(
            LayerSizes(),
            LEARNS,
            "Nodes of each hidden layer. More can draw a more winding border.",
            word=_sizes_word,
            in_json=True,
        ),
    ] = (16, 16)
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
        Setting(
            Whole(1, MAX_STEPS), LEARNS, "Updates, each on all the training points.", live=True
        ),
    ] = 20_000
    rule: Annotated[
        RuleName,
        Setting(
            Choice(RULES),
            LEARNS,
            "How gradients are taken. exact: by the chain rule. article: as the code of the"
            " article does, which is not quite the chain rule. Try both.",
            word=lambda rule: f"{rule} rule",
            in_json=True,
        ),
    ] = "exact"
    samples: Annotated[
        int,
        Setting(
            Whole(4, MAX_SAMPLES),
            LEARNED,
            "Points, half of them on either moon; for training and test together.",
        ),
    ] = 200
    noise: Annotated[
        float,
        Setting(
            Positive(MAX_NOISE),
            LEARNED,
            "How far the points stray from their moon (standard deviation). With more, the"
            " classes overlap and no border is right everywhere.",
        ),
    ] = 0.2
    test_size: Annotated[
        float,
        Setting(
            Share(),
            LEARNED,
            "Share of the points that the network never learns from. They show whether it"
            " understood the shape or only learned the other points by heart.",
        ),
    ] = 0.25
    seed: Annotated[
        int,
        Setting(
            Whole(0, MAX_SEED),
            LEARNED,
            "Decides the points, the split and the first weights. The same seed gives the same"
            " run, bit for bit.",
            word=lambda seed: f"seed {seed}",
            in_json=True,
        ),
    ] = 0
    initialization: Annotated[
        Initialization,
        Setting(
            Choice(INITIALIZATIONS),
            LEARNS,
            "How the first weights are drawn. he: around 0, scaled to the layer."
            " article: around -1, as the article's code does. Give one of them to both rules, and"
            " they start alike.",
            word=_initialization_word,
            usual=_initialization_of_rule,
            usual_text="the rule's own: he for exact, article for article",
        ),
    ] = "he"
