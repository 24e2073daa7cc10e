"""The set-up sheet as it is drawn, with thumbnails of the data sets where there is room."""

from collections.abc import Callable
from typing import ClassVar

import msgspec

from engine.messages.view import View
from tui.charts.setup.sheet import AIRY, draw_sheet, help_is_cut, layout, rows_shown
from tui.charts.setup.thumbnails import Grid
from tui.drawing.frame import Figures
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.widgets.pane import Pane
from tui.widgets.setup.state import SetupState
from tui.widgets.setup.thumbnails import Thumbnails


class SheetView(Pane):
    """Shows the settings of one section, and asks for the thumbnails that it draws."""

    NAME = "setup"
    TITLE = SHORT_TITLE = "Set-up"
    HELP: ClassVar[str] = """\
### Set-up

Every setting of the run, to try something else with: what `live` stands behind changes while the run goes
on, `anew` begins it anew, which `u` takes back. Below stands what the setting does to learning, and what
a change of it does to the run, before it is made.

Arrow keys move and change, a digit or `enter` begins to type, `tab` completes the path of a file and
otherwise goes to the next section. A value stands out if it is not the one that comes by itself.
"""

    def __init__(self, refusal: Callable[[], str]) -> None:
        """`refusal` says why nothing can be changed; empty if it can."""
        super().__init__()
        self._refusal = refusal
        self._state = SetupState()
        self._thumbnails = Thumbnails()
        self._sheet = self._state.picture()
        """What was drawn last."""

    def asks_for(self, view: View) -> View:
        """With the data set whose thumbnail is not known yet."""
        if not self.display or self._grid(*self.inside) is None:
            return view
        return msgspec.structs.replace(view, data_set=self._thumbnails.wanted)

    def watch_snapshot(self) -> None:
        news = False
        if self.snapshot is not None:
            news = self._thumbnails.take(self.snapshot.data_set)
        if self.display:
            self._state.take(self.snapshot)
            if news or self._state.picture() != self._sheet:
                self.redraw()

    def help_text(self) -> str:
        """With all that there is to say of the selected row before, while it is to be seen."""
        row = self._state.row if self.display else None
        return self.HELP if row is None else f"### {row.drawn().name}\n\n{row.help}\n\n{self.HELP}"

    def redraw(self) -> None:
        self._state.fixed = self._refusal()
        self._sheet = self._state.picture()
        super().redraw()

    def figures(self, look: Look) -> Figures:
        return [[("read only", look.palette.faint)]] if self._refusal() else []

    def foot(self, look: Look) -> Figures:
        state, pen = self._state, look.palette.faint
        if self.screen.focused is not self:
            words = ["c go here"]
        elif state.edit is not None:
            completes = state.row is not None and state.row.names_file
            words = ["enter take", *(["tab completes"] if completes else []), "esc leave it"]
        elif state.draft.pending:
            words = ["enter begin anew", "esc leave it"]
        else:
            enter = "" if state.row is None or state.fixed else state.row.enter_word
            shown = rows_shown(self._sheet, self.inside[0], self._extra_rows)
            more = "? more" if help_is_cut(self._sheet, *self.inside) else ""
            words = [shown, f"enter {enter}" if enter else "", more, "esc close", "tab section"]
            words = [word for word in words if word]
        return [[(f"{'  ' if place else ''}{word}", pen)] for place, word in enumerate(words)]

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        grid = self._grid(rows, columns)
        extra = None
        if grid is not None:
            data = str(self._state.draft.values.get("data", ""))
            extra = self._thumbnails.draw(data, grid, columns, look)
        return draw_sheet(self._sheet, rows, columns, *look, extra)

    def _grid(self, rows: int, columns: int) -> Grid | None:
        """How the thumbnails are laid out; None where there are none to be seen."""
        if not any(row.names_file for row in self._state.rows) or rows < AIRY:
            return None
        places = layout(self._sheet, rows, extra=rows)
        return self._thumbnails.grid(places.foot_top - 1 - places.extra_top, columns)

    @property
    def _extra_rows(self) -> int:
        grid = self._grid(*self.inside)
        return 0 if grid is None else grid.height

    def _thumbnail_at(self, row: int, column: int) -> str | None:
        """The data set whose thumbnail is in that place inside the frame."""
        rows, columns = self.inside
        grid = self._grid(rows, columns)
        if grid is None:
            return None
        top = layout(self._sheet, rows, grid.height).extra_top
        return self._thumbnails.name_at(grid, row - top, column) if row >= top else None
