"""The loss chart's pane."""

from typing import ClassVar

import msgspec
from textual.reactive import reactive

from engine.messages.view import View
from tui.charts.facts import loss_name
from tui.charts.loss import LossChart, draw_loss, legend
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.number_format import figure, fixed
from tui.drawing.picture import Picture
from tui.widgets.pane import Pane

POINTS_PER_COLUMN = 2
"""A braille cell is two dots wide."""


class LossPane(Pane):
    """Train and test loss of all steps so far."""

    NAME = "loss"
    TITLE = SHORT_TITLE = "Loss"
    HELP: ClassVar[str] = """\
### Loss

How wrong the network is on average, over the steps{name}. The training loss is a line of every step, or
with batches of the mean over an epoch or more. The test loss, on points that the network never learns
from, is a point wherever it was measured, at every fiftieth step, more often at first, and now. Where both lie in one place, they take
turns. When the test loss turns up while the training loss still falls, the network learns the training
points by heart.

A dotted line marks where alpha was changed. `l` changes between a logarithmic and a linear scale.
"""

    logarithmic: reactive[bool] = reactive(True, repaint=False)
    """Whether the losses are drawn on a logarithmic scale."""

    def help_text(self) -> str:
        """With the name of the loss."""
        snapshot = self.snapshot
        name = "" if snapshot is None else f": {loss_name(snapshot.config, snapshot.task)}"
        return self.HELP.format(name=name)

    def asks_for(self, view: View) -> View:
        """With as many points of the curves as its width can show."""
        return msgspec.structs.replace(view, series_points=self.inside[1] * POINTS_PER_COLUMN)

    def action_toggle_log(self) -> None:
        """Change between the logarithmic and the linear scale."""
        self.logarithmic = not self.logarithmic

    def watch_logarithmic(self) -> None:
        self.redraw()

    def figures(self, look: Look) -> Figures:
        palette, snapshot = look.palette, self.snapshot
        if snapshot is None:
            return []
        train_line, test_line = legend(palette, look.glyphs)
        return [
            [
                (f"{train_line}train ", palette.accent),
                (self._number(snapshot.train_loss), palette.strong),
            ],
            [
                (f"   {test_line}test ", palette.test),
                (self._number(snapshot.test_loss), palette.strong),
            ],
            [("   log" if self.logarithmic else "   linear", palette.faint)],
        ]

    def _number(self, loss: float) -> str:
        """A loss in six columns; that of values may be of any size."""
        of_values = self.snapshot is not None and self.snapshot.task.is_regression
        return figure(loss, 6) if of_values else fixed(loss, 6, 4)

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        snapshot = self.snapshot
        if snapshot is None:
            return Picture.blank(rows, columns, look.palette.base)
        chart = LossChart(
            curves=snapshot.curves,
            step=snapshot.step,
            total_steps=snapshot.total_steps,
            train_loss=snapshot.train_loss,
            test_loss=snapshot.test_loss,
            alpha_changes=snapshot.alpha_changes,
            logarithmic=self.logarithmic,
        )
        return draw_loss(chart, rows, columns, *look)
