"""Works out the report on a trainer."""

from engine.messages.report import RunReport
from engine.messages.run_state import State
from engine.network.metrics import confusion_matrix
from engine.probes.data_points import data_points
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
    test = trainer.dataset.test
    points = data_points(trainer.dataset)
    field = DecisionField(trainer.network, points.bounds)
    return RunReport(
        config=trainer.config,
        state=state,
        steps=trainer.step,
        total_steps=trainer.total_steps,
        alpha=trainer.used_alpha,
        alpha_changes=trainer.alpha_changes,
        train_loss=now.train_loss,
        train_accuracy=now.train_accuracy,
        test_loss=now.test_loss,
        test_accuracy=now.test_accuracy,
        confusion_matrix=confusion_matrix(
            now.test_predictions, test.y, trainer.loss.classes
        ).tolist(),
        steps_per_second=steps_per_second,
        parameters_sha256=trainer.network.sha256(),
        divergence=trainer.divergence,
        curves=loss_curves(trainer, SERIES_POINTS),
        points=points,
        test_predictions=now.test_predictions,
        field=field.probabilities(FIELD_ROWS, FIELD_COLUMNS),
    )
