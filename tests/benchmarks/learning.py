"""How well the engine learns each data set, beside scikit-learn's networks.

    python tests/benchmarks/learning.py [--seeds N] [--only NAME,...] [--quick]

All learn the same points, scaled alike, with the same hidden layers, optimizer, alpha, batch size and
number of epochs, from a start of their own; none stops early, and none has a penalty. What is compared
is the score of the test points after the last update: accuracy for classes, R² for values. Values are
learned with half the squared error, as scikit-learn does. Each of the seeds draws other points, another
split, other weights and another order of batches.

The engine learns twice: with He's initialization, and with PyTorch's, which draws biases, too, as
scikit-learn's does. Its relu has a slope of .05, and it clips gradients at 1; theirs do neither.

Ours reaches theirs if

    mean of ours >= mean of theirs - s / sqrt(seeds),

with s the standard deviation of theirs over the seeds. Chance alone fails that now and then, also
between two that are the same, so the mean of the differences, seed by seed, stands beside it with its
own standard error.
"""

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", os.environ["OPENBLAS_NUM_THREADS"])

import csv
import statistics
import tempfile
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from figures import Load
from rich.console import Console
from rich.table import Table

from engine.config.names import Initialization
from engine.config.setting import filled
from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.data.load import load_dataset
from engine.network.metrics import accuracy, r2
from engine.training.trainer import Trainer

BATCH = 32
ADAM_ALPHA = 0.01
OPTIMIZERS = "adam", "sgd"
STARTS: tuple[Initialization, ...] = ("he", "pytorch")
"""The initializations that the engine learns with."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A data set, and what it is learned with."""

    data: str
    layers: tuple[int, ...]
    epochs: int
    noise: float | None = None
    """None for the usual one."""
    sgd_alpha: float = 0.1
    """Where inputs are large, less: after the last update of a larger one, chance decides the score."""
    name: str = ""
    """What the table says, if not the name of the data."""

    @property
    def shown(self) -> str:
        hidden = "-".join(map(str, self.layers))
        return f"{self.name or self.data} ({hidden}, {self.epochs}, {self.sgd_alpha:g})"

    def config(self, seed: int, optimizer: str) -> TrainingConfig:
        """A run of one step; how many there are to be, the points say."""
        given: dict[str, Any] = {"data": self.data, "layers": self.layers, "seed": seed, "steps": 1}
        given |= {"batch_size": BATCH, "optimizer": optimizer}
        given["alpha"] = ADAM_ALPHA if optimizer == "adam" else self.sgd_alpha
        if self.noise is not None:
            given["noise"] = self.noise
        return TrainingConfig(**filled(TrainingConfig, given))


PROBLEMS = (
    Problem("moons", (16, 16), 100),
    Problem("circles", (16, 16), 50, noise=0.1),
    Problem("xor", (16, 16), 50, noise=0.1),
    Problem("gauss", (16, 16), 30, noise=0.4),
    Problem("spiral", (32, 32), 200),
    Problem("spiral:3", (32, 32), 200),
    Problem("spiral:5", (32, 32), 200),
    Problem("plane", (16, 16), 30, noise=0.1, sgd_alpha=0.02),
    Problem("gaussian", (32, 32), 60, sgd_alpha=0.02),
    Problem("sine", (16, 16), 150, sgd_alpha=0.05),
    Problem("iris", (16,), 60),
    Problem("wine", (16,), 40),
    Problem("cancer", (16,), 30),
    Problem("digits", (32,), 20),
    Problem("diabetes", (16,), 20),
)


