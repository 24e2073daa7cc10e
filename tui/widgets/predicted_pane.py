"""The pane of what is predicted: it can be asked about one point, and painted in."""

from enum import Enum
from typing import ClassVar

import msgspec
from textual.events import MouseDown
from textual.reactive import reactive

from engine.messages.commands import AddPoint, RemovePoint
from engine.messages.snapshot import DataPoints
from engine.messages.view import View
from tui.charts.facts import quality
from tui.charts.plane.cells import FIELD_ROWS_PER_CELL, held_out_side, training_side, underlined
from tui.charts.plane.contours import contour_words
from tui.charts.plane.cursor import PlaneCursor, draw_cursor, draw_found
from tui.charts.plane.mistakes import mistakes
from tui.charts.plane.paint_words import (
    ask_foot,
    ask_title,
    paint_foot,
    paint_title,
    value_of_digit,
)
from tui.charts.plane.regions import RegionStyle
from tui.charts.plane.sample_inset import draw_sample
from tui.charts.plane.scatter import draw_predicted
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.number_format import figure, rough
from tui.drawing.picture import Picture
from tui.messages import KeysChanged, Steer, ValueWanted, ViewChanged
from tui.widgets.help_of_points import predicted_help
from tui.widgets.pane import FOOT_MARGIN
from tui.widgets.plane_keys import PLANE_KEYS
from tui.widgets.points_panes import PointsPane


class Mode(Enum):
    """What the keys of the pane do."""

    LOOK = "look"
    ASK = "ask"
    PAINT = "paint"


_IN_PAINT = ("add_point", "remove_point", "turn_side", "type_value")
"""Actions that act while a person paints; the others also while one asks."""

_IN_BOTH = ("move_cursor", "end_mode")


