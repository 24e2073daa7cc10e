"""Works out the report on a trainer."""

from engine.data.dataset import Dataset
from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.network.metrics import confusion_matrix
from engine.probes.evaluation import Predictions, drawn_predictions, evaluation_of
from engine.probes.loss_curves import loss_curves
from engine.probes.plane_pictures import PlanePictures
from engine.training.trainer import Trainer

SERIES_POINTS = 256
"""Points of the loss series that a report keeps: twice the columns of its chart."""

FIELD_ROWS, FIELD_COLUMNS = 64, 128
"""Resolution of the decision field that a report keeps."""


def report_on(trainer: Trainer, state: State, steps_per_second: float) -> RunReport:
    """The report of `trainer` at its present step."""
    now = evaluation_of(trainer)
    dataset, pictures = trainer.dataset, PlanePictures.of(trainer)
    return RunReport(
        config=trainer.config,
        task=dataset.task,
        state=state,
        steps=trainer.step,
        total_steps=trainer.total_steps,
        epochs=trainer.epochs,
        alpha=trainer.used_alpha,
        alpha_changes=trainer.alpha_changes,
        train=now.train,
        test=now.test,
        confusion_matrix=_matrix(now.test_predictions, dataset),
        steps_per_second=steps_per_second,
        parameters_sha256=trainer.network.sha256(),
        divergence=trainer.divergence,
        curves=loss_curves(trainer, SERIES_POINTS),
        points=pictures.points,
        test_predictions=drawn_predictions(now.test_predictions, dataset),
        field=pictures.field.field(FIELD_ROWS, FIELD_COLUMNS),
        stopped=trainer.stops.reason,
    )


def _matrix(predictions: Predictions, dataset: Dataset) -> list[list[int]] | None:
    """Counts of the test points: row real class, column predicted class; None for a regression."""
    classes = len(dataset.task.classes)
    if not classes:
        return None
    counts: list[list[int]] = confusion_matrix(predictions, dataset.test.y, classes).tolist()
    return counts
