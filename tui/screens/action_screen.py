"""A screen whose keys are a table of actions."""

from collections.abc import Iterable
from typing import ClassVar

from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen, ScreenResultType
from textual.timer import Timer
from textual.widget import Widget

from engine.messages.commands import Command
from tui import messages
from tui.charts.bars import Key
from tui.drawing.look import Look
from tui.screens.action import Action, Call, Post
from tui.screens.key_context import KeyContext
from tui.screens.key_line import LineItem, line_items
from tui.screens.key_names import SHORT, SHORT_ASCII
from tui.widgets.lines import KeyLine

QUESTION_SECONDS = 5.0
"""How long a question stands; without an answer, nothing is done."""


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
            tooltip=action.says(KeyContext()),
        )
        for action in actions
    ]


class ActionScreen(Screen[ScreenResultType]):
    """Performs the actions that can act in its context, and names them on its key line."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    _asked: Action | None = None
    """The action that waits for its key to be pressed again."""
    _question_timer: Timer | None = None
    question: str = ""
    """What is asked now."""
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
    def contexts(self) -> list[KeyContext]:
        """Those that it can come to be in: what cannot act in any of them is not explained."""
        return [self.context]

    @property
    def drawn_in(self) -> Look | None:
        """The colours and characters of the screen."""
        return None

    def help_text(self) -> str | None:
        """Markdown that explains the screen as it is now; HELP unless a subclass has more to say."""
        return self.HELP

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
        """Perform the action with this id. If that asks before, it is done at the second time."""
        action, asked = self._action(action_id), self._asked
        self.take_question_back()
        if action is None:
            return
        if action is not asked and (question := action.question(self.context)):
            self._ask(action, question)
            return
        match action.effect(self.context):
            case Command() as command:
                self.steer(command)
            case Post(message, arguments):
                self.post_message(getattr(messages, message)(*arguments))
            case Call(method, arguments):
                getattr(self.owner_of(method), f"action_{method}")(*arguments)

    def _ask(self, action: Action, question: str) -> None:
        self._asked = action
        self._question_timer = self.set_timer(QUESTION_SECONDS, self.take_question_back)
        self._show_question(question)

    def take_question_back(self) -> None:
        """Ask no more, and do nothing."""
        if self._asked is None:
            return
        self._asked = None
        if self._question_timer is not None:
            self._question_timer.stop()
        self._show_question("")

    def _show_question(self, question: str) -> None:
        self.question = question
        for line in self.query(KeyLine):
            line.question = question

    def take_key(self, key: str) -> None:
        """Before any key does what it does: one that is no answer takes a question back."""
        if self._asked is not None and key not in self._asked.keys.split(","):
            self.take_question_back()

    def on_screen_suspend(self) -> None:
        self.take_question_back()

    def tooltip_of(self, action_id: str | None) -> str | None:
        """What the action with this id does now, in a line; None if there is none."""
        action = None if action_id is None else self._action(action_id)
        return None if action is None else action.says(self.context)

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
        if not action.when(now) or (now.too_small and not action.when_small):
            return False
        effect = action.effect(now)
        return not isinstance(effect, Call) or self.owner_of(effect.method) is not None

    def explained(self) -> list[Action]:
        """The actions that can act here, now or later."""
        contexts = self.contexts
        return [one for one in self.ACTIONS if any(self._can_act(one, now) for now in contexts)]

    # -- the key line

    def show_keys(self) -> None:
        """Name the keys that act now, here and in the palette."""
        self.refresh_bindings()
        items = self.key_items()
        # where the app is closing, there is no key line any more
        for line in self.query(KeyLine):
            line.keys = tuple(
                Key(item.keys, item.label, textual_action(item.action)) for item in items
            )

    def key_items(self) -> list[LineItem]:
        """The keys that act now, in order."""
        now, look = self.context, self.drawn_in
        return line_items(
            [action for action in self.ACTIONS if self._can_act(action, now)],
            now,
            bound=self._keys_of_focused(),
            names=SHORT_ASCII if look is not None and look.glyphs.ascii_only else SHORT,
        )

    def _keys_of_focused(self) -> set[str]:
        """The keys that the focused widget uses itself now."""
        focused = self.focused
        bindings = [] if focused is None else type(focused).BINDINGS
        acting = [b for b in bindings if isinstance(b, Binding) and _acts(b, focused)]
        return {key for binding in acting for key in binding.key.split(",")}


def _acts(binding: Binding, widget: Widget | None) -> bool:
    """Whether a key of `widget` acts now, and is not left to the screen."""
    _, name, parameters = parse(binding.action)
    return widget is not None and bool(widget.check_action(name, parameters))
