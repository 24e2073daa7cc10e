"""The loss chart's pane."""

from functools import partial
from typing import ClassVar

import msgspec
from textual.binding import BindingType
from textual.events import MouseDown, MouseMove, MouseUp
from textual.reactive import reactive

from engine.messages.snapshot import Ghost, Snapshot
from engine.messages.view import View
from tui.charts.facts import loss_name
from tui.charts.loss.axes import StepScale
from tui.charts.loss.chart import LossChart, chart_of_snapshot
from tui.charts.loss.draw import draw_loss, legend
from tui.charts.loss.reading import reading_words
from tui.drawing.frame import Figures, width_of
from tui.drawing.look import Look
from tui.drawing.number_format import figure, fixed, rough
from tui.drawing.picture import Picture
from tui.widgets.pane import FOOT_MARGIN, FRAME, TITLE_MARGIN, Pane
from tui.widgets.pane_keys import pane_key

POINTS_PER_COLUMN = 2
"""A braille cell is two dots wide."""

FAR = 10
"""Columns that the crosshair goes at once with shift."""

_key = partial(pane_key, "loss")

LOSS_KEYS: list[BindingType] = [
    _key(
        "left", "look(-1)", "earlier", "Look at an earlier step; with shift, at a much earlier one"
    ),
    _key("right", "look(1)", "later", "Look at a later step; with shift, at a much later one"),
    _key("shift+left", f"look(-{FAR})", "much earlier"),
    _key("shift+right", f"look({FAR})", "much later"),
    _key("home", "look_at_first", "first", "Look at the first step"),
    _key("end", "look_at_last", "present", "Look at the present step"),
    _key("escape", "look_away", "look away", "Look at no step"),
    _key("backspace", "clear_ghost", "clear", "Clear the faint curve of the course before"),
]