def houses(folder: Path) -> Problem:
    """A table as a person has one: semicolons, decimal commas, a column of words, values missing, and
    prices in the hundred thousands.
    """
    rng = np.random.default_rng(7)
    path = folder / "houses.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["street", "area", "rooms", "built", "distance", "price"])
        for number in range(600):
            area, distance = rng.uniform(30.0, 200.0), rng.exponential(5.0)
            rooms, built = int(area / 30.0 + rng.integers(1, 3)), int(rng.integers(1900, 2026))
            old = abs(built - 1960) / 60.0
            price = area * (1500.0 + 3000.0 * np.exp(-distance / 4.0) + 800.0 * old)
            price *= rng.normal(1.0, 0.08)
            cells = [f"{area:.1f}", str(rooms), str(built), f"{distance:.2f}", f"{price:.2f}"]
            if number % 40 == 0:
                cells[number // 40 % 4] = ""
            rows.writerow([f"Street {number}", *(cell.replace(".", ",") for cell in cells)])
    return Problem(str(path), (16, 16), 60, name="houses.csv")


def ours(config: TrainingConfig, data: Dataset, epochs: int) -> float:
    """The score of the engine's network after the last step."""
    batches = -(-data.train.y.size // BATCH)
    trainer = Trainer(changed(config, steps=epochs * batches), data)
    trainer.advance(epochs * batches)
    if trainer.divergence is not None:
        return float("nan")
    return score(data, trainer.test_side.measure().predictions)


def theirs(config: TrainingConfig, data: Dataset, epochs: int) -> float:
    """That of scikit-learn's `MLPClassifier` or `MLPRegressor`."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    kind = MLPRegressor if data.task.is_regression else MLPClassifier
    model = kind(
        hidden_layer_sizes=config.hidden_sizes,
        solver=config.optimizer,
        alpha=0.0,
        batch_size=BATCH,
        learning_rate_init=config.alpha,
        momentum=0.0,
        nesterovs_momentum=False,
        max_iter=epochs,
        n_iter_no_change=epochs + 1,
        tol=0.0,
        random_state=config.seed,
    )
    train, test = data.train, data.test
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(data.transform(train.x).T, data.target.scaled(train.y))
    if len(model.loss_curve_) != epochs:
        raise RuntimeError(f"scikit-learn stopped after {len(model.loss_curve_)} epochs")
    return score(data, model.predict(data.transform(test.x).T))


def score(data: Dataset, predictions: Any) -> float:
    """Accuracy or R² of the test points, of classes or of values on the scale of what is learned."""
    if data.task.is_regression:
        return r2(data.target.unscaled(predictions), data.test.y)
    return accuracy(predictions, data.test.y)


Scores = Sequence[float]
"""One a seed."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scores of one problem with one optimizer."""

    problem: Problem
    optimizer: str
    figure: str
    ours: dict[Initialization, Scores]
    theirs: Scores
    times_as_fast: float

    def reaches(self, start: Initialization) -> bool:
        least = statistics.mean(self.theirs) - error(self.theirs)
        return statistics.mean(self.ours[start]) >= least

    @property
    def cells(self) -> list[str]:
        """What the table says."""
        cells = [self.problem.shown, self.optimizer, self.figure, spread(self.theirs)]
        for start, scores in self.ours.items():
            differences = [a - b for a, b in zip(scores, self.theirs, strict=True)]
            difference = f"{statistics.mean(differences):+.3f} ± {error(differences):.3f}"
            cells += [spread(scores), difference, "yes" if self.reaches(start) else "no"]
        return [*cells, f"{self.times_as_fast:.1f}"]


def spread(scores: Scores) -> str:
    """Their mean and standard deviation."""
    return f"{statistics.mean(scores):.3f} ± {statistics.stdev(scores):.3f}"


def error(scores: Scores) -> float:
    """The standard error of their mean."""
    return statistics.stdev(scores) / len(scores) ** 0.5


def compare(problem: Problem, optimizer: str, seeds: int) -> Comparison:
    """All on each of the seeds."""
    our_scores: dict[Initialization, list[float]] = {start: [] for start in STARTS}
    their_scores: list[float] = []
    our_seconds = their_seconds = 0.0
    figure = ""
    for seed in range(seeds):
        config = problem.config(seed, optimizer)
        data = load_dataset(config)
        figure = "R²" if data.task.is_regression else "accuracy"
        loss = "half_squared_error" if data.task.is_regression else "auto"
        for start, scores in our_scores.items():
            began = time.perf_counter()
            one = changed(config, loss=loss, initialization=start)
            scores.append(ours(one, data, problem.epochs))
            our_seconds += (time.perf_counter() - began) / len(STARTS)
        began = time.perf_counter()
        their_scores.append(theirs(config, data, problem.epochs))
        their_seconds += time.perf_counter() - began
    times = their_seconds / our_seconds
    return Comparison(problem, optimizer, figure, dict(our_scores), their_scores, times)


def changed(config: TrainingConfig, **values: Any) -> TrainingConfig:
    """`config` with other values, checked again."""
    fields = {name: getattr(config, name) for name in config.__struct_fields__}
    return TrainingConfig(**fields | values)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=5, help="at least 2 (default 5)")
    parser.add_argument("--quick", action="store_true", help="two seeds")
    parser.add_argument("--only", help="names of data sets, with commas between them")
    options = parser.parse_args()
    seeds, load = 2 if options.quick else options.seeds, Load()
    with tempfile.TemporaryDirectory() as folder:
        problems = [*PROBLEMS, houses(Path(folder))]
        if options.only:
            names = options.only.split(",")
            problems = [problem for problem in problems if (problem.name or problem.data) in names]
        comparisons = [
            compare(problem, optimizer, seeds) for problem in problems for optimizer in OPTIMIZERS
        ]
    show(comparisons, seeds, str(load))


def show(comparisons: Sequence[Comparison], seeds: int, load: str) -> None:
    """Print the table."""
    table = Table(
        title=f"Test scores over {seeds} seeds, batch {BATCH}; adam with alpha {ADAM_ALPHA:g}, sgd"
        " with that of the data"
    )
    for heading in ("data (hidden, epochs, alpha of sgd)", "with", "score"):
        table.add_column(heading, no_wrap=True)
    for heading in (
        "scikit-learn",
        *(what for start in STARTS for what in (f"ours, {start}", "difference", "reached")),
        "speed",
    ):
        table.add_column(heading, justify="right", no_wrap=True)
    for comparison in comparisons:
        table.add_row(*comparison.cells)
    reached = (
        f"{start} reached {sum(one.reaches(start) for one in comparisons)} of {len(comparisons)}"
        for start in STARTS
    )
    table.caption = (
        f"{', '.join(reached)}. ± is the standard deviation over the seeds, of a difference its"
        f" standard error; speed: how many times as fast as scikit-learn. {load}"
    )
    Console(width=180).print(table)


if __name__ == "__main__":
    main()
