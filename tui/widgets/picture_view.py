"""The base of everything on the dashboard: shows a picture, and repaints only what changed of it."""

from typing import ClassVar

from textual.geometry import NULL_REGION, Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from engine.messages.snapshot import Snapshot
from tui.drawing.look import Look
from tui.drawing.picture import Picture


class PictureView(Widget):
    """Draws again when its snapshot, its look or its size changes; subclasses say what."""

    ALLOW_SELECT = False
    GOES_FIRST: ClassVar[bool] = False
    """Whether a person behind a slow line is to see it before all else."""

    DEFAULT_CSS = """
    PictureView { padding: 0; border: none; }
    """

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False, always_update=True)
    """What to draw; None until the run has begun."""

    look: reactive[Look | None] = reactive(None, repaint=False)
    """How it is drawn."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id, classes=classes)
        self._picture = Picture.blank(0, 0)

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        """The picture in that size, at least one cell; blank unless a subclass draws something."""
        return Picture.blank(rows, columns, look.palette.base)

    @property
    def picture_region(self) -> Region:
        """What of it may come later than all else, on the screen; empty if nothing may."""
        return NULL_REGION

    def redraw(self) -> None:
        """Draw, and have Textual repaint the cells that differ."""
        if self.look is None or not self.size.area or not self.display:
            return
        picture, old = self.draw(self.size.height, self.size.width, self.look), self._picture
        self._picture = picture
        if picture.chars.shape != old.chars.shape:
            self.refresh()
            return
        # one span a row: Textual writes each from the left edge on, and the driver sends what differs
        changes = picture.changes_from(old, join=picture.columns)
        if changes:
            self.refresh(*(Region(s.start, s.row, s.stop - s.start, 1) for s in changes))

    def render_line(self, y: int) -> Strip:
        """One row of the picture, as Textual asks for it."""
        width = self.size.width
        if y >= self._picture.rows:
            return Strip.blank(width, self.rich_style)
        strip = Strip(self._picture.segments(y), self._picture.columns)
        if width == self._picture.columns:
            return strip
        # a style costs more than all else here, and is needed only until the new size is drawn for
        return strip.adjust_cell_length(width, self.rich_style)

    def watch_snapshot(self) -> None:
        self.redraw()

    def watch_look(self) -> None:
        self.redraw()

    def on_resize(self) -> None:
        self.redraw()

    def on_show(self) -> None:
        # nothing was drawn while it was hidden
        self.redraw()
