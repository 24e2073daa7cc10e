"""That networks learn, which no single gradient tells: scores of test points after training.

The runs are the same every time; a threshold leaves room for what another library of sums does to them.
"""

from statistics import mean
from typing import Any

import numpy as np
import pytest

from engine.config.setting import filled
from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.probes.evaluation import evaluation_of
from engine.training.trainer import Trainer

ADAM = {"optimizer": "adam", "alpha": 0.01, "batch_size": 32}


def learned(seed: int, **values: Any) -> float:
    """Accuracy or R² of the test points after the last step."""
    config = TrainingConfig(**filled(TrainingConfig, values | {"seed": seed}))
    trainer = Trainer(config, load_dataset(config))
    trainer.advance(config.steps)
    figures = evaluation_of(trainer).test
    score = figures.r2 if figures.accuracy is None else figures.accuracy
    assert score is not None
    return score


@pytest.mark.parametrize(
    ("data", "kind", "loss"),
    [
        ("iris", "MLPClassifier", "auto"),
        ("spiral", "MLPClassifier", "auto"),
        ("diabetes", "MLPRegressor", "half_squared_error"),
    ],
)
def test_given_one_start_and_order_when_learned_then_the_weights_are_those_of_scikit_learn(
    data: str, kind: str, loss: str
) -> None:
    """Given plain descent for five epochs, in batches that leave a short last one."""
    from sklearn import neural_network

    values = {"data": data, "layers": (16,), "activation": "relu:0", "loss": loss, "order": "fixed"}
    values |= {"batch_size": 32, "alpha": 0.05, "clip": None}
    config = TrainingConfig(**filled(TrainingConfig, values))
    dataset = load_dataset(config)
    trainer = Trainer(config, dataset)
    x, y = dataset.transform(dataset.train.x).T, dataset.target.scaled(dataset.train.y)
    theirs = getattr(neural_network, kind)(
        hidden_layer_sizes=(16,), solver="sgd", alpha=0.0, batch_size=32, learning_rate_init=0.05, momentum=0.0,
        nesterovs_momentum=False, shuffle=False, random_state=0,
    )  # fmt: skip
    classes = {} if dataset.task.is_regression else {"classes": np.unique(y)}
    theirs.partial_fit(x, y, **classes)  # makes its arrays
    for layer, weights, biases in zip(
        trainer.network.layers, theirs.coefs_, theirs.intercepts_, strict=True
    ):
        weights[...], biases[...] = layer.weights.T, layer.biases

    for _ in range(5):
        theirs.partial_fit(x, y)
    trainer.advance(5 * -(-y.size // 32))

    for layer, weights, biases in zip(
        trainer.network.layers, theirs.coefs_, theirs.intercepts_, strict=True
    ):
        np.testing.assert_allclose(layer.weights.T, weights, rtol=0.0, atol=1e-12)
        np.testing.assert_allclose(layer.biases, biases, rtol=0.0, atol=1e-12)


def test_given_two_spirals_when_learned_with_adam_then_95_percent_are_right() -> None:
    scores = [
        learned(seed, data="spiral", layers=(32, 32), steps=1800, **ADAM) for seed in range(3)
    ]
    assert mean(scores) >= 0.95


def test_given_three_irises_when_learned_then_93_percent_are_right() -> None:
    scores = [learned(seed, data="iris", layers=(16,), steps=240, **ADAM) for seed in range(4)]
    assert mean(scores) >= 0.93


def test_given_few_noisy_rows_when_l2_is_on_then_r2_of_the_others_is_higher() -> None:
    """Given diabetes, 331 rows to learn from, then a penalty gives an R² of .40, and more than none."""
    run = {"data": "diabetes", "layers": (16,), "steps": 220, **ADAM}
    plain = mean(learned(seed, **run) for seed in range(5))
    penalized = mean(learned(seed, **run, l2=0.1) for seed in range(5))
    assert penalized >= 0.40
    assert penalized > plain