class PredictedPane(PointsPane):
    """What is predicted for the points, before what is predicted all over the plane."""

    NAME = "predicted"
    TITLE = "Predicted classes"
    SHORT_TITLE = "Predicted"
    BINDINGS = PLANE_KEYS
    OPENING_KEYS: ClassVar[frozenset[str]] = frozenset({"enter"})

    mode: reactive[Mode] = reactive(Mode.LOOK, repaint=False)
    """Whether there is a cursor, and what for."""

    cursor: reactive[PlaneCursor] = reactive(PlaneCursor(), repaint=False)
    """Where it is, or was left."""

    paints_test: reactive[bool] = reactive(False, repaint=False)
    """Whether points are added to the test points, and removed from them."""

    tested: reactive[bool] = reactive(False, repaint=False)
    """Whether a person wants to see the test points."""

    style_of_region: reactive[RegionStyle] = reactive(RegionStyle.CERTAINTY, repaint=False)
    """How what is predicted all over the plane is drawn."""

    def help_text(self) -> str:
        return predicted_help(self.learnt)

    def asks_for(self, view: View) -> View:
        """With the decision field in the resolution that it draws, and what its mode needs."""
        rows, columns = self.inside
        asks = self.mode is Mode.ASK and self.points is not None
        return msgspec.structs.replace(
            view,
            field_rows=rows * FIELD_ROWS_PER_CELL,
            field_columns=columns,
            test_predictions=self.tested or (self.mode is Mode.PAINT and self.paints_test),
            sample=self.cursor.place(self.points.bounds) if asks and self.points else None,
        )

    # -- its modes

    @property
    def is_in_use(self) -> bool:
        return self.mode is not Mode.LOOK

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What does not act now is left to the screen."""
        if action in _IN_BOTH:
            return self.mode is not Mode.LOOK
        if action in _IN_PAINT:
            values = action == "type_value"
            return self.mode is Mode.PAINT and (self.learnt.is_regression or not values)
        return super().check_action(action, parameters)

    def action_paint(self) -> None:
        """Begin to paint points, or end it."""
        self._turn_to(Mode.PAINT)

    def action_ask(self) -> None:
        """Begin to ask about points, or end it."""
        self._turn_to(Mode.ASK)

    def _turn_to(self, mode: Mode) -> None:
        ends = self.mode is mode and self.has_focus
        self.mode = Mode.LOOK if ends or self.points is None else mode
        self.focus()

    def action_end_mode(self) -> None:
        """Only look again."""
        self.mode = Mode.LOOK

    def action_toggle_tested(self) -> None:
        """Show the test points, or hide them."""
        self.tested = not self.tested

    def action_turn_region(self) -> None:
        """Draw what is predicted all over the plane in another way."""
        self.style_of_region = self.style_of_region.after(self.learnt)

    def action_move_cursor(self, down: int, right: int) -> None:
        """Move the cursor by so many cells."""
        self.cursor = self.cursor.moved(down, right, *self.inside)

    def action_turn_side(self) -> None:
        """Paint the points of the other side."""
        self.paints_test = not self.paints_test

    def action_add_point(self, digit: int) -> None:
        """Add a point of that class at the cursor; of values, so many ninths of their range."""
        if self.points is not None:
            regression = self.learnt.is_regression
            self._add(value_of_digit(digit, self.points.value_range) if regression else digit)

    def _add(self, label: float) -> None:
        # with its place, so that it comes to where the cursor is now, however late
        if self.points is not None:
            place = self.cursor.place(self.points.bounds)
            self.post_message(Steer(AddPoint(*place, float(label), self.paints_test)))

    def action_remove_point(self) -> None:
        """Remove the point nearest to the cursor."""
        if self.points is not None:
            place = self.cursor.place(self.points.bounds)
            self.post_message(Steer(RemovePoint(*place, self.paints_test)))

    def action_type_value(self) -> None:
        """Ask for the value of a point, and add it."""
        if self.points is None:
            return
        across, up = self.cursor.place(self.points.bounds)
        value = up if len(self.learnt.inputs) == 1 else value_of_digit(5, self.points.value_range)

        def adding(value: float) -> AddPoint:
            return AddPoint(across, up, value, self.paints_test)

        # a person types few digits
        self.post_message(ValueWanted("Value of the point", float(rough(value)), adding))

    def on_mouse_down(self, event: MouseDown) -> None:
        super().on_mouse_down(event)
        rows, columns = self.inside
        row, column = event.y - 1, event.x - 1
        if self.mode is not Mode.LOOK and 0 <= row < rows and 0 <= column < columns:
            self.cursor = PlaneCursor.in_cell(row, column, rows, columns)

    def watch_has_focus(self, _has_focus: bool) -> None:
        # what lies on top of the screen, such as the question for a value, leaves the mode as it is
        if not _has_focus and self.app.screen is self.screen:
            self.mode = Mode.LOOK
        super().watch_has_focus(_has_focus)

    def _ask_and_redraw(self) -> None:
        self.redraw()
        self.post_message(ViewChanged())

    watch_cursor = watch_paints_test = watch_tested = watch_style_of_region = _ask_and_redraw

    def watch_mode(self) -> None:
        self._ask_and_redraw()
        self.post_message(KeysChanged())

    # -- what it draws

    def title(self) -> str:
        room = self.size.width
        if self.mode is Mode.PAINT:
            return paint_title(room, test=self.paints_test)
        return ask_title(room) if self.mode is Mode.ASK else super().title()

    def figures(self, look: Look) -> Figures:
        snapshot, points = self.snapshot, self.points
        if snapshot is None:
            return []
        train, tested = snapshot.train, snapshot.test_predictions
        figures = [[(quality(train, look.glyphs).strip(), look.palette.strong)]]
        if points is not None:
            predicted, count = snapshot.train_predictions, points.train_count
            words = mistakes(training_side(points), predicted, train, count)
            figures.append([(f"  {words}", look.palette.faint)])
            if tested is not None:
                count = points.test_count
                words = mistakes(held_out_side(points), tested, snapshot.test, count)
                figures.append(
                    [("  ", look.palette.faint), (f"test {words}", look.palette.underlined)]
                )
        if train.rmse is not None:
            figures.append([(f"  rmse {figure(train.rmse, 6).strip()}", look.palette.text)])
        return figures

    def foot(self, look: Look) -> Figures:
        room = self.inside[1] - FOOT_MARGIN
        if self.points is None or self.mode is Mode.LOOK:
            return self._foot_of_region(room, look) or super().foot(look)
        if self.mode is Mode.ASK:
            return ask_foot(room, look.palette)
        return paint_foot(self.points, room, *look, test=self.paints_test)

    def _foot_of_region(self, room: int, look: Look) -> Figures:
        if self.points is None or self.style_of_region is not RegionStyle.CONTOURS:
            return []
        words = contour_words(len(self.learnt.classes), self.points.value_range, room)
        return [[(words, look.palette.faint)]] if words else []

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        snapshot, points = self.snapshot, self.points
        if snapshot is None or points is None:
            return Picture.blank(rows, columns, look.palette.base)
        tested = snapshot.test_predictions
        picture = draw_predicted(
            training_side(points),
            snapshot.train_predictions,
            snapshot.field,
            rows,
            columns,
            *look,
            style=self.style_of_region,
            more=[] if tested is None else [(underlined(held_out_side(points)), tested)],
        )
        if self.mode is not Mode.LOOK:
            self._draw_mode(picture, points, look)
        return picture

    def _draw_mode(self, picture: Picture, points: DataPoints, look: Look) -> None:
        """The cursor, and what was asked for."""
        sample = None if self.snapshot is None else self.snapshot.sample
        if self.mode is Mode.ASK and sample is not None:
            draw_found(picture, (sample.across, sample.up), points.bounds, look.palette)
        draw_cursor(picture, self.cursor, look.palette)
        if self.mode is Mode.ASK and sample is not None:
            draw_sample(picture, sample, points, *look, above=self.cursor.down > 0.5)
