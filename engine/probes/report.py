"""How a run stands when it is left: what `--json` prints and the last screen shows."""

from typing import Any

import msgspec

from engine.config.training_config import TrainingConfig
from engine.messages.snapshot import Classes, DataPoints, LossCurves, State
from engine.network.losses import accuracy, binary_cross_entropy
from engine.probes.observe import FieldObserver, data_points, loss_curves, predicted_classes
from engine.training.trainer import Divergence, Trainer

SERIES_POINTS = 256
"""Points of the loss series that a report keeps: twice the columns of its chart."""

FIELD_ROWS, FIELD_COLUMNS = 64, 128
"""Resolution of the decision field that a report keeps."""


class RunReport(msgspec.Struct, frozen=True, tag=True):
    """The figures of a run, and what its drawings need."""

    config: TrainingConfig
    state: State
    steps: int
    total_steps: int
    alpha: float
    alpha_changes: list[tuple[int, float]]
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    confusion_matrix: list[list[int]]
    """Counts of the test points: row real class, column predicted class."""
    steps_per_second: float
    """Over the time in which it trained."""
    parameters_sha256: str
    divergence: Divergence | None
    curves: LossCurves
    points: DataPoints
    test_predictions: Classes
    field: Classes
    """(FIELD_ROWS, FIELD_COLUMNS): probability of class 1 in 255ths, the top row first."""
    matches: bool | None = None
    """Whether a replay came to the recorded parameters; None while that is not known."""

    def figures(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        return {
            "steps": self.steps,
            "alpha": self.alpha,
            "layers": list(self.config.layers),
            "rule": self.config.rule,
            "seed": self.config.seed,
            "train_loss": self.train_loss,
            "train_accuracy": self.train_accuracy,
            "test_loss": self.test_loss,
            "test_accuracy": self.test_accuracy,
            "confusion_matrix": self.confusion_matrix,
            "steps_per_second": self.steps_per_second,
            "parameters_sha256": self.parameters_sha256,
        }


def report_on(trainer: Trainer, state: State, steps_per_second: float) -> RunReport:
    """The report of `trainer` at its present step."""
    trainer.evaluate()
    train, test = trainer.dataset
    predicted = predicted_classes(trainer.test_cache)
    points = data_points(trainer.dataset)
    return RunReport(
        config=trainer.config,
        state=state,
        steps=trainer.step,
        total_steps=trainer.total_steps,
        alpha=trainer.alpha,
        alpha_changes=trainer.alpha_changes,
        train_loss=binary_cross_entropy(trainer.cache.predictions, train.y),
        train_accuracy=accuracy(trainer.cache.predictions, train.y),
        test_loss=binary_cross_entropy(trainer.test_cache.predictions, test.y),
        test_accuracy=accuracy(trainer.test_cache.predictions, test.y),
        confusion_matrix=[
            [int(((test.y == real) & (predicted == guess)).sum()) for guess in (0, 1)]
            for real in (0, 1)
        ],
        steps_per_second=steps_per_second,
        parameters_sha256=trainer.network.sha256(),
        divergence=trainer.divergence,
        curves=loss_curves(trainer, SERIES_POINTS),
        points=points,
        test_predictions=predicted,
        field=FieldObserver(trainer.network, points.bounds).probabilities(
            FIELD_ROWS, FIELD_COLUMNS
        ),
    )
