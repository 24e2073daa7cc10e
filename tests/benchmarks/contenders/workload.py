"""What is trained, the same for every contender: data, network, batches, optimizer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from engine.config.checks import MAX_STEPS
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset, Points
from engine.data.load import load_dataset
from engine.training.trainer import Trainer

Turn = Callable[[int], object]
"""Makes so many steps."""

endless = partial(TrainingConfig, steps=MAX_STEPS)
"""A configuration of a run that no benchmark comes to the end of."""


@dataclass(frozen=True, slots=True)
class Workload:
    """A training that several contenders make."""

    name: str
    config: TrainingConfig
    steps: int
    """Steps a turn: some tens of milliseconds; whole epochs."""
    data: Dataset = field(default_factory=lambda: load_dataset(TrainingConfig()))

    @property
    def samples(self) -> int:
        return self.data.train.y.size

    @property
    def batch(self) -> int:
        return self.config.batch_size or self.samples

    @property
    def batches(self) -> int:
        """Steps an epoch."""
        return -(-self.samples // self.batch)

    @property
    def classes(self) -> int:
        return len(self.data.task.classes)

    def engine(self) -> Turn:
        """`Trainer.advance`, which trains on from turn to turn."""
        return Trainer(self.config, self.data).advance

    def initial_parameters(self) -> list[tuple[Any, Any]]:
        """Weights (inputs, nodes) and biases of each layer as the engine draws them."""
        layers = Trainer(self.config, self.data).network.layers
        return [(layer.weights.T.copy(), layer.biases.copy()) for layer in layers]


def default_run() -> Workload:
    return Workload("2-16-16-1, full batch, sgd", endless(), 1000)


def article_run() -> Workload:
    config = endless(rule="article", initialization="article")
    return Workload("2-16-16-1, full batch, rule article", config, 1000)


def small_batches() -> Workload:
    return Workload("2-16-16-1, batch 10, sgd", endless(batch_size=10, alpha=0.05), 600)


def adam_run() -> Workload:
    return Workload("2-16-16-1, full batch, adam", endless(optimizer="adam", alpha=0.01), 300)


def wide_run() -> Workload:
    return Workload("2-256-256-1, full batch, sgd", endless(layers=(256, 256)), 50)


def table_run() -> Workload:
    """10,000 rows to learn from, and a quarter as many to test on."""
    config = endless(layers=(64, 64), batch_size=128, optimizer="adam", alpha=0.001)
    return Workload("30-64-64-3, 10,000 rows, batch 128, adam", config, 2 * 79, _table(10_000))


def _table(rows: int) -> Dataset:
    """Standardized rows of 30 columns in three classes."""
    from sklearn.datasets import make_classification

    inputs, classes = make_classification(
        rows + rows // 4, 30, n_informative=10, n_classes=3, random_state=0
    )
    x = np.ascontiguousarray(((inputs - inputs.mean(axis=0)) / inputs.std(axis=0)).T)
    y = classes.astype(np.float64)
    names = tuple(f"x{number}" for number in range(1, 31))
    task = Task("classification", names, names, ("0", "1", "2"))
    train = Points(np.ascontiguousarray(x[:, :rows]), y[:rows])
    return Dataset(train, Points(np.ascontiguousarray(x[:, rows:]), y[rows:]), task)
