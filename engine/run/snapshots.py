"""What a snapshot of a run is made of."""

from typing import TYPE_CHECKING

from engine.messages.network_view import NetworkView, SampleView
from engine.messages.snapshot import Labels, Snapshot
from engine.messages.view import View
from engine.probes.data_set_points import data_set_points
from engine.probes.evaluation import drawn_predictions
from engine.probes.layer_view import layer_view
from engine.probes.loss_curves import loss_curves
from engine.probes.sample_trace import sample_view

if TYPE_CHECKING:
    from engine.run.run import Run


def snapshot_of(run: "Run", view: View) -> Snapshot:
    """Everything that `view` draws of `run`, at this moment."""
    trainer, pictures, now = run.trainer, run.pictures, run.evaluation
    return Snapshot(
        revision=run.revision,
        run=run.number,
        config=trainer.config,
        task=trainer.dataset.task,
        state=run.state,
        step=trainer.step,
        total_steps=trainer.total_steps,
        epochs=trainer.epochs,
        alpha=trainer.alpha,
        alpha_now=trainer.alpha_now,
        alpha_changes=trainer.alpha_changes,
        pace=run.pace,
        steps_per_second=run.rate.lately,
        train=now.train,
        test=now.test,
        divergence=trainer.divergence,
        curves=loss_curves(trainer, view.series_points),
        train_predictions=drawn_predictions(now.train_predictions, trainer.dataset),
        field=pictures.field.field(view.field_rows, view.field_columns),
        layer=layer_view(trainer, view.window, now.gradient_cache, view.cursor),
        points=None if view.known_points == run.points_number else pictures.points,
        points_number=run.points_number,
        num_points=pictures.points.train_count + pictures.points.test_count,
        replays=run.replays,
        trained_seconds=run.trained_seconds,
        undo_alpha=trainer.undo_alpha,
        restart_alpha=trainer.restart_alpha,
        kept=None if run.kept is None else run.kept.summary,
        stopped=trainer.stops.reason,
        test_predictions=_test_predictions(run) if view.test_predictions else None,
        sample=_sample(run, view),
        edited_points=trainer.dataset.edited_points,
        data_set=data_set_points(view.data_set) if view.data_set else None,
        edits=trainer.edits,
        network=_network(run, view),
        on_the_way=run.on_the_way,
        ghost=None if view.known_ghost == run.ghost_number else run.ghost,
        ghost_number=run.ghost_number,
    )


def _test_predictions(run: "Run") -> Labels:
    return drawn_predictions(run.evaluation.test_predictions, run.trainer.dataset)


def _network(run: "Run", view: View) -> NetworkView | None:
    if view.network is None:
        return None
    return run.pictures.neurons.view(view.network, run.trainer.edits)


def _sample(run: "Run", view: View) -> SampleView | None:
    if view.sample is None:
        return None
    points = run.pictures.points
    return sample_view(run.trainer, points, view.sample, tested=view.test_predictions)
