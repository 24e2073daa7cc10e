"""How a run stands when it is left: what `--json` prints and the report screen shows."""

from typing import Any

import msgspec

from engine.config.setting import json_fields
from engine.config.task import Task
from engine.config.training_config import TrainingConfig
from engine.messages.run_state import State
from engine.messages.snapshot import DataPoints, Field, Figures, Labels, LossCurves
from engine.training.divergence import Divergence


class RunReport(msgspec.Struct, frozen=True, tag=True):
    """The figures of a run, and what its drawings need."""

    config: TrainingConfig
    task: Task
    state: State
    steps: int
    total_steps: int
    epochs: float
    """Times that the training points were gone through."""
    alpha: float
    """That of the last update, not one that was chosen since."""
    alpha_changes: list[tuple[int, float]]
    train: Figures
    test: Figures
    confusion_matrix: list[list[int]] | None
    """Counts of the test points: row real class, column predicted class; None for a regression."""
    steps_per_second: float
    """Over the time in which it trained."""
    parameters_sha256: str
    divergence: Divergence | None
    curves: LossCurves
    points: DataPoints
    test_predictions: Labels
    """What is predicted for the test points that are drawn."""
    field: Field
    stopped: str = ""
    """Why it was done before its last step; empty otherwise."""
    matches: bool | None = None
    """Whether a replay came to the recorded parameters; None while that is not known."""

    def figures(self) -> dict[str, Any]:
        """The object that `--json` prints: figures, and those settings that say they are in it."""
        task = self.task
        return {
            "steps": self.steps,
            "epochs": self.epochs,
            "alpha": self.alpha,
            **json_fields(self.config),
            "features": list(task.features),
            "inputs": list(task.inputs),
            "problem": task.problem,
            "classes": list(task.classes) or None,
            "train_loss": self.train.loss,
            "train_accuracy": self.train.accuracy,
            "train_rmse": self.train.rmse,
            "train_r2": self.train.r2,
            "test_loss": self.test.loss,
            "test_accuracy": self.test.accuracy,
            "test_rmse": self.test.rmse,
            "test_r2": self.test.r2,
            "confusion_matrix": self.confusion_matrix,
            "steps_per_second": self.steps_per_second,
            "parameters_sha256": self.parameters_sha256,
        }
