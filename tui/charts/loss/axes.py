"""The axes of the loss chart, and where its steps lie between them."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import LossCurves
from tui.charts.loss.chart import LossChart
from tui.drawing.axis_scales import LOWEST_DECADE, log_loss_axis, loss_axis, step_axis
from tui.drawing.plotext_axes import Axis

Path = tuple[Array, Array]
"""Steps and losses, in the units of the axes."""

GHOST_FACTOR, GHOST_DECADES = 2.0, 1.0
"""How far the axis of the losses goes beyond the present course for the sake of the one before."""


@dataclass(frozen=True, slots=True)
class StepScale:
    """Which column of a chart shows which step."""

    x: Axis
    left: int
    right: int
    """Columns of the canvas, the end excluded."""

    def column_of(self, step: float) -> int:
        """The column of the chart in which `step` lies."""
        share = (step - self.x.low) / (self.x.high - self.x.low)
        return self.left + round(share * (self.right - self.left - 1))

    def steps_at(self, columns: Array) -> Array:
        """The steps in the middle of `columns` of the chart."""
        shares = (columns - self.left) / max(self.right - self.left - 1, 1)
        return self.x.low + shares * (self.x.high - self.x.low)

    def step_at(self, column: int) -> int:
        """The whole step nearest to the middle of a column."""
        return round(float(self.steps_at(np.array([float(column)]))[0]))


@dataclass(frozen=True, slots=True)
class Layout:
    """Both axes, and all curves in their units."""

    x: Axis
    y: Axis
    train: Path
    test: Path
    ghost: Path


def laid_out(chart: LossChart, rows: int, columns: int) -> Layout:
    """Where everything lies in a chart of `rows` by `columns` cells. The course before is cut off at
    the end of the steps, which the present one decides.
    """
    x = step_axis(chart.step, chart.total_steps, columns)
    train, test, ghost = _train_path(chart), _test_points(chart), _ghost_path(chart)
    if chart.logarithmic:
        train, test, ghost = (_log10(path) for path in (train, test, ghost))
    ghost = _until(ghost, x.high)
    y = _loss_axis(chart, np.concatenate([train[1], test[1]]), ghost[1], rows)
    return Layout(x, y, train, test, ghost)


def _train_path(chart: LossChart) -> Path:
    steps, losses = _line(chart.curves)
    return np.append(steps, chart.step), np.append(losses, chart.train_loss)


def _line(curves: LossCurves) -> Path:
    """One line that reaches the greatest and the least training loss of every point, so that no step's
    loss is hidden by averaging.
    """
    losses = np.stack([curves.train_high, curves.train_low], axis=1)
    return np.repeat(curves.train_steps, 2), losses.reshape(-1)


def _test_points(chart: LossChart) -> Path:
    """The losses that were measured, of a few in one place the least and the greatest; the present
    one last.
    """
    curves = chart.curves
    return (
        np.concatenate([curves.test_steps, curves.test_steps, [chart.step]]),
        np.concatenate([curves.test_low, curves.test_high, [chart.test_loss]]),
    )


def _ghost_path(chart: LossChart) -> Path:
    if chart.ghost is None:
        return np.empty(0), np.empty(0)
    return _line(chart.ghost.curves)


def _log10(path: Path) -> Path:
    logarithms: Array = np.log10(np.maximum(path[1], 10.0**LOWEST_DECADE))
    return path[0], logarithms


def _until(path: Path, end: float) -> Path:
    """The part of a line up to the step `end`, where it is cut off."""
    steps, losses = path
    count = int(np.searchsorted(steps, end, side="right"))
    if not 0 < count < steps.size:
        return steps[:count], losses[:count]
    cut = np.interp(end, steps[count - 1 : count + 1], losses[count - 1 : count + 1])
    return np.append(steps[:count], end), np.append(losses[:count], cut)


def _loss_axis(chart: LossChart, losses: Array, ghost: Array, rows: int) -> Axis:
    """An axis on which all `losses` of the present course have a place, and those of the `ghost` as far
    as they are not many times greater or less.
    """
    losses, ghost = losses[np.isfinite(losses)], ghost[np.isfinite(ghost)]
    least, greatest = (losses.min(), losses.max()) if losses.size else (0.0, 1.0)
    if ghost.size and losses.size:
        lowest, highest = least - GHOST_DECADES, greatest + GHOST_DECADES
        if not chart.logarithmic:
            lowest, highest = 0.0, greatest * GHOST_FACTOR
        least = min(least, max(ghost.min(), lowest))
        greatest = max(greatest, min(ghost.max(), highest))
    if chart.logarithmic:
        return log_loss_axis(10.0**least, 10.0**greatest, rows)
    return loss_axis(float(greatest), rows)
