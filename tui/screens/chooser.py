"""Offers a list to choose from, which what is typed narrows down."""

from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import MouseDown, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.charts.choices import Choice, draw_choices
from tui.drawing.look import Look
from tui.drawing.picture import Picture
from tui.drawing.scrolling import first_shown
from tui.screens.choice_search import found
from tui.screens.closes_once import ClosesOnce
from tui.widgets.picture_view import PictureView

Value = TypeVar("Value")

BESIDE_THE_LIST = 3
"""Rows of the box that are not the list: its frame, and what is typed."""

LOW = 20
"""Rows of the terminal below which the box begins at its upper edge."""

PAGE = 8


class ChoiceList(PictureView):
    """The lines; a click takes one."""

    DEFAULT_CSS = """
    ChoiceList { width: 100%; }
    """

    class Clicked(Message):
        """The choice that is selected is taken."""

    choices: reactive[tuple[Choice, ...]] = reactive((), repaint=False)
    """Those that were found."""

    selected: reactive[int] = reactive(0, repaint=False)
    """The place of one of them."""

    def watch_choices(self) -> None:
        self.redraw()

    def watch_selected(self) -> None:
        self.redraw()

    def draw(self, rows: int, columns: int, look: Look) -> Picture:
        return draw_choices(list(self.choices), self.selected, rows, columns, look.palette)

    def on_mouse_down(self, event: MouseDown) -> None:
        place = first_shown(self.selected, self.size.height, len(self.choices)) + event.y
        if place < len(self.choices):
            self.selected = place
            self.post_message(self.Clicked())


class Chooser(ModalScreen[Value | None], ClosesOnce[Value | None], Generic[Value]):
    """Closes with the value of the choice that is taken, or with None."""

    CSS_PATH = "chooser.tcss"
    BINDINGS = [
        Binding("escape,ctrl+p", "cancel", "close", priority=True),
        Binding("down", "move(1)", "next", priority=True),
        Binding("up", "move(-1)", "before", priority=True),
        Binding("pagedown", f"move({PAGE})", "page down", priority=True),
        Binding("pageup", f"move(-{PAGE})", "page up", priority=True),
    ]

    def __init__(self, title: str, offered: list[tuple[Choice, Value]], look: Look) -> None:
        """`offered` are the choices, in order, each with its value."""
        super().__init__()
        self._title = title
        self._offered = offered
        self._look = look
        self._found = list(range(len(offered)))
        self._list = ChoiceList()

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = self._title
            box.border_subtitle = self._said_keys()
            yield Input(placeholder="type a name, key or word", compact=True, max_length=40)
            yield self._list

    def _said_keys(self) -> str:
        arrows = "up/down" if self._look.glyphs.ascii_only else "↑↓"
        return f"{arrows} choose   enter take   esc close"

    def on_mount(self) -> None:
        self.app.clear_notifications()  # no news over the list
        self._list.look = self._look
        self._show()

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.height < LOW, "-low")
        margin = 0 if event.size.height < LOW else 2
        room = event.size.height - BESIDE_THE_LIST - 2 * margin
        self._list.styles.height = max(min(len(self._offered), room), 1)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._found = found(event.value, [choice for choice, _ in self._offered])
        self._show()

    def _show(self) -> None:
        self._list.selected = 0
        self._list.choices = tuple(self._offered[place][0] for place in self._found)

    def on_input_submitted(self) -> None:
        self._take()

    def on_choice_list_clicked(self) -> None:
        self._take()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_move(-1)

    def _take(self) -> None:
        if self._found:
            self.dismiss(self._offered[self._found[self._list.selected]][1])

    def action_move(self, by: int) -> None:
        """Select the choice that comes `by` places later, if there is one."""
        last = max(len(self._found) - 1, 0)
        self._list.selected = min(max(self._list.selected + by, 0), last)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
