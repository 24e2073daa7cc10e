"""A screen of panes: which of them are seen, which has the focus, and which one a key acts on."""

from typing import ClassVar

from textual.css.query import QueryType
from textual.dom import DOMNode
from textual.events import DescendantFocus
from textual.widget import Widget

from tui.messages import ValueWanted
from tui.screens.action import Call
from tui.screens.action_screen import ActionScreen
from tui.screens.key_line import LineItem
from tui.screens.value_prompt import ValuePrompt
from tui.widgets.pane import Pane
from tui.widgets.panes import Panes

PaneRows = tuple[tuple[type[Pane], ...], ...]


class PaneScreen(ActionScreen[None]):
    """What a subclass lists as its panes, it shows as far as there is room."""

    AUTO_FOCUS = "Pane"
    PANES: ClassVar[PaneRows] = ()

    def __init__(self) -> None:
        super().__init__()
        self.worked_with: Pane | None = None
        """The pane that a person last looked for, or changed."""

    def uncover(self) -> None:
        """Take away what covers all panes; a subclass does."""

    def tell_view(self) -> None:
        """Say what the panes that are seen now need; a subclass does."""

    @property
    def panes(self) -> Panes:
        """All panes."""
        return self.query_one(Panes)

    @property
    def is_maximized(self) -> bool:
        """Whether one pane has all the room."""
        return bool(self.query(Panes)) and self.panes.maximized is not None

    @property
    def is_in_use(self) -> bool:
        """Whether a person is in the middle of something, which nothing may cover by itself."""
        return any(pane.is_in_use for pane in self.query(Pane))

    def owner_of(self, method: str) -> DOMNode | None:
        """What has the method: the screen itself, or else the first pane that does."""
        panes = (pane for row in self.PANES for pane in row if hasattr(pane, f"action_{method}"))
        pane = next(panes, None)
        return super().owner_of(method) or (None if pane is None else self.query_one(pane))

    def action_perform(self, action_id: str) -> None:
        """Perform the action with this id; the pane that does it is shown."""
        action = self._action(action_id)
        effect = None if action is None else action.effect(self.context)
        owner = self.owner_of(effect.method) if isinstance(effect, Call) else None
        if isinstance(owner, Pane):
            self.uncover()
            self.worked_with = owner
            self.show_pane(owner)
        super().action_perform(action_id)

    def may_change_screen(self, key: str) -> bool:
        focused = self.focused
        opens = isinstance(focused, Pane) and key in focused.OPENING_KEYS
        return opens or super().may_change_screen(key)

    def key_items(self) -> list[LineItem]:
        """The keys that act now; none while a text is being typed."""
        focused = self.focused
        types = isinstance(focused, Pane) and focused.takes_every_key
        return [] if types else super().key_items()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, Pane):
            self.worked_with = event.widget
        self.show_keys()

    def on_value_wanted(self, wanted: ValueWanted) -> None:
        """Ask for it, and have the run told."""

        def check(value: float) -> None:
            wanted.command(value).check()

        def take(value: float | None) -> None:
            if value is not None:
                self.steer(wanted.command(value))

        self.app.push_screen(ValuePrompt(wanted.title, wanted.value, check), take)

    def on_keys_changed(self) -> None:
        self.show_keys()

    # -- which panes are seen

    def show_pane(self, pane: Pane) -> None:
        """Bring `pane` into a place where it is seen."""
        self.panes.call_for(pane)
        self._panes_changed()

    def action_toggle_maximized(self) -> None:
        """Give the focused pane all the room, or take it back."""
        if self.is_maximized:
            self.action_restore()
        elif isinstance(self.focused, Pane) and self.panes.holds(self.focused):
            self.panes.maximize(self.focused)
            self._panes_changed()

    def action_restore(self) -> None:
        """Show all panes again."""
        self.panes.restore()
        self._panes_changed()

    def _panes_changed(self) -> None:
        self.show_keys()
        self.call_after_refresh(self.tell_view)

    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """To the pane behind the focused one, which is shown if it was not seen."""
        return self._focus_pane(self.panes.after(self.focused, 1))

    def focus_previous(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """To the pane before."""
        return self._focus_pane(self.panes.after(self.focused, -1))

    def _focus_pane(self, pane: Pane | None) -> Widget | None:
        if pane is not None:
            self.show_pane(pane)
            pane.focus()
        return pane
