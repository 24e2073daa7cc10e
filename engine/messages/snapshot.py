"""What a dashboard is told: one immutable value for everything that it draws."""

import msgspec
import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.config.edits import NO_EDITS, Edits
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.messages.layer_view import LayerView
from engine.messages.network_view import NetworkView, SampleView
from engine.messages.run_state import State
from engine.training.divergence import Divergence

Classes = npt.NDArray[np.uint8]
"""Numbers of classes, from 0 on, or shares in 255ths."""

Values = npt.NDArray[np.float32]
"""Values that are only drawn."""

MOST_DRAWN = 4096
"""Points of either side that are drawn; more would only cover each other."""


class Bounds(msgspec.Struct, frozen=True):
    """The rectangle of the plane that is drawn."""

    left: float
    right: float
    bottom: float
    top: float


class Labels(msgspec.Struct, frozen=True):
    """What points are, or are said to be: one of these by the problem, the other empty."""

    classes: Classes
    """(points,)."""
    values: Array
    """(points,), of a regression."""


class DataPoints(msgspec.Struct, frozen=True):
    """The points of a run that are drawn: all, or the first MOST_DRAWN of either side."""

    train_x: Array
    """(2, points): where they lie in the plane that is drawn. With one input, the second row is what
    they are: the value, or the number of the class."""
    train_labels: Labels
    test_x: Array
    test_labels: Labels
    bounds: Bounds
    task: Task
    plane: tuple[str, str]
    """What is drawn across, and upwards."""
    train_count: int
    """Points that there are, drawn or not."""
    test_count: int
    class_counts: list[int]
    """Training points of each class; empty for a regression."""
    value_range: tuple[float, float] = (0.0, 0.0)
    """The least and the greatest value of a regression."""


class DataSetPoints(msgspec.Struct, frozen=True, eq=False):
    """One of the data sets, as its thumbnail shows it."""

    name: str
    points: DataPoints | None
    """None where it cannot be loaded."""


class ClassField(msgspec.Struct, frozen=True, tag=True):
    """The class that the network gives to each cell of the plane, (rows, columns), top row first."""

    classes: Classes
    certainty: Classes
    """In 255ths: 0 where all classes are equally probable, 255 where one is sure."""


class ValueField(msgspec.Struct, frozen=True, tag=True):
    """The value that the network gives to each cell of the plane, (rows, columns), top row first. With
    one input there is one row: the curve over that input.
    """

    values: Values


Field = ClassField | ValueField


class Figures(msgspec.Struct, frozen=True):
    """How a network does on the points of one side; None where a figure means nothing."""

    loss: float
    accuracy: float | None = None
    """0 to 1."""
    rmse: float | None = None
    """Root of the mean squared error, in the unit of the target."""
    r2: float | None = None
    """Share of the targets' variance that is predicted: 1 is perfect, 0 no better than their mean."""


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
    epochs: Array = msgspec.field(default_factory=lambda: np.empty(0))
    """Times that the training points had been gone through at `train_steps`."""
    alphas: Array = msgspec.field(default_factory=lambda: np.empty(0))
    """The learning rate at `train_steps`, as the schedule made it."""


class KeptSummary(msgspec.Struct, frozen=True):
    """A course of the run that was given up for another one, and can be brought back."""

    steps: int
    """Updates that were made in it."""
    newer: bool
    """Whether it began after the present one."""
    is_long: bool = False
    """Whether a short course does not take its place."""


class Ghost(msgspec.Struct, frozen=True, eq=False):
    """The curves of the course before the present one."""

    curves: LossCurves
    step: int
    """Updates that were made in it."""
    alpha: float
    """That of its last update, but for the schedule: not one that was chosen since."""


class Snapshot(msgspec.Struct, frozen=True, tag=True, eq=False):
    """A run at one moment."""

    revision: int
    """Grows with every change; two snapshots of one revision differ in their view only."""
    run: int
    """Grows with every restart."""
    config: TrainingConfig
    task: Task
    state: State
    step: int
    total_steps: int
    epochs: float
    """Times that the training points have been gone through."""
    alpha: float
    """As it was set."""
    alpha_now: float
    """That of the next update, as the schedule makes it."""
    alpha_changes: list[tuple[int, float]]
    """The steps from which on alpha was another, with its value."""
    pace: int
    """Steps a frame, or FULL_SPEED."""
    steps_per_second: float
    """Lately; 0 before anything is known."""
    train: Figures
    """On the training points; with very many, on the first of them."""
    test: Figures
    divergence: Divergence | None
    curves: LossCurves
    train_predictions: Labels
    """What is predicted for the training points that are drawn."""
    field: Field
    layer: LayerView
    points: DataPoints | None
    """Only where the view does not know them."""
    points_number: int
    """Grows whenever other points are drawn, or over another plane."""
    num_points: int
    """Of both sides, drawn or not."""
    replays: bool
    """Whether a recording decides the run's course."""
    trained_seconds: float
    """For how long it was trained since it began or was reset."""
    undo_alpha: float | None
    """The learning rate to go back from a divergence with; None without one."""
    restart_alpha: float
    """That to start over with."""
    kept: KeptSummary | None
    stopped: str = ""
    """Why it is done before its last step; empty otherwise."""
    test_predictions: Labels | None = None
    """What is predicted for the test points that are drawn, where the view asks for it."""
    network: NetworkView | None = None
    """Where the view asks for it."""
    sample: SampleView | None = None
    """Where the view asks for it."""
    data_set: DataSetPoints | None = None
    """Where the view asks for it."""
    ghost: Ghost | None = None
    """Only where the view does not know it."""
    ghost_number: int = 0
    """Another one for every course that is given up; 0 if there is no earlier curve."""
    edits: Edits = NO_EDITS
    """Nodes that are switched off, and parameters that are frozen."""
    edited_points: int = 0
    """Points that were added or removed by hand since the data were loaded."""
    on_the_way: tuple[str, ...] = ()
    """The commands that have decided the present course since it began, by their recorded names: what
    its configuration alone does not say.
    """
    dashboards: int = 1
    """Those that are open on it, as its host knows."""

    @property
    def widths(self) -> list[int]:
        """Neurons of every column of the network: features, nodes of each layer, outputs."""
        return [len(self.task.features), *self.config.layer_sizes(self.task)]

    @property
    def train_loss(self) -> float:
        """The training loss."""
        return self.train.loss

    @property
    def test_loss(self) -> float:
        """The test loss."""
        return self.test.loss
