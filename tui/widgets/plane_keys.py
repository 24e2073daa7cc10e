"""The keys of the picture of the plane while a point is asked about, or points are painted."""

from functools import partial

from textual.binding import BindingType

from tui.widgets.pane_keys import pane_key

FAST = 5
"""Cells that the cursor goes at once with shift, or with the capital letter."""

_WAYS = {"up": (-1, 0, "K"), "down": (1, 0, "J"), "left": (0, -1, "H"), "right": (0, 1, "L")}
"""By the arrow: rows and columns that it goes, and the letter that does the same faster."""


_key = partial(pane_key, "predicted")


def _moves(times: int) -> list[BindingType]:
    """So many cells at once; the first of the four stands for all."""
    word = "fast " if times > 1 else ""
    told = (
        f"Painting or asking: {times} cells at once, as with shift"
        if times > 1
        else "Painting or asking: move"
    )
    display = "H J K L" if times > 1 else "arrows"
    bindings: list[BindingType] = []
    for arrow, (down, right, letter) in _WAYS.items():
        keys = f"shift+{arrow},ctrl+{arrow},{letter}" if times > 1 else arrow
        action = f"move_cursor({times * down}, {times * right})"
        bindings.append(_key(keys, action, f"{word}{arrow}", told, display=display))
        told = display = ""
    return bindings


def _digits() -> list[BindingType]:
    told = "Painting: add a point of that class, or a low to high value"
    first = _key("0", "add_point(0)", "add 0", told, display="0-9")
    return [first, *(_key(f"{n}", f"add_point({n})", f"add {n}") for n in range(1, 10))]


PLANE_KEYS: list[BindingType] = [
    *_moves(1),
    *_moves(FAST),
    *_digits(),
    _key("enter", "type_value", "value", "Painting values: type that of the point to be added"),
    _key("x", "remove_point", "remove", "Painting: remove the nearest point"),
    _key("t", "turn_side", "side", "Painting: the test points, or the training points again"),
    _key("escape", "end_mode", "end", "Painting or asking: end it"),
]
