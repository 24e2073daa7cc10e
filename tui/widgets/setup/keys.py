"""The keys of the set-up sheet. They act while it has the focus, and nothing is being typed."""

from functools import partial

from textual.binding import BindingType

from tui.widgets.pane_keys import pane_key

PAGE = 8

TYPED_DIGITS = frozenset("0123456789")
"""Characters that begin to type a value."""

TYPED_PATHS = frozenset("/~")
"""Those that begin to type the path of a file, besides."""


_key = partial(pane_key, "setup")

SETUP_KEYS: list[BindingType] = [
    _key("up", "row(-1)", "up", "The setting above"),
    _key("down", "row(1)", "down", "The setting below"),
    _key("left", "turn(-1)", "left", "Less, or the value before"),
    _key("right", "turn(1)", "right", "More, or the next value"),
    _key("enter", "enter", "enter", "Type a value, take a choice, or begin anew with it at once"),
    _key("backspace", "clear", "clear", "None of it, or without that layer"),
    _key("delete", "clear", "clear"),
    _key("plus", "add", "add", "One more layer"),
    _key("tab,right_square_bracket", "section(1)", "next", "The next section"),
    _key("shift+tab,left_square_bracket", "section(-1)", "before", "The section before"),
    _key("home,pageup", f"row(-{PAGE})", "page up", "Several settings up"),
    _key("end,pagedown", f"row({PAGE})", "page down", "Several settings down"),
    _key("escape", "close", "close", "Leave it as it is, or close the set-up"),
]
