"""Loss charts of runs that are made up, and what is drawn of them."""

import math

import numpy as np

from engine.messages.snapshot import LossCurves
from tui.charts.loss.chart import LossChart
from tui.charts.loss.draw import draw_loss
from tui.drawing.glyphs import UNICODE, Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.themes import NIGHT

PALETTE = Palette.from_variables(NIGHT.variables, textured=False)


def chart_of(
    losses: list[float],
    *,
    steps_a_point: int = 1,
    test_losses: list[float] | None = None,
    changes: list[tuple[int, float]] | None = None,
    logarithmic: bool = False,
) -> LossChart:
    """A finished run whose training losses are these; without test losses only the line."""
    train, test = np.array(losses), np.array(test_losses or [])
    step = len(losses) * steps_a_point
    return LossChart(
        curves=LossCurves(
            train_steps=np.arange(train.size) * float(steps_a_point),
            train_low=train,
            train_high=train,
            test_steps=np.linspace(0, step, test.size, endpoint=False),
            test_low=test,
            test_high=test,
        ),
        step=step,
        total_steps=step,
        train_loss=losses[-1] if losses else math.nan,
        test_loss=test_losses[-1] if test_losses else math.nan,
        alpha_changes=changes or [],
        logarithmic=logarithmic,
    )


def draw(chart: LossChart, rows: int = 9, columns: int = 40, glyphs: Glyphs = UNICODE) -> Picture:
    return draw_loss(chart, rows, columns, PALETTE, glyphs).picture
