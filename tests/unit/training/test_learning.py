"""That networks learn, which no single gradient tells: scores of test points after training.

The runs are the same every time; a threshold leaves room for what another library of sums does to them.
"""

from statistics import mean
from typing import Any

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
