"""How a run stands when it is left: what `--json` prints and the report screen shows."""

from typing import Any

import msgspec

from engine.config.setting import json_fields
from engine.config.training_config import TrainingConfig
from engine.messages.run_state import State
from engine.messages.snapshot import Classes, DataPoints, LossCurves
from engine.training.divergence import Divergence


class RunReport(msgspec.Struct, frozen=True, tag=True):
    """The figures of a run, and what its drawings need."""

    config: TrainingConfig
    state: State
    steps: int
    total_steps: int
    alpha: float
    """That of the last update, not one that was chosen since."""
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
    """(rows, columns): probability of class 1 in 255ths, the top row first."""
    matches: bool | None = None
    """Whether a replay came to the recorded parameters; None while that is not known."""

    def figures(self) -> dict[str, Any]:
        """The object that `--json` prints: figures, and those settings that say they are in it."""
        return {
            "steps": self.steps,
            "alpha": self.alpha,
            **json_fields(self.config),
            "train_loss": self.train_loss,
            "train_accuracy": self.train_accuracy,
            "test_loss": self.test_loss,
            "test_accuracy": self.test_accuracy,
            "confusion_matrix": self.confusion_matrix,
            "steps_per_second": self.steps_per_second,
            "parameters_sha256": self.parameters_sha256,
        }
