"""A screen whose keys are a table of actions."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen, ScreenResultType

from engine.messages.commands import Command
from tui import messages
from tui.charts.bars import Key
from tui.drawing.look import Look
from tui.screens.action import Action, Call, Post
from tui.screens.key_context import KeyContext
from tui.screens.key_line import line_items
from tui.screens.key_names import SHORT, SHORT_ASCII
from tui.widgets.lines import KeyLine


def textual_action(action_id: str) -> str:
    """The action in Textual's notation."""
    return f"perform({action_id!r})"


def bindings_of(actions: Iterable[Action]) -> list[BindingType]:
    """The key bindings of `actions`."""
    return [
        Binding(
            action.keys,
            textual_action(action.id),
            action.label,
            id=action.id,
            tooltip=action.tooltip,
        )
        for action in actions
    ]


class ActionScreen(Screen[ScreenResultType]):
    """Performs the actions that can act in its context, and names them on its key line."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    OPENING: ClassVar[tuple[str, ...]] = ()
    """The methods named by Calls that open another screen, or close this one."""
    CLOSES_TO_STEER: ClassVar[bool] = False
    """Whether a command closes this screen."""

    def __init_subclass__(cls, **options: bool) -> None:
        cls.BINDINGS = bindings_of(cls.ACTIONS)  # before Textual reads them
        super().__init_subclass__(**options)

    @property
    def context(self) -> KeyContext:
        """What decides which actions can act."""
        return KeyContext()

    @property
    def drawn_in(self) -> Look | None:
        """The colours and characters of the screen."""
        return None

    def steer(self, command: Command) -> None:
        """Have `command` carried out by the run; what that means is up to the subclass."""

    # -- performing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual asks this before it performs an action; None greys it out."""
        if action != "perform":
            return super().check_action(action, parameters)
        found = self._action(str(parameters[0]))
        return True if found is not None and self._can_act(found, self.context) else None

    def action_perform(self, action_id: str) -> None:
        """Perform the action with this id."""
        action = self._action(action_id)
        if action is None:
            return
        match action.effect(self.context):
            case Command() as command:
                self.steer(command)
            case Post(message):
                self.post_message(getattr(messages, message)())
            case Call(method, arguments):
                getattr(self.owner_of(method), f"action_{method}")(*arguments)

    def may_change_screen(self, key: str) -> bool:
        """Whether another screen may be on top after that key."""
        bound = [action for action in self.ACTIONS if key in action.keys.split(",")]
        effects = [action.effect(self.context) for action in bound]
        return any(
            isinstance(effect, Post)
            or (isinstance(effect, Command) and self.CLOSES_TO_STEER)
            or (isinstance(effect, Call) and effect.method in self.OPENING)
            for effect in effects
        )

    def owner_of(self, method: str) -> DOMNode | None:
        """What has the method `action_...` that a Call names; None if nothing has."""
        return self if hasattr(self, f"action_{method}") else None

    def _action(self, action_id: str) -> Action | None:
        return next((action for action in self.ACTIONS if action.id == action_id), None)

    def _can_act(self, action: Action, now: KeyContext) -> bool:
        if not action.when(now):
            return False
        effect = action.effect(now)
        return not isinstance(effect, Call) or self.owner_of(effect.method) is not None

    # -- the key line

    def show_keys(self) -> None:
        """Name the keys that act now, here and in the palette."""
        self.refresh_bindings()
        now, look = self.context, self.drawn_in
        items = line_items(
            [action for action in self.ACTIONS if self._can_act(action, now)],
            now,
            bound=self._keys_of_focused(),
            names=SHORT_ASCII if look is not None and look.glyphs.ascii_only else SHORT,
        )
        # where the app is closing, there is no key line any more
        for line in self.query(KeyLine):
            line.keys = tuple(
                Key(item.keys, item.label, textual_action(item.action)) for item in items
            )

    def _keys_of_focused(self) -> set[str]:
        """The keys that the focused widget binds itself."""
        bindings = type(self.focused).BINDINGS if self.focused is not None else []
        return {key for b in bindings if isinstance(b, Binding) for key in b.key.split(",")}
