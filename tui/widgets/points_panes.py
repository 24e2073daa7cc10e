"""The panes of the training points: what they are, and what is predicted for them."""

import msgspec

from engine.config.task import TWO_CLASSES, Task
from engine.messages.snapshot import DataPoints
from engine.messages.view import View
from tui.charts.class_counts import class_counts, class_legend, counts_have_names
from tui.charts.facts import quality
from tui.charts.mistakes import mistakes
from tui.charts.plane import FIELD_ROWS_PER_CELL, training_side
from tui.charts.plane_words import plane_words, titled
from tui.charts.points_foot import points_foot
from tui.charts.scatter import draw_predicted, draw_real
from tui.drawing.frame import Figures, width_of
from tui.drawing.look import Look
from tui.drawing.number_format import figure
from tui.drawing.picture import Picture
from tui.widgets.help_of_points import predicted_help, real_help
from tui.widgets.pane import FOOT_MARGIN, FRAME, Pane

TITLE_MARGIN = 4
"""Columns of the upper edge that neither the title nor the figures take."""


class PointsPane(Pane):
    """A pane of points: what they are drawn over stands in its title, or else on its lower edge."""

    @property
    def learnt(self) -> Task:
        """What the data are about; two classes before anything is known."""
        return TWO_CLASSES if self.snapshot is None else self.snapshot.task

    @property
    def points(self) -> DataPoints | None:
        """The points that are drawn."""
        return None if self.snapshot is None else self.snapshot.points

    def title(self) -> str:
        usual = super().title()
        if usual == self.SHORT_TITLE:
            return usual
        usual = titled(self.SHORT_TITLE, self.learnt)
        words = self._plane_in_title(usual)
        return f"{usual}   {words}" if words else usual

    def foot(self, look: Look) -> Figures:
        room = self.inside[1] - FOOT_MARGIN
        if self.points is None:
            return []
        in_title = self._plane_in_title(titled(self.SHORT_TITLE, self.learnt))
        shows_scale = self.learnt.is_regression and len(self.learnt.inputs) > 1
        return points_foot(self.points, room, *look) if shows_scale or not in_title else []

    def _plane_in_title(self, usual: str) -> str:
        """What is drawn over what, where there is room between the title and the figures."""
        if self.points is None or self.look is None:
            return ""
        taken = len(usual) + width_of(self.figures(self.look)) + TITLE_MARGIN
        return plane_words(self.points, self.size.width - FRAME - taken - 3, self.look.glyphs)


class RealPane(PointsPane):
    """What the points are."""

    NAME = "real"
    TITLE = "Real classes"
    SHORT_TITLE = "Real"

    def help_text(self) -> str:
        return real_help(self.learnt, self.look)

    def figures(self, look: Look) -> Figures:
        if self.points is None:
            return []
        return class_counts(self.points, self._room_for_counts, *look)

    @property
    def _room_for_counts(self) -> int:
        return self.inside[1] - len(titled(self.SHORT_TITLE, self.learnt)) - TITLE_MARGIN

    def foot(self, look: Look) -> Figures:
        """With the names of the classes, if they do not stand beside their counts."""
        if self.points is None:
            return []
        named = counts_have_names(self.points, self._room_for_counts, *look)
        legend = [] if named else class_legend(self.points, self.inside[1] - FOOT_MARGIN, *look)
        return legend or super().foot(look)

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        if self.points is None:
            return Picture.blank(rows, columns, look.palette.base)
        return draw_real(training_side(self.points), rows, columns, *look)


class PredictedPane(PointsPane):
    """What is predicted for them, before what is predicted all over the plane."""

    NAME = "predicted"
    TITLE = "Predicted classes"
    SHORT_TITLE = "Predicted"

    def help_text(self) -> str:
        return predicted_help(self.learnt)

    def asks_for(self, view: View) -> View:
        """With the decision field in the resolution that it draws."""
        rows, columns = self.inside
        return msgspec.structs.replace(
            view, field_rows=rows * FIELD_ROWS_PER_CELL, field_columns=columns
        )

    def figures(self, look: Look) -> Figures:
        snapshot, points = self.snapshot, self.points
        if snapshot is None:
            return []
        train = snapshot.train
        figures = [[(quality(train, look.glyphs).strip(), look.palette.strong)]]
        if points is not None:
            predicted, count = snapshot.train_predictions, points.train_count
            words = mistakes(training_side(points), predicted, train, count)
            figures.append([(f"  {words}", look.palette.faint)])
        if train.rmse is not None:
            figures.append([(f"  rmse {figure(train.rmse, 6).strip()}", look.palette.text)])
        return figures

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        snapshot, points = self.snapshot, self.points
        if snapshot is None or points is None:
            return Picture.blank(rows, columns, look.palette.base)
        predicted, field = snapshot.train_predictions, snapshot.field
        return draw_predicted(training_side(points), predicted, field, rows, columns, *look)
