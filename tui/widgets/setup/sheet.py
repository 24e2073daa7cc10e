"""The set-up sheet: beside the panes, and over none of them, so that the run is seen to react."""

from collections.abc import Callable

from textual.events import Key, MouseDown, MouseScrollDown, MouseScrollUp, Paste
from textual.message import Message
from textual.widget import Widget

from engine.errors import ConfigError
from tui.charts.setup.sheet import Part, hit
from tui.messages import KeysChanged, ViewChanged
from tui.widgets.setup.changing_sheet import ChangingSheet
from tui.widgets.setup.keys import SETUP_KEYS, TYPED_DIGITS, TYPED_PATHS
from tui.widgets.setup.line_edit import LineEdit
from tui.widgets.setup.paths import completed
from tui.widgets.setup.row import Row

OPEN = "-setup"
"""The class that a screen has while the sheet is open."""


def _beginning(row: Row) -> frozenset[str]:
    """The characters that begin to type a value of `row`."""
    if row.text is None:
        return frozenset()
    return TYPED_DIGITS | TYPED_PATHS if row.names_file else TYPED_DIGITS


class SetupSheet(ChangingSheet):
    """Every setting, section by section, with the keys and the mouse."""

    BINDINGS = SETUP_KEYS

    class Closed(Message):
        """The panes have all the room again."""

    class KeyTaken(Message):
        """A key was pressed that goes no further."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, refusal: Callable[[], str], question: Callable[[], str]) -> None:
        super().__init__(refusal, question)
        self._focused_before: Widget | None = None
        self._took_every_key = False

    # -- open and closed

    @property
    def is_open(self) -> bool:
        """Whether it is to be seen."""
        return self.screen.has_class(OPEN)

    @property
    def is_in_use(self) -> bool:
        return self.is_open

    @property
    def takes_every_key(self) -> bool:
        return self._state.edit is not None

    @property
    def _is_seen(self) -> bool:
        """Whether the terminal has room for it, too."""
        return all(node.display for node in self.ancestors_with_self if isinstance(node, Widget))

    def toggle(self) -> None:
        """Open it, give it the focus, or close it."""
        if not self.is_open:
            self._focused_before = self.screen.focused
            self.screen.add_class(OPEN)
            self._state.take(self.snapshot)
            self.screen.set_focus(self, scroll_visible=False)
        elif not self.has_focus:
            self.screen.set_focus(self, scroll_visible=False)
        else:
            self.close()

    def close(self) -> None:
        """Forget what waits, and give the focus back."""
        self._drop()
        self._state.leave_row()
        self.screen.remove_class(OPEN)
        before = self._focused_before
        self.screen.set_focus(before if before is not None and before.display else None)
        self.post_message(self.Closed())

    # -- keys

    async def on_key(self, event: Key) -> None:
        """What it does not use goes on to the screen, and all of it where it cannot be seen."""
        if self._is_seen and await self._takes(event):
            event.stop()
            self.post_message(self.KeyTaken(event.key))
            self.redraw()

    def redraw(self) -> None:
        super().redraw()
        if self.takes_every_key != self._took_every_key:
            self._took_every_key = self.takes_every_key
            self.post_message(KeysChanged())

    async def _takes(self, event: Key) -> bool:
        if self._state.edit is not None:
            return self._type(event)
        row = self._state.row
        if row is not None and event.character in _beginning(row):
            self._begin_typing("")
            return self._type(event)
        bound = self._bindings.key_to_bindings.get(event.key, [])
        return any([await self.app.run_action(one.action, self) for one in bound])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means something in the selected row; else it is the screen's."""
        row = self._state.row
        if action == "clear":
            return row is not None and row.cleared() is not None
        if action == "add":
            return row is not None and row.added() is not None
        return super().check_action(action, parameters)

    def action_row(self, by: int) -> None:
        """Select the row that comes `by` places later."""
        self._leave_row()
        self._state.select(self._state.selected + by)
        self.redraw()

    def action_section(self, by: int) -> None:
        """Show the section that comes `by` places later."""
        self._leave_row()
        self._state.go_to_section(self._state.section + by)
        self.redraw()
        self.post_message(ViewChanged())

    def action_turn(self, by: int) -> None:
        """Take the value that comes `by` places later."""
        row = self._state.row
        self._try(None if row is None else row.turned(by))

    def action_clear(self) -> None:
        """Take none, or remove a layer."""
        row = self._state.row
        self._try(None if row is None else row.cleared())

    def action_add(self) -> None:
        """Add a layer."""
        row = self._state.row
        self._try(None if row is None else row.added())

    def action_enter(self) -> None:
        """Begin anew with what waits for that; else take the choice, or begin to type."""
        row = self._state.row
        if self._state.draft.pending:
            self._begin_anew()
        elif row is not None and (changes := row.entered()) is not None:
            self._try(changes, at_once=row.begins_at_once)
        elif row is not None and row.text is not None:
            self._begin_typing(row.text)
        self.redraw()

    def action_close(self) -> None:
        """Forget what waits, or what was wrong; else close."""
        if self._state.draft.pending or (self._state.problem and not self._state.fixed):
            self._drop()
            self._state.leave_row()
            self.redraw()
        else:
            self.close()

    # -- typing

    def _begin_typing(self, text: str) -> None:
        self._state.problem = self._refusal()
        if not self._state.problem:
            self._state.edit = LineEdit.of(text, replaces=bool(text))

    def _type(self, event: Key) -> bool:
        """Whether the key belongs to what is being typed; all do but those of the program."""
        edit, row = self._state.edit, self._state.row
        if edit is None or row is None:
            return True
        self._state.problem = ""
        if event.key == "escape":
            self._state.leave_row()
        elif event.key == "enter":
            self._take_typed(edit.text)
        elif event.key == "tab":
            self._state.edit = LineEdit.of(completed(edit.text)) if row.names_file else edit
        elif event.is_printable and event.character is not None:
            self._state.edit = edit.typed(event.character)
        else:
            self._state.edit = edit.after_key(event.key) or edit
        return True

    def _take_typed(self, text: str) -> None:
        row = self._state.row
        if row is None:
            return
        try:
            changes = row.read(text)
        except ConfigError as error:
            self._state.problem = str(error)
            return
        edit = self._state.edit
        self._state.end_typing()
        self._try(changes, at_once=True)
        if self._state.problem:
            self._state.edit = edit

    def on_paste(self, event: Paste) -> None:
        """A pasted text is taken only where something is being typed, or can be the path of a file."""
        event.stop()
        row = self._state.row
        if self._state.edit is None and row is not None and row.names_file:
            self._begin_typing("")  # a file was dropped, or its path is in the clipboard
        edit = self._state.edit
        if edit is not None:
            line = "".join(char for char in event.text.strip() if char.isprintable())
            self._state.edit = edit.typed(line)
            self.redraw()

    # -- the mouse

    def on_mouse_down(self, event: MouseDown) -> None:
        """Select a row, and change it where its control was met."""
        super().on_mouse_down(event)
        rows, columns = self.inside
        row, column = event.y - 1, event.x - 1
        if (name := self._thumbnail_at(row, column)) is not None:
            self._choose_data(name)
            self.redraw()
            return
        found = hit(self._sheet, rows, columns, row, column, self._extra_rows)
        if found.section is not None:
            self.action_section(found.section - self._state.section)
        elif found.row is not None:
            was_selected = found.row == self._state.selected
            if not was_selected:
                self.action_row(found.row - self._state.selected)
            self._click(found.part, again=was_selected)
        self.redraw()

    def _click(self, part: Part, *, again: bool) -> None:
        if part in (Part.BEFORE, Part.AFTER):
            self.action_turn(-1 if part is Part.BEFORE else 1)
        elif part is Part.BESIDE or again:
            self.action_enter()

    def _choose_data(self, name: str) -> None:
        """Take the data set of that name."""
        place = next(n for n, one in enumerate(self._state.rows) if one.names_file)
        self.action_row(place - self._state.selected)
        self._try({self._state.rows[place].key: name})

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self.action_row(1)
        self.redraw()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self.action_row(-1)
        self.redraw()
