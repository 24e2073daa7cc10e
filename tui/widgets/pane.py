"""A pane: a framed picture that can be focused and maximized."""

from typing import ClassVar

from textual.events import MouseDown
from textual.geometry import Region

from engine.messages.view import View
from tui.drawing.frame import Figures, draw_frame
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.messages import ViewChanged
from tui.widgets.picture_view import PictureView

FRAME = 2
"""Rows, and columns, that the frame takes."""

FOOT_MARGIN = 4
"""Columns of the lower edge that its text leaves free."""

TITLE_MARGIN = 4
"""Columns of the upper edge that neither the title nor the figures take."""

NARROW = 34
"""Columns below which the short title is used."""


class Pane(PictureView, can_focus=True):
    """Subclasses draw the inside. They declare what the dashboard has to know of a pane: the data it
    needs, its help, and in BINDINGS the keys that act while it has the focus.
    """

    NAME: ClassVar[str]
    """Its identifier on the dashboard, and its name in the help."""
    TITLE: ClassVar[str]
    SHORT_TITLE: ClassVar[str]
    HELP: ClassVar[str | None] = None
    """Markdown that explains the pane."""
    OPENING_KEYS: ClassVar[frozenset[str]] = frozenset()
    """Those of its own keys that open another screen."""

    def __init__(self) -> None:
        super().__init__(id=self.NAME)

    def asks_for(self, view: View) -> View:
        """`view` with what this pane needs in the next snapshot; unchanged by default."""
        return view

    def title(self) -> str:
        """The title, on the left of the upper edge."""
        return self.SHORT_TITLE if self.size.width < NARROW else self.TITLE

    def figures(self, look: Look) -> Figures:
        """The figures on the right of the upper edge; without room for all, the last are left out."""
        return []

    def foot(self, look: Look) -> Figures:
        """What stands on the lower edge, as far as it fits."""
        return []

    def help_text(self) -> str | None:
        """Markdown that explains the pane as it is now; HELP unless a subclass has more to say."""
        return self.HELP

    def draw_inside(self, rows: int, columns: int, look: Look) -> Picture:
        """The picture inside the frame; blank unless a subclass draws something."""
        return Picture.blank(rows, columns, look.palette.base)

    @property
    def is_in_use(self) -> bool:
        """Whether keys are on their way to something in it, which nothing may cover by itself."""
        return False

    @property
    def takes_every_key(self) -> bool:
        """Whether a text is being typed in it: then no key does what it does elsewhere."""
        return False

    @property
    def inside(self) -> tuple[int, int]:
        """Rows and columns inside the frame."""
        return max(self.size.height - FRAME, 0), max(self.size.width - FRAME, 0)

    @property
    def picture_region(self) -> Region:
        """The inside; the frame has the figures, which are awaited."""
        return self.region.shrink((1, 1, 1, 1))

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        """The inside with its frame."""
        return draw_frame(
            self.draw_inside(max(rows - FRAME, 0), max(columns - FRAME, 0), look),
            self.title(),
            self.figures(look),
            look.palette,
            look.glyphs,
            focused=self.has_focus,
            foot=self.foot(look),
        )

    def on_show(self) -> None:
        super().on_show()
        # while it was hidden, nothing was asked for
        self.post_message(ViewChanged())

    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self.redraw()

    def on_mouse_down(self, event: MouseDown) -> None:
        self.focus()
