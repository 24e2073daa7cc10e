"""How fast the engine trains, beside others that do the same work in the same minute.

    python tests/benchmarks/engine_speed.py

A shared machine is noisy and no two are alike, so nothing here is compared with a figure from
another day. Every contender makes a turn of some tens of milliseconds, all of them in turn, round
after round; a ratio is the median, over the rounds, of the ratio of two turns of the same round.
One round beforehand, uncounted, makes arrays, compiles and warms the caches.

All of them work on the article's data, the full batch of 150, in float64, on one thread unless
OPENBLAS_NUM_THREADS says otherwise, and whoever trains also records the loss of every step.

- *engine*: `Trainer.advance`, which trains on from turn to turn: the default 21 rounds of 1,000
  steps are about the article's whole run. The rule `article` has the article's initialization.
- *scikit-learn*: one `MLPClassifier.fit` of as many iterations: plain gradient descent on the full
  batch, no momentum, no penalty, no shuffling, no early stop. Its relu does not leak, and it
  neither looks for NaN nor clips, which is to its advantage, as with the others below.
- *bare products*: the eight matrix products without which there is no step (three forward, three
  for the gradients, two that carry dL/da down) and nothing else: the floor for any NumPy engine.
  `np.matmul` is written out plainly, biases left out; `as issued` takes the very calls that the
  engine has bound, with the biases in the products.
- *JAX* and *PyTorch*, if installed, each in the fastest of the ways that were tried. JAX: one
  jitted call a step, parameters donated, dispatched at once. PyTorch: autograd and its fused SGD, on
  wide layers, where the products outweigh the calls.
"""

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", os.environ["OPENBLAS_NUM_THREADS"])
os.environ.setdefault("MKL_NUM_THREADS", os.environ["OPENBLAS_NUM_THREADS"])

import statistics
import time
from dataclasses import dataclass
from importlib.util import find_spec

from contenders import (
    Turn,
    engine_turn,
    issued_turn,
    jax_turn,
    matmul_turn,
    sklearn_turn,
    torch_turn,
)
from rich.console import Console
from rich.table import Table

from engine.config.training_config import TrainingConfig
from engine.data.dataset import Dataset
from engine.data.load import load_dataset

EXACT = "engine, rule exact"
ARTICLE = (16, 16)
WIDE = (256, 256)
THREADS = int(os.environ["OPENBLAS_NUM_THREADS"])

Seconds = dict[tuple[str, str], list[float]]
"""Seconds a step, one figure a round, by contender."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio of the engine, rule exact, to another contender should be."""

    figure: float
    is_time: bool = False
    """The ratio is of times, at most `figure`; otherwise of speeds, at least that."""

    def ratio(self, engine: float, other: float) -> float:
        """The ratio from two durations."""
        return engine / other if self.is_time else other / engine

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.figure if self.is_time else ratio >= self.figure

    def __str__(self) -> str:
        sign = "≤" if self.is_time else "≥"
        return f"{sign} {self.figure:g}"


@dataclass(frozen=True, slots=True)
class Contender:
    """Something whose step takes time."""

    name: str
    network: str
    turn: Turn
    steps: int
    """Steps a turn."""
    goal: Goal | None = None

    @property
    def key(self) -> tuple[str, str]:
        """No two contenders have the same."""
        return self.name, self.network


def article_contenders(data: Dataset) -> list[Contender]:
    """Those on 2-16-16-1."""
    of_time = Goal(1.7, is_time=True)
    turns = [
        (EXACT, engine_turn(data, ARTICLE, "exact", "he"), None),
        ("engine, rule article", engine_turn(data, ARTICLE, "article", "article"), None),
        ("scikit-learn", sklearn_turn(data, ARTICLE), Goal(5.0)),
        ("bare products, np.matmul", matmul_turn(data, ARTICLE), of_time),
        ("bare products, as issued", issued_turn(data, ARTICLE), of_time),
    ]
    return [Contender(name, "2-16-16-1", turn, 1000, goal) for name, turn, goal in turns]


def jax_contenders(data: Dataset) -> list[Contender]:
    """JAX beside the engine on 2-16-16-1."""
    return [Contender("JAX", "2-16-16-1", jax_turn(data, ARTICLE), 1000, Goal(1.0))]


def torch_contenders(data: Dataset) -> list[Contender]:
    """PyTorch and the engine on 2-256-256-1."""
    return [
        Contender(EXACT, "2-256-256-1", engine_turn(data, WIDE, "exact", "he"), 50),
        Contender("PyTorch", "2-256-256-1", torch_turn(data, WIDE, THREADS), 50, Goal(1.0)),
    ]


OPTIONAL = {"jax": jax_contenders, "torch": torch_contenders}


def measure(contenders: list[Contender], rounds: int) -> Seconds:
    """Seconds a step of each contender in each round; every contender once a round."""
    seconds: Seconds = {contender.key: [] for contender in contenders}
    for contender in contenders:
        contender.turn(contender.steps)
    for _ in range(rounds):
        for contender in contenders:
            start = time.perf_counter()
            contender.turn(contender.steps)
            seconds[contender.key].append((time.perf_counter() - start) / contender.steps)
    return seconds


def show(contenders: list[Contender], seconds: Seconds, notes: list[str]) -> None:
    """The table, and a line below it for each of `notes`."""
    rounds = len(next(iter(seconds.values())))
    table = Table(title=f"Training steps: medians of {rounds} rounds, {THREADS} thread(s)")
    for heading in ("who", "network"):
        table.add_column(heading, no_wrap=True)
    for heading in ("µs a step", "steps a second", "the engine", "to reach", ""):
        table.add_column(heading, justify="right", no_wrap=True)
    for contender in contenders:
        own = seconds[contender.key]
        middle = statistics.median(own)
        row = [contender.name, contender.network, f"{middle * 1e6:,.1f}", f"{1 / middle:,.0f}"]
        if contender.goal is not None:
            goal = contender.goal
            ratio = statistics.median(
                goal.ratio(engine, other)
                for engine, other in zip(seconds[EXACT, contender.network], own, strict=True)
            )
            what = "x the time" if goal.is_time else "x the speed"
            row += [f"{ratio:.2f} {what}", str(goal), "yes" if goal.is_met(ratio) else "no"]
        table.add_row(*row)
    console = Console(width=120)
    console.print(table)
    for note in notes:
        console.print(note)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast the engine trains.")
    parser.add_argument("--rounds", type=int, default=21, help="counted rounds (default 21)")
    rounds = parser.parse_args().rounds

    data = load_dataset(TrainingConfig())
    contenders, notes = article_contenders(data), []
    for package, group in OPTIONAL.items():
        if find_spec(package) is None:
            notes.append(f"{package} is not installed: left out")
        else:
            contenders += group(data)
    show(contenders, measure(contenders, max(1, rounds)), notes)


if __name__ == "__main__":
    main()
