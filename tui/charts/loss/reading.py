"""What the loss chart says in numbers of the step under its crosshair."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from tui.charts.loss.chart import LossChart
from tui.charts.loss.draw import Legend
from tui.drawing.frame import Figures, width_of
from tui.drawing.number_format import rough
from tui.drawing.palette import Palette

Numbers = Callable[[float], str]
"""Writes a loss in a fixed width."""

ALPHA_WIDTH = 8

WITH_LOSSES, WITH_EPOCH = 3, 5
"""How many of the parts have to be there, or else all are written shorter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was at a step. Where the curves have one point for several steps, the least and the
    greatest loss of these.
    """

    step: int
    epochs: float
    train: tuple[float, float]
    test_step: int
    """The step nearest to it at which the test loss was measured."""
    test: tuple[float, float]
    alpha: float
    ghost: tuple[float, float] | None
    """The training loss of the course before at that step, if it came so far."""


def reading_at(chart: LossChart, step: int) -> Reading:
    """What was at `step`, which is at most the present one."""
    curves = chart.curves
    steps = np.append(curves.train_steps, chart.step)
    point = _last_until(steps, step)
    test_steps = np.append(curves.test_steps, chart.step)
    test = int(np.abs(test_steps - step).argmin())
    if chart.step - step <= abs(test_steps[test] - step):
        test = test_steps.size - 1  # of two as near, the present one is exact
    return Reading(
        step=step,
        epochs=float(np.interp(step, steps, np.append(curves.epochs, chart.epochs))),
        train=_range(curves.train_low, curves.train_high, chart.train_loss, point),
        test_step=int(test_steps[test]),
        test=_range(curves.test_low, curves.test_high, chart.test_loss, test),
        alpha=float(np.append(curves.alphas, chart.alpha_now)[point]),
        ghost=_ghost_at(chart, step),
    )


def _ghost_at(chart: LossChart, step: int) -> tuple[float, float] | None:
    ghost = chart.ghost
    if ghost is None or step >= ghost.step:
        return None
    curves = ghost.curves
    point = _last_until(curves.train_steps, step)
    return float(curves.train_low[point]), float(curves.train_high[point])


def _last_until(steps: Array, step: int) -> int:
    """The last point that begins no later than at `step`."""
    return max(int(np.searchsorted(steps, step, side="right")) - 1, 0)


def _range(low: Array, high: Array, now: float, point: int) -> tuple[float, float]:
    """The least and the greatest loss of a point, the last of which is the present one."""
    return float(np.append(low, now)[point]), float(np.append(high, now)[point])


def reading_words(
    chart: LossChart, step: int, room: int, number: Numbers, palette: Palette, marks: Legend
) -> Figures:
    """The reading at `step`, as much of it as has a place in `room` columns: what matters most first.
    Every part is as wide at one step as at another, so that nothing moves.
    """
    at = reading_at(chart, step)
    width = len(f"{max(chart.total_steps, chart.step):,}")
    here = f"{at.step:,}".rjust(width)
    elsewhere = f" at {at.test_step:,}" if at.test_step != at.step else ""
    epochs = f"{at.epochs:,.1f}".rjust(len(f"{chart.epochs:,.1f}"))
    further: Figures = [
        [("   alpha ", palette.faint), (rough(at.alpha).ljust(ALPHA_WIDTH), palette.text)],
        [("  epoch ", palette.faint), (epochs, palette.text)],
    ]
    if chart.ghost is not None:
        loss = number(at.ghost[1]) if at.ghost else "-".rjust(len(number(0.0)))
        further.append([(f"   {marks.ghost}before ", palette.faint), (loss, palette.faint)])

    def losses(*, ranges: bool) -> Figures:
        curves = chart.curves
        train_ranges = ranges and bool((curves.train_low != curves.train_high).any())
        test_ranges = ranges and bool((curves.test_low != curves.test_high).any())
        return [
            [("step ", palette.faint), (here, palette.text)],
            [
                (f"   {marks.train}train ", palette.accent),
                (_loss(at.train, number, ranges=train_ranges), palette.text),
            ],
            [
                (f"   {marks.test}test ", palette.test),
                (_loss(at.test, number, ranges=test_ranges), palette.text),
                (elsewhere.ljust(len(" at ") + width), palette.faint),
            ],
        ]

    for ranges, least in ((True, WITH_EPOCH), (False, WITH_LOSSES)):
        form = losses(ranges=ranges) + further
        if width_of(form[:least]) <= room:
            return form
    train, test = (number(one[1]).strip() for one in (at.train, at.test))
    return [
        [(here, palette.text)],
        [(f" {marks.train}{train.ljust(len(number(0.0)))}", palette.accent)],
        [(f" {marks.test}{test.ljust(len(number(0.0)))}", palette.test)],
        [(elsewhere.ljust(len(" at ") + width), palette.faint)],
    ]


def _loss(least_and_greatest: tuple[float, float], number: Numbers, *, ranges: bool) -> str:
    """The greatest loss, and with `ranges` before it the least, where that is written in other words."""
    least, greatest = (number(loss) for loss in least_and_greatest)
    if not ranges:
        return greatest
    between = f"{least.strip()}-{greatest.strip()}" if least != greatest else greatest
    return between.rjust(2 * len(greatest) + 1)
