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
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from engine.arrays import Operation
from engine.config import MAX_STEPS, TrainingConfig
from engine.datasets import Dataset, load_moons
from engine.layer import Initialization
from engine.network import NeuralNetwork
from engine.rules import RuleName, rule_named
from engine.trainer import Trainer

ALPHA = 0.25
EXACT = "engine, rule exact"
ARTICLE = (16, 16)
WIDE = (256, 256)
THREADS = int(os.environ["OPENBLAS_NUM_THREADS"])

Turn = Callable[[int], object]
"""Makes so many steps."""

Seconds = dict[tuple[str, str], list[float]]
"""Seconds a step, one figure a round, by contender."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio of the engine, rule exact, to another contender should be."""

    figure: float
    later: float | None = None
    is_time: bool = False
    """The ratio is of times, at most `figure`; otherwise of speeds, at least that."""

    def ratio(self, engine: float, other: float) -> float:
        """The ratio from two durations."""
        return engine / other if self.is_time else other / engine

    def is_met(self, ratio: float) -> bool:
        return ratio <= self.figure if self.is_time else ratio >= self.figure

    def __str__(self) -> str:
        sign = "≤" if self.is_time else "≥"
        later = "" if self.later is None else f" (later {self.later:g})"
        return f"{sign} {self.figure:g}{later}"


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
    of_time = Goal(2.2, later=1.7, is_time=True)
    turns = [
        (EXACT, engine_turn(data, ARTICLE, "exact", "he"), None),
        ("engine, rule article", engine_turn(data, ARTICLE, "article", "article"), None),
        ("scikit-learn", sklearn_turn(data), Goal(5.0)),
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
        Contender("PyTorch", "2-256-256-1", torch_turn(data, WIDE), 50, Goal(1.0)),
    ]


OPTIONAL = {"jax": jax_contenders, "torch": torch_contenders}


def engine_turn(
    data: Dataset, hidden: tuple[int, ...], rule: RuleName, initialization: Initialization
) -> Turn:
    config = TrainingConfig(
        steps=MAX_STEPS, alpha=ALPHA, layers=hidden, rule=rule, initialization=initialization
    )
    return Trainer(config, data).advance


