"""The panes of the training points: their real classes, and the predicted ones."""

import msgspec

from engine.messages.snapshot import View
from tui.charts.scatter import FIELD_ROWS_PER_CELL, draw_predicted, draw_real
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.number_format import percent
from tui.drawing.picture import Picture
from tui.widgets.pane import Pane


class RealPane(Pane):
    """Real classes."""

    NAME = "real"
    TITLE = "Real classes"
    SHORT_TITLE = "Real"
    HELP = """\
### Real classes

The training points as they are: two half moons that reach into each other, class 0 as `o` and
class 1 as `x`. With noise a few lie on the wrong side, and no smooth border gets them right.
"""

    def figures(self, look: Look) -> Figures:
        if self.snapshot is None or self.snapshot.points is None:
            return []
        classes = self.snapshot.points.train_labels.classes
        total, ones = classes.size, int(classes.sum())
        zero, one = (int(ink) | look.palette.base for ink in look.palette.points)
        return [
            [(look.glyphs.classes[0], zero), (f" {total - ones}", look.palette.text)],
            [(f"  {look.glyphs.classes[1]}", one), (f" {ones}", look.palette.text)],
        ]

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        if self.snapshot is None or self.snapshot.points is None:
            return Picture.blank(rows, columns, look.palette.base)
        points = self.snapshot.points
        return draw_real(
            points.train_x, points.train_labels.classes, points.bounds, rows, columns, *look
        )


class PredictedPane(Pane):
    """Predicted classes before the decision region."""

    NAME = "predicted"
    TITLE = "Predicted classes"
    SHORT_TITLE = "Predicted"
    HELP = """\
### Predicted classes

The same points with the class that the network gives them now. Behind them the region it gives to
either class, the deeper the surer it is; where it is plain, the network is undecided. Without
colours, the region of class 1 is shaded. Points that it gets wrong are marked with a capital letter,
reversed.
"""

    def asks_for(self, view: View) -> View:
        """With the decision field in the resolution that it draws."""
        rows, columns = self.inside
        return msgspec.structs.replace(
            view, field_rows=rows * FIELD_ROWS_PER_CELL, field_columns=columns
        )

    def figures(self, look: Look) -> Figures:
        if self.snapshot is None:
            return []
        figures = [[(percent(self.snapshot.train.accuracy or 0.0).strip(), look.palette.strong)]]
        points = self.snapshot.points
        if points is not None:
            wrong = int(
                (points.train_labels.classes != self.snapshot.train_predictions.classes).sum()
            )
            figures.append([(f"  {wrong} wrong", look.palette.faint)])
        return figures

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        snapshot = self.snapshot
        if snapshot is None or snapshot.points is None:
            return Picture.blank(rows, columns, look.palette.base)
        points = snapshot.points
        return draw_predicted(
            points.train_x,
            points.train_labels.classes,
            snapshot.train_predictions.classes,
            snapshot.field,  # type: ignore[arg-type]
            points.bounds,
            rows,
            columns,
            *look,
        )
