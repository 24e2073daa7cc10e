"""The learning rate under the loss chart, where a schedule changes it: a row of bars, each as high as
alpha was at the step above.
"""

import numpy as np

from tui.charts.loss.axes import StepScale
from tui.charts.loss.chart import LossChart
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import rough
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

NAME = "alpha"


def draw_alpha(
    chart: LossChart, scale: StepScale, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """One row: the bars in eighths of the greatest alpha, whose value stands on the right."""
    picture = Picture.blank(1, columns, palette.faint)
    picture.write(0, scale.left - 1 - len(NAME), NAME, palette.faint)
    curves, levels = chart.curves, glyphs.levels
    if not curves.alphas.size:
        return picture
    greatest = max(chart.alpha, float(curves.alphas.max()))
    last = min(scale.column_of(chart.step), columns - 1)
    steps = scale.steps_at(np.arange(scale.left, last + 1, dtype=np.float64))
    points = np.searchsorted(curves.train_steps, steps, side="right") - 1
    shares = curves.alphas[np.maximum(points, 0)] / greatest
    eighths = np.ceil(np.clip(np.nan_to_num(shares), 0.0, 1.0) * (len(levels) - 1) - 1e-9)
    bars = np.array(list(levels))[eighths.astype(np.int64)]
    picture.write(0, scale.left, "".join(bars), palette.faint)
    picture.write_right(0, columns, f" {levels[-1]} {rough(greatest)}", palette.faint)
    return picture
