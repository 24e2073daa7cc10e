"""The single lines around the panes: header, status and keys."""

from textual.events import MouseDown
from textual.reactive import reactive

from tui.charts.bars import Key, draw_header, draw_keys, draw_question, draw_status
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.widgets.picture_view import PictureView


class Header(PictureView):
    """What is trained."""

    GOES_FIRST = True

    stats: reactive[str] = reactive("", repaint=False)
    """What drawing costs; empty if it is not to be shown."""

    line_notice: reactive[str] = reactive("", repaint=False)
    """What is wrong with the line to the terminal, in a few words; empty if nothing is."""

    def __init__(self, role: str = "") -> None:
        """`role` says what this dashboard is, such as `watching`; empty for the usual one."""
        super().__init__()
        self._role = role

    def watch_stats(self) -> None:
        self.redraw()

    def watch_line_notice(self) -> None:
        self.redraw()

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        return draw_header(
            self.snapshot, columns, look.palette, self.stats, self._role, self.line_notice
        )


class StatusLine(PictureView):
    """Where the run stands."""

    GOES_FIRST = True

    notice: reactive[str] = reactive("", repaint=False)
    """What is wrong with the run, in place of the progress bar; empty if nothing is."""

    def watch_notice(self) -> None:
        self.redraw()

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        return draw_status(self.snapshot, self.notice, columns, *look)


class KeyLine(PictureView):
    """The keys that act now; a click on one performs its action. A question takes their place."""

    keys: reactive[tuple[Key, ...]] = reactive((), repaint=False)
    """In order; where they do not all fit, those at the end are left out, except the last two."""

    question: reactive[str] = reactive("", repaint=False)
    """What is asked before a key does what it does; empty if nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, str]] = []

    def watch_keys(self) -> None:
        self.redraw()

    def watch_question(self) -> None:
        self.redraw()

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        if self.question:
            self._places = []
            return draw_question(self.question, columns, look.palette)
        picture, self._places = draw_keys(list(self.keys), columns, look.palette)
        return picture

    async def on_mouse_down(self, event: MouseDown) -> None:
        for start, end, action in self._places:
            if start <= event.x < end:
                await self.screen.run_action(action)
