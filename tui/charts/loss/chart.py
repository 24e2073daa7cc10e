"""What the loss chart shows: the losses over the steps, and what else happened."""

from dataclasses import dataclass

import numpy as np

from engine.config.training_config import TrainingConfig
from engine.messages.report import RunReport
from engine.messages.snapshot import Ghost, LossCurves, Snapshot


@dataclass(frozen=True, slots=True)
class LossChart:
    """The losses over the steps, and how they are to be drawn."""

    curves: LossCurves
    step: int
    total_steps: int
    train_loss: float
    test_loss: float
    """At `step`, where no recorded point lies yet."""
    alpha_changes: list[tuple[int, float]]
    logarithmic: bool
    epochs: float = 0.0
    """Up to `step`."""
    alpha: float = 0.0
    """As it was set."""
    alpha_now: float = 0.0
    """At `step`, as the schedule makes it."""
    is_scheduled: bool = False
    """Whether alpha changes by itself, or did."""
    ghost: Ghost | None = None
    """The curves of the course before, to be drawn behind the others."""
    crosshair: int | None = None
    """The step that a person looks at."""


def chart_of_snapshot(
    snapshot: Snapshot, *, logarithmic: bool, ghost: Ghost | None, crosshair: int | None
) -> LossChart:
    """The loss chart of a run under way."""
    return LossChart(
        curves=snapshot.curves,
        step=snapshot.step,
        total_steps=snapshot.total_steps,
        train_loss=snapshot.train_loss,
        test_loss=snapshot.test_loss,
        alpha_changes=snapshot.alpha_changes,
        logarithmic=logarithmic,
        epochs=snapshot.epochs,
        alpha=snapshot.alpha,
        alpha_now=snapshot.alpha_now,
        is_scheduled=_is_scheduled(snapshot.config, snapshot.curves, snapshot.alpha_changes),
        ghost=ghost,
        crosshair=crosshair,
    )


def chart_of_report(report: RunReport) -> LossChart:
    """The loss chart of a report."""
    return LossChart(
        curves=report.curves,
        step=report.steps,
        total_steps=report.total_steps,
        train_loss=report.train.loss,
        test_loss=report.test.loss,
        alpha_changes=report.alpha_changes,
        logarithmic=True,
        epochs=report.epochs,
        alpha=report.alpha,
        is_scheduled=_is_scheduled(report.config, report.curves, report.alpha_changes),
    )


def _is_scheduled(
    config: TrainingConfig, curves: LossCurves, changes: list[tuple[int, float]]
) -> bool:
    """Whether alpha changes by itself; or else did, so that it had more values than were set."""
    if config.schedule != "constant" or config.warm_up:
        return True
    return np.unique(curves.alphas).size > len(changes) + 1
