"""Snapshots and reports of small problems of every kind, put together by hand: what is predicted comes
from a formula, so that a picture can be made of each without a run that learns it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from engine.arrays import Array
from engine.client.session import Session
from engine.config.task import TWO_CLASSES, Task
from engine.config.training_config import TrainingConfig
from engine.messages.commands import Command
from engine.messages.layer_view import LayerView
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.messages.snapshot import (
    Bounds,
    ClassField,
    DataPoints,
    Field,
    Figures,
    Labels,
    LossCurves,
    Snapshot,
    ValueField,
)
from engine.messages.view import View, Window

NO_CLASSES, NO_VALUES = np.empty(0, dtype=np.uint8), np.empty(0)

Formula = Callable[[Array, Array], Array]
"""From x and y, of any shape, to values, or to how far each class is away, (classes, ...)."""


@dataclass(frozen=True)
class Problem:
    """Points, what they are, and what is predicted all over their plane."""

    task: Task
    train_x: Array
    train: Array
    """(points,): classes or values."""
    test_x: Array
    test: Array
    predicted: Formula
    config: TrainingConfig
    plane: tuple[str, str] = ("x", "y")
    bounds: Bounds = field(default_factory=lambda: Bounds(-6.0, 6.0, -6.0, 6.0))

    def labels(self, found: Array) -> Labels:
        if self.task.is_regression:
            return Labels(NO_CLASSES, np.asarray(found, dtype=np.float64))
        return Labels(found.astype(np.uint8), NO_VALUES)

    def predictions(self, x: Array) -> Labels:
        """For points x (2, points); with one input, from their first row alone."""
        rows = (x[0], np.zeros_like(x[0])) if len(self.task.inputs) == 1 else (x[0], x[1])
        found = self.predicted(*rows)
        return self.labels(found if self.task.is_regression else found.argmin(axis=0))

    def field_of(self, rows: int, columns: int) -> Field:
        """What is predicted in the middle of each of (rows, columns) cells; one row for one input."""
        one = len(self.task.inputs) == 1
        rows = min(rows, 1) if one else rows
        left, right, bottom, top = (
            getattr(self.bounds, side) for side in ("left", "right", "bottom", "top")
        )
        x = left + (np.arange(columns) + 0.5) * (right - left) / max(columns, 1)
        y = top - (np.arange(rows) + 0.5) * (top - bottom) / max(rows, 1)
        found = self.predicted(*np.meshgrid(x, np.zeros(rows) if one else y))
        if self.task.is_regression:
            return ValueField(found.astype(np.float32))
        nearest, second = np.sort(found, axis=0)[:2]
        certainty = (second - nearest) / (second + nearest)
        return ClassField(
            found.argmin(axis=0).astype(np.uint8), np.rint(certainty * 255).astype(np.uint8)
        )

    @property
    def points(self) -> DataPoints:
        every = np.concatenate([self.train, self.test])
        classes = range(len(self.task.classes))
        return DataPoints(
            train_x=self.train_x,
            train_labels=self.labels(self.train),
            test_x=self.test_x,
            test_labels=self.labels(self.test),
            bounds=self.bounds,
            task=self.task,
            plane=self.plane,
            train_count=self.train.size,
            test_count=self.test.size,
            class_counts=[int((self.train == number).sum()) for number in classes],
            value_range=(
                (float(every.min()), float(every.max())) if self.task.is_regression else (0.0, 0.0)
            ),
        )

    def figures(self, x: Array, real: Array, loss: float) -> Figures:
        found = self.predictions(x)
        if not self.task.is_regression:
            return Figures(loss, accuracy=float((found.classes == real).mean()))
        squares = (found.values - real) ** 2
        r2 = 1.0 - squares.sum() / ((real - real.mean()) ** 2).sum()
        return Figures(float(squares.mean()), rmse=float(squares.mean() ** 0.5), r2=float(r2))

    def snapshot(self, view: View = View(), **changes: Any) -> Snapshot:  # noqa: B008 # it is frozen
        """A run under way."""
        made = Snapshot(
            revision=1, run=0, config=self.config, task=self.task, state=State.RUNNING,
            step=1_200, total_steps=self.config.steps, epochs=120.0, alpha=self.config.alpha,
            alpha_now=self.config.alpha, alpha_changes=[], pace=50, steps_per_second=980.0,
            train=self.figures(self.train_x, self.train, 0.0432),
            test=self.figures(self.test_x, self.test, 0.061),
            divergence=None, curves=CURVES, train_predictions=self.predictions(self.train_x),
            field=self.field_of(view.field_rows, view.field_columns),
            layer=self.layer(view.window), points_number=0, points=self.points,
            num_points=self.train.size + self.test.size, replays=False, trained_seconds=3.0,
            undo_alpha=None, restart_alpha=self.config.alpha, kept=None,
        )  # fmt: skip
        return msgspec.structs.replace(made, **changes)

    def layer(self, asked: Window) -> LayerView:
        """The asked-for window of a layer whose weights count up."""
        widths = [len(self.task.features), *self.config.layer_sizes(self.task)]
        nodes, inputs = widths[asked.layer + 1], widths[asked.layer]
        whole = (np.arange(nodes * (inputs + 1)) % 17 - 8.0).reshape(nodes, inputs + 1) / 10
        shown = Window(
            asked.layer, asked.node, min(asked.nodes, nodes), asked.input, min(asked.inputs, inputs + 1)
        )  # fmt: skip
        part = whole[
            shown.node : shown.node + shown.nodes, shown.input : shown.input + shown.inputs
        ]
        is_last = asked.layer == len(self.config.layers)
        return LayerView(
            window=shown, num_nodes=nodes, num_inputs=inputs,
            activation="none" if is_last else "tanh", parameters=part, gradient=part * -0.01,
            largest=0.8, mean=0.0, std=0.5, least=-0.8, greatest=0.8, gradient_norm=0.0476,
            idle_nodes=0 if is_last else 1, idle_word="" if is_last else "saturated",
        )  # fmt: skip

    def report(self, **changes: Any) -> RunReport:
        """How it stands when it is done."""
        found = self.predictions(self.test_x).classes
        classes = range(len(self.task.classes))
        matrix = [
            [int(((self.test == real) & (found == guess)).sum()) for guess in classes]
            for real in classes
        ]
        made = RunReport(
            config=self.config, task=self.task, state=State.DONE, steps=self.config.steps,
            total_steps=self.config.steps, epochs=200.0, alpha=self.config.alpha, alpha_changes=[],
            train=self.figures(self.train_x, self.train, 0.0432),
            test=self.figures(self.test_x, self.test, 0.061),
            confusion_matrix=None if self.task.is_regression else matrix,
            steps_per_second=24_200.0, parameters_sha256="0" * 64, divergence=None, curves=CURVES,
            points=self.points, test_predictions=self.predictions(self.test_x),
            field=self.field_of(64, 128),
        )  # fmt: skip
        return msgspec.structs.replace(made, **changes)


def _curves() -> LossCurves:
    steps = np.arange(13) * 100.0
    losses = 0.7 / (1.0 + steps / 80.0)
    return LossCurves(steps, losses, losses * 1.1, steps, losses + 0.02, losses + 0.02)


CURVES = _curves()


def _spread(seed: int, points: int) -> Array:
    """(2, points) in -1..1, the same on every machine."""
    return np.random.default_rng(seed).uniform(-1.0, 1.0, (2, points))


def classes_of(task: Task, centres: Array, points: int, **more: Any) -> Problem:
    """Clouds around `centres` (2, classes) that reach into each other, `points` of each class."""

    def away(x: Array, y: Array) -> Array:
        return np.stack([(x - a) ** 2 + (y - b) ** 2 for a, b in centres.T]) + 1e-9

    sides = []
    for seed in (1, 2):
        real = np.repeat(np.arange(centres.shape[1]), points)
        sides += [centres[:, real] + 2.2 * _spread(seed, real.size), real]
    return Problem(task, *sides, predicted=away, **more)


def values_of(task: Task, real: Formula, predicted: Formula, points: int, **more: Any) -> Problem:
    """Points all over the plane, or along the one input, with a value each."""
    sides: list[Array] = []
    for seed in (1, 2):
        x = 5.5 * _spread(seed, points)
        values = real(x[0], x[1])
        sides += [np.stack([x[0], values]) if len(task.inputs) == 1 else x, values]
    return Problem(task, *sides, predicted=predicted, **more)


LEAVES = ("petal length", "petal width", "sepal length", "sepal width")

TWO = classes_of(
    TWO_CLASSES, np.array([[-2.0, 2.0], [2.0, -2.0]]), 30, config=TrainingConfig(steps=2_000)
)

THREE = classes_of(
    Task("classification", LEAVES, LEAVES, ("setosa", "versicolor", "virginica"), "species"),
    np.array([[-4.0, 0.5, 4.0], [-3.0, 1.0, 3.0]]),
    20,
    config=TrainingConfig(
        data="iris", initialization="pytorch", samples=None, noise=0.0, layers=(8,), activation="tanh", steps=2_000,
        batch_size=10, optimizer="adam", alpha=0.01,
    ),
    plane=("petal length", "petal width"),
)  # fmt: skip

PIXELS = tuple(f"pixel {number}" for number in range(64))

TEN = classes_of(
    Task("classification", PIXELS, PIXELS, tuple("0123456789"), "digit"),
    np.array([[-4.5, -1.5, 1.5, 4.5, -4, -0.5, 3, -3, 0.5, 4], [4, 4.5, 4, 3.5, 0, 1, 0, -4, -3.5, -4]]),
    12,
    config=TrainingConfig(
        data="digits", initialization="pytorch", samples=None, noise=0.0, layers=(32, 16), steps=2_000, batch_size=32,
    ),
    plane=("pixel 20", "pixel 42"),
)  # fmt: skip

VALUES = values_of(
    Task("regression", ("x", "y"), ("x", "y"), (), "value"),
    lambda x, y: (x + y) / 10,
    lambda x, y: (x + y) / 11 + 0.06 * np.abs(x) - 0.12,
    150,
    config=TrainingConfig(
        data="plane", initialization="pytorch", samples=300, noise=0.0, layers=(8,), activation="tanh", steps=2_000,
        batch_size=10, alpha=0.03,
    ),
)  # fmt: skip

CURVE = values_of(
    Task("regression", ("hours",), ("hours",), (), "kilowatts"),
    lambda x, y: 40.0 + 6.0 * x - x * x + 6.0 * y / 5.5,
    lambda x, _: 36.0 + 6.5 * x - 0.8 * x * x,
    80,
    config=TrainingConfig(
        data="sine",
        initialization="pytorch",
        samples=160,
        layers=(16,),
        activation="tanh",
        steps=2_000,
        alpha=0.05,
    ),
    plane=("hours", "kilowatts"),
    bounds=Bounds(-6.0, 6.0, -35.0, 60.0),
)

PROBLEMS = {"two": TWO, "three": THREE, "ten": TEN, "values": VALUES, "curve": CURVE}
"""One of each kind."""


class HandMadeSession(Session):
    """Answers with a problem's snapshot and report, and takes no command."""

    def __init__(self, problem: Problem, **changes: Any) -> None:
        """`changes` are made to every snapshot."""
        super().__init__()
        self._problem = problem
        self._changes = changes

    name = "made by hand"
    can_be_left = True

    async def start(self) -> None: ...

    async def snapshot(self, view: View, after: int = -1) -> Snapshot:
        if after >= 1:
            await asyncio.Event().wait()  # nothing changes ever after
        return self._problem.snapshot(view, **self._changes)

    async def send(self, command: Command) -> None: ...

    async def report(self) -> RunReport:
        return self._problem.report()

    async def finish(self) -> RunReport:
        return self._problem.report()

    async def save(self) -> None: ...

    async def export(self, kind: str, path: str) -> None: ...

    async def close(self) -> None: ...

    async def leave(self) -> None: ...