def sklearn_turn(data: Dataset) -> Turn:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    x, y = np.ascontiguousarray(data.train.x.T), data.train.y

    def turn(steps: int) -> None:
        model = MLPClassifier(
            hidden_layer_sizes=ARTICLE,
            solver="sgd",
            alpha=0.0,
            batch_size=y.size,
            learning_rate="constant",
            learning_rate_init=ALPHA,
            momentum=0.0,
            nesterovs_momentum=False,
            max_iter=steps,
            n_iter_no_change=steps,
            tol=0.0,
            shuffle=False,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(x, y)
        if len(model.loss_curve_) != steps:
            raise RuntimeError(f"scikit-learn stopped after {len(model.loss_curve_)} steps")

    return turn


def matmul_turn(data: Dataset, hidden: tuple[int, int]) -> Turn:
    """The products of a step, plainly: weights (nodes, inputs), activations (nodes, batch)."""
    rng = np.random.default_rng(0)
    samples = data.train.y.size
    n1, n2 = hidden
    shapes = [(n1, 2), (n2, n1), (1, n2)]
    w1, w2, w3 = (rng.normal(size=shape) for shape in shapes)
    dw1, dw2, dw3 = (np.empty(shape) for shape in shapes)
    x = data.train.x.copy()
    # a and z are two arrays: the products' inputs stay what they are
    a1, a2 = (rng.normal(size=(nodes, samples)) for nodes in hidden)
    z1, z2, z3 = (np.empty((nodes, samples)) for nodes in (*hidden, 1))
    dz1, dz2, dz3 = (rng.normal(size=(nodes, samples)) for nodes in (*hidden, 1))
    da1, da2 = np.empty_like(dz1), np.empty_like(dz2)
    matmul = np.matmul

    def turn(steps: int) -> None:
        for _ in range(steps):
            matmul(w1, x, out=z1)
            matmul(w2, a1, out=z2)
            matmul(w3, a2, out=z3)
            matmul(dz3, a2.T, out=dw3)
            matmul(w3.T, dz3, out=da2)
            matmul(dz2, a1.T, out=dw2)
            matmul(w2.T, dz2, out=da1)
            matmul(dz1, x.T, out=dw1)

    return turn


def issued_turn(data: Dataset, hidden: tuple[int, ...]) -> Turn:
    """The products of a step as the engine has bound them."""
    trainer = Trainer(TrainingConfig(layers=hidden), data)
    trainer.advance(1)  # so that no array is as the allocator gave it
    network, cache = trainer.network, trainer.cache
    gradients = rule_named("exact").operations(network.layers, cache, data.train.y)
    products = [op for op in [*cache.forward_operations, *gradients] if is_product(op)]
    expected = 3 * len(network.layers) - 1
    if len(products) != expected:
        raise RuntimeError(f"the engine's step has {len(products)} products, not {expected}")

    def turn(steps: int) -> None:
        for _ in range(steps):
            for product in products:
                product()

    return turn


def is_product(operation: Operation) -> bool:
    return isinstance(operation, partial) and operation.func.__name__ in ("dot", "matmul")


def initial_parameters(hidden: tuple[int, ...]) -> list[tuple[Any, Any]]:
    """Weights (inputs, nodes) and biases as the engine draws them."""
    config = TrainingConfig(layers=hidden)
    network = NeuralNetwork(
        2, config.layer_sizes, config.layer_activations, np.random.default_rng(0)
    )
    return [(layer.weights.T.copy(), layer.biases.copy()) for layer in network.layers]


def jax_turn(data: Dataset, hidden: tuple[int, ...]) -> Turn:
    jax = import_module("jax")
    jnp = import_module("jax.numpy")
    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_cpu_enable_async_dispatch", False)
    x, y = jnp.asarray(data.train.x.T), jnp.asarray(data.train.y)

    def loss_of(parameters: list[tuple[Any, Any]]) -> Any:
        a = x
        for w, b in parameters[:-1]:
            a = jax.nn.leaky_relu(a @ w + b, 0.05)
        w, b = parameters[-1]
        z = (a @ w + b)[:, 0]
        return jnp.mean(jax.nn.softplus(z) - y * z)

    def updated(parameters: list[tuple[Any, Any]]) -> tuple[list[tuple[Any, Any]], Any]:
        loss, gradients = jax.value_and_grad(loss_of)(parameters)
        return jax.tree.map(lambda p, g: p - ALPHA * g, parameters, gradients), loss

    step = jax.jit(updated, donate_argnums=0)
    state = jax.tree.map(jnp.asarray, initial_parameters(hidden))

    def turn(steps: int) -> None:
        nonlocal state
        losses = []
        for _ in range(steps):
            state, loss = step(state)
            losses.append(loss)
        jax.block_until_ready((state, losses))

    return turn


def torch_turn(data: Dataset, hidden: tuple[int, ...]) -> Turn:
    torch = import_module("torch")
    torch.set_num_threads(THREADS)
    torch.set_default_dtype(torch.float64)
    x, y = torch.tensor(data.train.x.T.copy()), torch.tensor(data.train.y[:, np.newaxis])
    modules = []
    for w, b in initial_parameters(hidden):
        linear = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(w.T))
            linear.bias.copy_(torch.tensor(b))
        modules += [linear, torch.nn.LeakyReLU(0.05)]
    model = torch.nn.Sequential(*modules[:-1])
    loss_of = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=ALPHA, fused=True)

    def turn(steps: int) -> None:
        losses = []
        for _ in range(steps):
            optimizer.zero_grad()
            loss = loss_of(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())

    return turn


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

    data = load_moons(TrainingConfig())
    contenders, notes = article_contenders(data), []
    for package, group in OPTIONAL.items():
        if find_spec(package) is None:
            notes.append(f"{package} is not installed: left out")
        else:
            contenders += group(data)
    show(contenders, measure(contenders, max(1, rounds)), notes)


if __name__ == "__main__":
    main()
