"""Textual's names of keys, as people know them."""

from collections.abc import Mapping

PRINTED = {
    "full_stop": ".",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "less_than_sign": "<",
    "comma": ",",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
}
"""As printed on the keyboard; a key that is not listed is called by its own name."""

SHORT = PRINTED | {
    "escape": "esc",
    "backspace": "bksp",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
"""For the key line, where room is scarce."""

SHORT_ASCII = SHORT | {"up": "up", "down": "dn", "left": "left", "right": "right"}
"""The same for terminals without Unicode."""


def displayed(keys: str) -> str:
    """Comma-separated `keys` as they are printed on the keyboard, with spaces between."""
    return " ".join(PRINTED.get(key, key) for key in keys.split(","))


def joined(keys: list[str], names: Mapping[str, str]) -> str:
    """`keys` by their `names` as one word: `<>`, or with words among them `up/down`."""
    shown = [names.get(key, key) for key in keys]
    return ("" if all(len(name) == 1 for name in shown) else "/").join(shown)