class LossPane(Pane):
    """Train and test loss of all steps so far."""

    NAME = "loss"
    TITLE = SHORT_TITLE = "Loss"
    HELP: ClassVar[str] = """\
### Loss

How wrong the network is on average, over the steps{name}. The training loss is a line of every step, or
with batches of the mean over an epoch or more. The test loss, on points that the network never learns
from, is a point wherever it was measured, at every fiftieth step, more often at first, and now. Where
both lie in one cell, the test loss stands on a tint of the training loss, or where characters tell them
apart, there is a `#`. When the test loss turns up while the training loss still falls, the network learns
the training points by heart.

`left` and `right` move a line through the chart, and so does the mouse: the lower edge tells what was at
that step. A dotted line marks where alpha was changed; where a schedule changes it, bars under the chart
show its height. The faint curve is the training loss of the course before, until `backspace` clears it.
`l` changes between a logarithmic and a linear scale.
"""
    BINDINGS = LOSS_KEYS

    logarithmic: reactive[bool] = reactive(True, repaint=False)
    """Whether the losses are drawn on a logarithmic scale."""

    crosshair: reactive[int | None] = reactive(None, repaint=False)
    """The step that a person looks at."""

    def __init__(self) -> None:
        super().__init__()
        self._ghost: Ghost | None = None
        self._ghost_number = 0
        self._scale: StepScale | None = None
        self._drags = False

    def help_text(self) -> str:
        """With the name of the loss."""
        snapshot = self.snapshot
        name = "" if snapshot is None else f": {loss_name(snapshot.config, snapshot.task)}"
        return self.HELP.format(name=name)

    def asks_for(self, view: View) -> View:
        """With as many points of the curves as its width can show, and the course before unless it is
        known.
        """
        return msgspec.structs.replace(
            view,
            series_points=self.inside[1] * POINTS_PER_COLUMN,
            known_ghost=self._ghost_number,
        )

    # -- what is told of the run

    def validate_snapshot(self, snapshot: Snapshot | None) -> Snapshot | None:
        """Take up what only some snapshots bring, before any is drawn."""
        if snapshot is None:
            return None
        if snapshot.ghost is not None or not snapshot.ghost_number:
            self._ghost, self._ghost_number = snapshot.ghost, snapshot.ghost_number
        if self.snapshot is not None and self.snapshot.run != snapshot.run:
            self.set_reactive(LossPane.crosshair, None)
        elif self.crosshair is not None:  # the run may have gone back
            self.set_reactive(LossPane.crosshair, min(self.crosshair, snapshot.step))
        return snapshot

    @property
    def chart(self) -> LossChart | None:
        """What it draws; None before anything is known."""
        if self.snapshot is None:
            return None
        return chart_of_snapshot(
            self.snapshot,
            logarithmic=self.logarithmic,
            ghost=self._ghost,
            crosshair=self.crosshair,
        )

    # -- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing to do for leaves its key to the screen."""
        if action == "look_away":
            return self.crosshair is not None
        if action == "clear_ghost":
            return self._ghost is not None
        return super().check_action(action, parameters)

    def action_toggle_log(self) -> None:
        """Change between the logarithmic and the linear scale."""
        self.logarithmic = not self.logarithmic

    def action_look(self, columns: int) -> None:
        """Move the crosshair by so many columns, by one step at least; from outside, it comes in at the
        near end.
        """
        scale, snapshot = self._scale, self.snapshot
        if scale is None or snapshot is None:
            return
        if self.crosshair is None:
            self.crosshair = 0 if columns > 0 else snapshot.step
            return
        there = scale.step_at(scale.column_of(self.crosshair) + columns)
        if columns > 0:
            self._look_at(max(there, self.crosshair + 1))
        else:
            self._look_at(min(there, self.crosshair - 1))

    def action_look_at_first(self) -> None:
        """Put the crosshair at the first step."""
        self._look_at(0)

    def action_look_at_last(self) -> None:
        """Put the crosshair at the present step."""
        if self.snapshot is not None:
            self._look_at(self.snapshot.step)

    def action_look_away(self) -> None:
        """Hide the crosshair."""
        self.crosshair = None

    def action_clear_ghost(self) -> None:
        """Draw the course before no more."""
        self._ghost = None
        self.redraw()

    def _look_at(self, step: int) -> None:
        if self.snapshot is not None:
            self.crosshair = min(max(step, 0), self.snapshot.step)

    def watch_logarithmic(self) -> None:
        self.redraw()

    def watch_crosshair(self) -> None:
        self.redraw()

    # -- the mouse

    def on_mouse_down(self, event: MouseDown) -> None:
        super().on_mouse_down(event)
        scale = self._scale
        if scale is not None and scale.left <= event.x - 1 < scale.right:
            self._drags = True
            self.capture_mouse()
            self._look_at(scale.step_at(event.x - 1))

    def on_mouse_move(self, event: MouseMove) -> None:
        if self._drags and self._scale is not None:
            self._look_at(self._scale.step_at(event.x - 1))

    def on_mouse_up(self, _: MouseUp) -> None:
        if self._drags:
            self._drags = False
            self.release_mouse()

    # -- drawing

    def figures(self, look: Look) -> Figures:
        if self.snapshot is None:
            return []
        palette, marks = look.palette, legend(look.palette, look.glyphs)
        train, test = (
            self._number(loss) for loss in (self.snapshot.train_loss, self.snapshot.test_loss)
        )
        losses: Figures = [
            [(f"{marks.train}train ", palette.accent), (train, palette.strong)],
            [(f"   {marks.test}test ", palette.test), (test, palette.strong)],
        ]
        scale: Figures = [[("   log" if self.logarithmic else "   linear", palette.faint)]]
        if marks.both:
            scale.insert(0, [(f"   {marks.both}both", palette.faint)])
        before: Figures = [[(f"{words}   ", palette.faint)] for words in self._before(look)]
        short: Figures = [
            [(f"{marks.train}{train}", palette.accent)],
            [(f"  {marks.test}{test}", palette.test)],
        ]
        # what comes and goes stands on the left, where it moves nothing else
        forms = ([*before, *losses, *scale], [*losses, *scale], losses)
        room = self.size.width - len(self.title()) - TITLE_MARGIN - FRAME
        return next((form for form in forms if width_of(form) <= room), short)

    def _before(self, look: Look) -> list[str]:
        """What the faint curve is, in words; empty where there is none."""
        if self._ghost is None:
            return []
        mark = legend(look.palette, look.glyphs).ghost
        return [f"{mark}before: alpha {rough(self._ghost.alpha)}"]

    def foot(self, look: Look) -> Figures:
        chart, palette = self.chart, look.palette
        if chart is None:
            return []
        if chart.crosshair is not None:
            room = self.inside[1] - FOOT_MARGIN
            marks = legend(palette, look.glyphs)
            return reading_words(chart, chart.crosshair, room, self._number, palette, marks)
        told = "".join(text for words in self.figures(look) for text, _ in words)
        return [[(words, palette.faint)] for words in self._before(look) if words not in told]

    def _number(self, loss: float) -> str:
        """A loss in six columns; that of values may be of any size."""
        of_values = self.snapshot is not None and self.snapshot.task.is_regression
        return figure(loss, 6) if of_values else fixed(loss, 6, 4)

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        chart = self.chart
        if chart is None:
            return Picture.blank(rows, columns, look.palette.base)
        drawn = draw_loss(chart, rows, columns, *look)
        self._scale = drawn.scale
        return drawn.picture
