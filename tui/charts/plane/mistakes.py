"""How many points a network gets wrong."""

from engine.messages.snapshot import Figures, Labels
from tui.charts.plane.cells import Side
from tui.charts.plane.scatter import is_wrong
from tui.drawing.number_format import thousands


def mistakes(side: Side, predicted: Labels, figures: Figures, points: int) -> str:
    """The wrong points of a side with `points`, or those whose value is off, in words. Where not all
    are drawn, the accuracy says it, and of values a share.
    """
    wrong = is_wrong(side, predicted)
    word = "off" if side.task.is_regression else "wrong"
    if wrong.size >= points:
        return f"{thousands(int(wrong.sum()))} {word}"
    if figures.accuracy is not None:
        return f"{thousands(round((1.0 - figures.accuracy) * points))} {word}"
    return f"{100 * wrong.mean() if wrong.size else 0.0:.1f}% {word}"
