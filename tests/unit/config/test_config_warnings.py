"""What a person is told of a set-up that is allowed, and hardly what was meant."""

from typing import Any

import pytest

from engine.config.config_warnings import warnings_of
from engine.config.setting import filled
from engine.config.training_config import TrainingConfig

WARNED: list[tuple[dict[str, Any], str]] = [
    ({"alpha": 3.0, "l2": 1.0},
     "l2: alpha times l2 is 3: above 2 the penalty throws weights over 0, farther each update;"
     " take a smaller l2 or alpha"),
    ({"alpha": 0.25, "optimizer": "adam"},
     "alpha: 0.25 is large for adam, with which a weight moves by about alpha a step;"
     " 0.01 is usual"),
    ({"batch_size": 500}, "batch: 500 are more than the 150 training points: all of them"),
    ({"data": "iris", "noise": 0.2}, "noise: it has no effect, as the points are what they are"),
    ({"data": "mine.csv", "noise": 0.2}, "noise: it has no effect, as the points are what they are"),
    ({"order": "fixed"}, "order: it has no effect on the full batch"),
    ({"dropout": 0.5, "layers": ()}, "dropout: it has no effect without hidden layers"),
    ({"activation": "tanh", "layers": ()},
     "activation: it has no effect on hidden layers, as there is none"),
    ({"activation": "tanh", "layers": ("4:relu",)},
     "activation: it has no effect on hidden layers, as each has its own"),
    ({"initialization": "zeros"},
     "initialization: with zeros, all nodes of a layer stay alike and count as one"),
    ({"data": "circles", "features": ("x", "x2"), "scaling": "none"},
     "scaling: with inputs as large as these, an alpha above 0.008 will diverge or jump about;"
     " --scaling standard takes any"),
    ({"data": "plane", "layers": ()},
     "scaling: with inputs as large as these, an alpha above 0.167 will diverge or jump about;"
     " --scaling standard takes any"),
    ({"l1": 1.0}, "l1: 1 pulls harder than any gradient, clipped at 1: every weight will be 0"),
    ({"patience": 50, "steps": 50},
     "patience: it has no effect, as the run has 50 steps only"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "line"), WARNED, ids=[str(case[0])[:40] for case in WARNED])
def test_given_a_doubtful_set_up_when_looked_at_then_one_line_says_why(
    given: dict[str, Any], line: str
) -> None:
    assert warnings_of(TrainingConfig(**filled(TrainingConfig, given))) == [line]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"alpha": 2.0, "l2": 1.0},
        {"alpha": 0.1, "optimizer": "adam"},
        {"batch_size": 150},
        {"data": "mine.csv", "batch_size": 5000},
        {"order": "fixed", "batch_size": 10},
        {"data": "plane", "layers": (), "alpha": 0.16},
        {"l1": 1.0, "clip": None},
        {"l1": 0.5},
        {"patience": 49, "steps": 50},
        {"initialization": "zeros", "layers": ()},
    ],
    ids=str,
)
def test_given_a_sound_set_up_when_looked_at_then_nothing_is_said(given: dict[str, Any]) -> None:
    assert warnings_of(TrainingConfig(**filled(TrainingConfig, given))) == []
