"""Trainings drawn at random: configurations that go together, with small data made by hand."""

import functools
import os
from typing import Any, NamedTuple

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.config.activation_names import ACTIVATIONS
from engine.config.names import FEATURES, INITIALIZATIONS, FeatureName, Scaling
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.target_scale import AS_IT_IS, fitted_target
from engine.data.transform import fitted
from engine.run.run import Run
from engine.training.trainer import Phase, Trainer

INPUTS = ("x", "y", "z")
REGRESSION = 0
"""In the place of a number of classes."""


def as_many(examples: int) -> settings:
    """So many examples, or as many as MOONWALK_EXAMPLES says, other ones every time."""
    return settings(
        deadline=None,
        max_examples=int(os.environ.get("MOONWALK_EXAMPLES", examples)),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


class Training(NamedTuple):
    """What a trainer, or a run, is made of."""

    config: TrainingConfig
    dataset: Dataset

    def trainer(self) -> Trainer:
        return Trainer(self.config, self.dataset)

    def run(self) -> Run:
        return Run(self.config, pace=0, dataset=self.dataset)


@functools.cache
def data_of(
    classes: int, inputs: int, points: int, features: tuple[FeatureName, ...], scaling: Scaling
) -> Dataset:
    """Clouds of points, one a class; or values of a wave, with 0 `classes`."""
    rng = np.random.default_rng(points)
    x = rng.normal(size=(inputs, points))
    if classes == REGRESSION:
        y = np.sin(2.0 * x[0]) + 0.1 * rng.normal(size=points)
    else:
        y = (np.arange(points) % classes).astype(np.float64)
        x[0] += 2.0 * np.cos(y)
        x[-1] += 2.0 * np.sin(y)
    names = INPUTS[:inputs]
    task = Task(
        "classification" if classes else "regression",
        names,
        features or names,
        tuple("abcde"[:classes]),
    )
    trained = points * 3 // 4
    train, test = (
        Points(np.ascontiguousarray(x[:, side]), y[side].copy())
        for side in (slice(trained), slice(trained, points))
    )
    scales_target = classes == REGRESSION and scaling != "none"
    return Dataset(
        train,
        test,
        task,
        fitted(features, scaling, train.x),
        target=fitted_target(train.y) if scales_target else AS_IT_IS,
    )


def one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


activations = st.sampled_from([*ACTIVATIONS, "relu:0", "relu:0.3"])

layers = st.lists(
    st.integers(1, 6) | st.builds("{}:{}".format, st.integers(1, 6), activations), max_size=3
).map(tuple)

optimizers = one_of(
    {"optimizer": "sgd", "momentum": 0.0, "nesterov": False},
    {"optimizer": "sgd", "momentum": 0.9, "nesterov": False},
    {"optimizer": "sgd", "momentum": 0.5, "nesterov": True},
    {"optimizer": "rmsprop", "momentum": 0.0, "nesterov": False},
    {"optimizer": "rmsprop", "momentum": 0.6, "nesterov": False},
    {"optimizer": "adam", "momentum": 0.0, "nesterov": False},
    {"optimizer": "adamw", "momentum": 0.0, "nesterov": False},
)

LIVE: dict[str, st.SearchStrategy[Any]] = {
    "alpha": one_of(1e-3, 0.02, 0.1, 0.3, 2.0, 50.0, 1e9),
    "batch_size": one_of(None, 1, 7, 16, 44, 500),
    "order": one_of("shuffled", "fixed"),
    "schedule": one_of(
        *("constant", "step:20:0.5", "exponential:0.99", "cosine", "plateau:0.5:0"),
        "plateau:0.3:1",
    ),
    "warm_up": one_of(0, 0, 1, 30),
    "l1": one_of(0.0, 0.0, 0.02),
    "l2": one_of(0.0, 0.0, 0.05),
    "dropout": one_of(0.0, 0.0, 0.3),
    "clip": one_of(None, 1.0, 0.1),
    "until_loss": one_of(None, None, 0.3, 0.6, 5.0),
    "patience": one_of(None, None, 1, 40, 120),
    "layers": layers,
    "activation": activations,
}
"""Values of the settings that can change live, but for the optimizer's and the plane, which go with
others.
"""


@st.composite
def trainings(draw: st.DrawFn, *, alphas: tuple[float, ...] = ()) -> Training:
    """Any values of the settings that go together; `alphas` are the only ones, if given."""
    classes = draw(st.sampled_from([2, 2, 3, 5, REGRESSION]))
    inputs = draw(st.integers(1, 3))
    features = draw(st.lists(st.sampled_from(FEATURES), max_size=3, unique=True).map(tuple))
    scaling = draw(one_of("none", "standard", "minmax"))
    points = draw(st.integers(20, 60))
    losses = ["auto"] if classes > 2 else ["auto", "squared_error", "half_squared_error"]
    features = features if inputs == 2 else ()
    values = {
        "samples": points,
        "steps": draw(st.integers(60, 260)),
        "loss": draw(st.sampled_from(losses)),
        "features": features,
        "scaling": scaling,
        "initialization": draw(st.sampled_from(INITIALIZATIONS)),
        "seed": draw(st.integers(0, 3)),
        "weight_seed": draw(one_of(None, 7)),
    }
    values |= {field: draw(strategy) for field, strategy in LIVE.items()} | draw(optimizers)
    if alphas:
        values["alpha"] = draw(st.sampled_from(alphas))
    if classes == 2 and draw(st.integers(0, 7)) == 0:
        values |= {"rule": "article", "loss": "auto", "batch_size": None, "optimizer": "sgd"}
        values |= {"momentum": 0.0, "nesterov": False, "l1": 0.0, "l2": 0.0, "dropout": 0.0}
        values |= {"activation": "relu", "layers": (4,)}
    return Training(TrainingConfig(**values), data_of(classes, inputs, points, features, scaling))


steps = st.integers(0, 260) | st.sampled_from([0, 1, 49, 50, 51, 100, 150, 200])
"""Where something happens: anywhere, or near an evaluation."""

cuts = st.lists(st.integers(1, 130), min_size=1, max_size=8)
"""Lengths of bursts, taken in turn."""


def advance_to(trainer: Trainer, step: int, lengths: list[int]) -> None:
    """Advance to `step` in bursts of `lengths`, or to where the trainer makes no more updates."""
    turn = 0
    while trainer.step < step and trainer.phase is Phase.TRAINING:
        trainer.advance(min(lengths[turn % len(lengths)], step - trainer.step))
        turn += 1


def to_the_end(trainer: Trainer, lengths: list[int]) -> None:
    """Advance in bursts of `lengths` for as long as it makes updates."""
    advance_to(trainer, trainer.total_steps, lengths)
