"""What a dashboard is told: one immutable value for everything that it draws."""

import msgspec
import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.training_config import TrainingConfig
from engine.messages.run_state import State
from engine.training.divergence import Divergence

Classes = npt.NDArray[np.uint8]
"""Class labels, 0 or 1, or probabilities in 255ths."""

MOST_POINTS, MOST_CELLS = 8192, 262_144
"""A view's limits: more than any terminal has, and less than would hold the training up."""


class Window(msgspec.Struct, frozen=True):
    """The part of a layer's parameters to look at; the last input is the bias."""

    layer: int = 0
    """Counted from 0."""
    node: int = 0
    nodes: int = 0
    input: int = 0
    inputs: int = 0

    def __post_init__(self) -> None:
        if self.nodes < 0 or self.inputs < 0:
            raise ValueError("a window has no negative size")


class View(msgspec.Struct, frozen=True):
    """What a dashboard will draw, so that it is told no more than that."""

    series_points: int = 0
    """The most points that the loss chart can show."""
    field_rows: int = 0
    field_columns: int = 0
    """Resolution of the decision field."""
    window: Window = Window()
    known_run: int = -1
    """The run whose data points it has already."""

    def __post_init__(self) -> None:
        least = min(self.series_points, self.field_rows, self.field_columns)
        cells = self.field_rows * self.field_columns
        if least < 0 or self.series_points > MOST_POINTS or cells > MOST_CELLS:
            raise ValueError("a view of more than any terminal has")


class Bounds(msgspec.Struct, frozen=True):
    """The rectangle of the plane that is drawn."""

    left: float
    right: float
    bottom: float
    top: float


class DataPoints(msgspec.Struct, frozen=True):
    """All points of a run: x (2, points) and their classes (points,)."""

    train_x: Array
    train_classes: Classes
    test_x: Array
    test_classes: Classes
    bounds: Bounds


class LossCurves(msgspec.Struct, frozen=True):
    """The loss over all steps so far, reduced; every array is (points,)."""

    train_steps: Array
    train_low: Array
    train_high: Array
    test_steps: Array
    """The steps at which it was measured, or the first one of a few that make a point."""
    test_low: Array
    """The least and the greatest of each point's test losses: the same where it is of one step."""
    test_high: Array


class LayerView(msgspec.Struct, frozen=True):
    """One layer: a window of its parameters, and figures about all of it."""

    window: Window
    """What is here of what was asked for."""
    num_nodes: int
    num_inputs: int
    activation: str
    parameters: Array
    """(nodes, inputs) of the window; the bias is input `num_inputs`."""
    gradient: Array
    """The same of the gradient at the present parameters."""
    largest: float
    """The greatest magnitude among all the layer's parameters."""
    mean: float
    std: float
    least: float
    greatest: float
    gradient_norm: float
    idle_nodes: int
    """Dead (relu: z <= 0 on every training point) or saturated (sigmoid: within 0.01 of 0 or 1 on
    every training point) nodes."""


class KeptSummary(msgspec.Struct, frozen=True):
    """A course of the run that was given up for another one, and can be brought back."""

    steps: int
    """Updates that were made in it."""
    newer: bool
    """Whether it began after the present one."""


class Snapshot(msgspec.Struct, frozen=True, tag=True, eq=False):
    """A run at one moment."""

    revision: int
    """Grows with every change; two snapshots of one revision differ in their view only."""
    run: int
    """Grows with every restart."""
    config: TrainingConfig
    state: State
    step: int
    total_steps: int
    alpha: float
    alpha_changes: list[tuple[int, float]]
    """The steps from which on alpha was another, with its value."""
    pace: int
    """Steps a frame, or FULL_SPEED."""
    steps_per_second: float
    """Lately; 0 before anything is known."""
    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    divergence: Divergence | None
    curves: LossCurves
    train_predictions: Classes
    """(points,): the class predicted for every training point."""
    field: Classes
    """(rows, columns): probability of class 1 in 255ths, the top row first."""
    layer: LayerView
    points: DataPoints | None
    """Only where the view does not know this run's points."""
    replays: bool
    """Whether a recording decides the run's course."""
    trained_seconds: float
    """For how long it was trained since it began or was reset."""
    undo_alpha: float | None
    """The learning rate to go back from a divergence with; None without one."""
    restart_alpha: float
    """That to start over with."""
    kept: KeptSummary | None
    dashboards: int = 1
    """Those that are open on it, as its host knows."""
