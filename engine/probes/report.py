"""Works out the report on a trainer."""

from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.probes.data_points import data_points, plane_of
from engine.probes.decision_field import DecisionField
from engine.probes.evaluation import evaluation_of
from engine.probes.loss_curves import loss_curves
from engine.training.trainer import Trainer

SERIES_POINTS = 256
"""Points of the loss series that a report keeps: twice the columns of its chart."""

FIELD_ROWS, FIELD_COLUMNS = 64, 128
"""Resolution of the decision field that a report keeps."""


def report_on(trainer: Trainer, state: State, steps_per_second: float) -> RunReport:
    """The report of `trainer` at its present step."""
    now = evaluation_of(trainer)
    dataset, task = trainer.dataset, trainer.dataset.task
    points = data_points(dataset, plane_of(task, trainer.config.plane))
    field = DecisionField(trainer.network, points.bounds)
    return RunReport(
        config=trainer.config,
        task=task,
        state=state,
        steps=trainer.step,
        total_steps=trainer.total_steps,
        epochs=float(trainer.step),
        alpha=trainer.used_alpha,
        alpha_changes=trainer.alpha_changes,
        train=now.train,
        test=now.test,
        confusion_matrix=[
            [
                int(((dataset.test.y == real) & (now.test_predictions.classes == guess)).sum())
                for guess in (0, 1)
            ]
            for real in (0, 1)
        ],
        steps_per_second=steps_per_second,
        parameters_sha256=trainer.network.sha256(),
        divergence=trainer.divergence,
        curves=loss_curves(trainer, SERIES_POINTS),
        points=points,
        test_predictions=now.test_predictions,
        field=field.field(FIELD_ROWS, FIELD_COLUMNS),
    )
