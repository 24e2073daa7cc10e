"""A line of text that is being typed."""

from dataclasses import dataclass

MOST_CHARACTERS = 512


@dataclass(frozen=True, slots=True)
class LineEdit:
    """The text and the place of its cursor; every change makes another one."""

    text: str
    cursor: int
    replaces: bool = False
    """Whether all text is selected: what is typed takes its place, and arrow keys keep it."""

    @classmethod
    def of(cls, text: str, *, replaces: bool = False) -> "LineEdit":
        """`text` with the cursor behind it."""
        return cls(text, len(text), replaces)

    def typed(self, characters: str) -> "LineEdit":
        """With further characters at the cursor."""
        before = "" if self.replaces else self.text[: self.cursor]
        after = "" if self.replaces else self.text[self.cursor :]
        characters = characters[: MOST_CHARACTERS - len(before) - len(after)]
        return LineEdit(before + characters + after, len(before) + len(characters))

    def after_key(self, key: str) -> "LineEdit | None":
        """As a key that is no character leaves it; None if the key means nothing here."""
        text, cursor = self.text, self.cursor
        if self.replaces and key in ("backspace", "delete"):
            return LineEdit("", 0)
        match key:
            case "left":
                return LineEdit(text, max(cursor - 1, 0))
            case "right":
                return LineEdit(text, min(cursor + 1, len(text)))
            case "home" | "ctrl+a":
                return LineEdit(text, 0)
            case "end" | "ctrl+e":
                return LineEdit(text, len(text))
            case "backspace":
                before = text[: max(cursor - 1, 0)]
                return LineEdit(before + text[cursor:], len(before))
            case "delete":
                return LineEdit(text[:cursor] + text[cursor + 1 :], cursor)
            case "ctrl+u":
                return LineEdit(text[cursor:], 0)
            case _:
                return None
