"""Set-ups worth a look, each under a name: some settings to begin with, which options then change."""

from collections.abc import Mapping
from typing import Any

import msgspec

from engine.config.checks import check_name


class Preset(msgspec.Struct, frozen=True):
    """Values for some of the settings; all others are as usual."""

    name: str
    help: str
    """What it shows."""
    values: dict[str, Any]
    """By field."""


_ALL = (
    Preset(
        "article",
        "two moons, learned by the article's own rule, which is not quite the chain rule",
        {"rule": "article"},
    ),
    Preset(
        "playground",
        "how TensorFlow Playground starts: six tanh nodes draw a ring with straight strokes",
        {
            "data": "circles",
            "test_size": 0.5,
            "layers": (4, 2),
            "activation": "tanh",
            "loss": "half_squared_error",
            "initialization": "uniform",
            "alpha": 0.03,
            "batch_size": 10,
            "order": "fixed",
        },
    ),
    Preset(
        "linear",
        "no hidden layer at all: of squared inputs, a circle is a straight line",
        {"data": "circles", "features": ("x2", "y2"), "layers": ()},
    ),
    Preset(
        "xor",
        "what no straight line parts, and four nodes do; try --layers 1 and none",
        {"data": "xor", "layers": (4,), "activation": "tanh"},
    ),
    Preset(
        "spiral",
        "three arms wound up: deep enough, and with adam, it follows every turn",
        {
            "data": "spiral:3",
            "activation": "tanh",
            "optimizer": "adam",
            "alpha": 0.01,
        },
    ),
    Preset(
        "overfit",
        "too many nodes for too few points: the test loss rises; --l2 0.03 holds it",
        {
            "samples": 60,
            "noise": 0.35,
            "test_size": 0.5,
            "layers": (64, 64),
            "optimizer": "adam",
            "alpha": 0.003,
            "steps": 3000,
        },
    ),
    Preset(
        "sine",
        "a curve through noisy values of one input: regression, with no class in sight",
        {
            "data": "sine",
            "activation": "tanh",
            "optimizer": "adam",
            "alpha": 0.01,
        },
    ),
    Preset(
        "iris",
        "three kinds of iris by four lengths, in small batches; try --plane with two of them",
        {
            "data": "iris",
            "layers": (8,),
            "activation": "tanh",
            "optimizer": "adam",
            "alpha": 0.01,
            "batch_size": 16,
            "steps": 3000,
        },
    ),
    Preset(
        "digits",
        "written digits: 64 inputs, ten classes, some thousand steps on batches of 64",
        {
            "data": "digits",
            "layers": (32,),
            "optimizer": "adam",
            "alpha": 0.003,
            "batch_size": 64,
            "steps": 5000,
        },
    ),
)

PRESETS: Mapping[str, Preset] = {one.name: one for one in _ALL}
"""By name, in the order in which they are listed."""


def with_preset(name: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given by the preset of that name, where there is one, and by `given`, which wins.
    ConfigError if there is no such preset.
    """
    if name is None:
        return dict(given)
    check_name("preset", name, tuple(PRESETS))
    return {**PRESETS[name].values, **given}
