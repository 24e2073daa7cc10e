"""What the panes of points have in common, and that of the points as they are."""

from engine.config.task import TWO_CLASSES, Task
from engine.messages.snapshot import DataPoints
from tui.charts.plane.cells import held_out_side, training_side, underlined
from tui.charts.plane.class_counts import class_counts, class_legend, counts_have_names
from tui.charts.plane.foot import points_foot
from tui.charts.plane.scatter import draw_real, put_real
from tui.charts.plane.words import plane_words, titled
from tui.drawing.frame import Figures, width_of
from tui.drawing.look import Look
from tui.drawing.number_format import thousands
from tui.drawing.picture import Picture
from tui.widgets.help_of_points import real_help
from tui.widgets.pane import FOOT_MARGIN, FRAME, TITLE_MARGIN, Pane


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

    @property
    def shows_test_points(self) -> bool:
        """Whether the test points are drawn, too, as the view has asked for them."""
        return self.snapshot is not None and self.snapshot.test_predictions is not None

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
        counts = class_counts(self.points, self._room_for_counts, *look)
        if not self.shows_test_points:
            return counts
        test = f"{thousands(self.points.test_count)} test", look.palette.underlined
        if counts:
            return [*counts, [("  ", look.palette.text), test]]
        return [[(f"{thousands(self.points.train_count)} train  ", look.palette.text), test]]

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
        picture = draw_real(training_side(self.points), rows, columns, *look)
        if self.shows_test_points:
            put_real(picture, underlined(held_out_side(self.points)), *look)
        return picture
