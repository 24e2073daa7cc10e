"""What is allowed, and hardly what was meant: settings without effect, and those that end badly."""

import math
from collections.abc import Iterator

from engine.config.data_sets import data_set_named
from engine.config.l2_warning import l2_warning
from engine.config.more_kinds import split_layer
from engine.config.settings import Settings

LARGEST_ADAPTIVE_ALPHA = 0.1
"""With rmsprop and adam a weight moves by about alpha a step, however small its gradient."""

ALPHA_OF_SQUARES = 0.008
"""About 2 / E[x^4] of points of the plane that are not scaled: the largest that is stable."""

ALPHA_OF_PLANE = 0.167
"""2 / E[x^2] of inputs from -6 to 6, the largest that is stable for a linear model."""


def warnings_of(values: Settings) -> list[str]:
    """A line, begun with the setting, for everything that a person should know before it starts."""
    return [*_of_data(values), *_of_network(values), *_of_alpha(values), *_of_training(values)]


def _of_data(values: Settings) -> Iterator[str]:
    found = data_set_named(values.data)
    if values.noise and (found is None or found.is_real):
        yield "noise: it has no effect, as the points are what they are"


def _of_network(values: Settings) -> Iterator[str]:
    if not values.layers and values.dropout:
        yield "dropout: it has no effect without hidden layers"
    own = [split_layer(layer)[1] for layer in values.layers]
    if values.activation != "relu" and None not in own:
        why = "each has its own" if own else "there is none"
        yield f"activation: it has no effect on hidden layers, as {why}"
    if values.initialization == "zeros" and values.layers:
        yield "initialization: with zeros, all nodes of a layer stay alike and count as one"


def _of_alpha(values: Settings) -> Iterator[str]:
    alpha = values.alpha
    if values.optimizer in ("rmsprop", "adam", "adamw") and alpha > LARGEST_ADAPTIVE_ALPHA:
        yield (
            f"alpha: {alpha:g} is large for {values.optimizer}, with which a weight moves by about"
            " alpha a step; 0.01 is usual"
        )
    l2 = l2_warning(alpha, values.l2, values.optimizer, values.momentum, values.nesterov)
    if l2 is not None:
        yield f"l2: {l2}"
    if values.scaling == "none":
        yield from _of_unscaled_inputs(values)


def _of_unscaled_inputs(values: Settings) -> Iterator[str]:
    found = data_set_named(values.data)
    largest = math.inf
    if {"x2", "y2", "xy"} & set(values.features):
        largest = ALPHA_OF_SQUARES
    elif found is not None and found.name in ("plane", "gaussian") and not values.layers:
        largest = ALPHA_OF_PLANE
    if values.optimizer == "sgd" and values.alpha > largest:
        yield (
            f"scaling: with inputs as large as these, an alpha above {largest:g} will diverge or"
            " jump about; --scaling standard takes any"
        )


def _of_training(values: Settings) -> Iterator[str]:
    plain = values.optimizer == "sgd" and not values.momentum
    if plain and values.clip is not None and values.l1 >= values.clip:
        yield (
            f"l1: {values.l1:g} pulls harder than any gradient, clipped at {values.clip:g}:"
            " every weight will be 0"
        )
    if values.batch_size is None and values.order == "fixed":
        yield "order: it has no effect on the full batch"
    if values.batch_size is not None and values.samples is not None:
        trained = values.samples - math.ceil(values.test_size * values.samples)
        if values.batch_size > trained:
            yield f"batch: {values.batch_size} are more than the {trained} training points: all of them"
    if values.patience is not None and values.patience >= values.steps:
        yield f"patience: it has no effect, as the run has {values.steps} steps only"
