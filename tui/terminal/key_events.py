"""Makes Textual's events of what a terminal has sent, and nothing of what is no key."""

import re
from collections.abc import Iterable

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.events import Paste as PasteEvent
from textual.keys import Keys
from textual.message import Message

from tui.terminal.paste_input import Paste

REPORT = re.compile(
    r"\x1b\[(?:"
    r"[IO]"  # the focus
    r"|<\d{1,5};-?\d{1,6};-?\d{1,6}[Mm]"  # the mouse
    r"|\d{1,5};\d{1,5}R"  # the cursor's place
    r"|\?\d{1,5};\d\$y"  # a mode
    r")"
)
"""What a terminal reports and Textual understands, apart from its size."""

SIZE = re.compile(r"\x1b\[48((?:;\d{1,4}(?::[\d:]*)?){4})t")
"""Rows, columns, height and width in pixels."""

KEY = re.compile(
    r"\x1b\[(?P<code>\d{0,7})(?::[\d:]*)?"
    r"(?:;(?P<modifiers>\d{0,3})(?::(?P<event>\d))?(?:;(?P<text>[\d:]*))?)?"
    r"(?P<end>[u~ABCDEFHPQRS])"
)
"""A key with modifiers, in the notation of xterm or kitty."""

RELEASED = "3"
PRIVATE_USE = range(0xE000, 0xF900)
"""Where kitty has its keys without a character."""


class KeyEvents(XTermParser):
    """Textual's own parser, which gets only what it knows: the rest it would type, letter by letter."""

    def events(self, sent: Iterable[str | Paste]) -> list[Message]:
        """The events of each character, sequence and paste, in their order."""
        return [event for each in sent for event in self._events(each)]

    def _events(self, sent: str | Paste) -> Iterable[Message]:
        if isinstance(sent, Paste):
            return [PasteEvent(sent.text)]
        if sent == "\x1b":
            return [Key("escape", sent)]
        if REPORT.fullmatch(sent):
            return self.feed(sent)
        if match := SIZE.fullmatch(sent):
            return self._resized(match)
        return self._keys(sent)

    def _keys(self, sent: str) -> Iterable[Key]:
        if len(sent) == 1 or sent in ANSI_SEQUENCES_KEYS:
            found = self._sequence_to_key_events(sent)
        elif len(sent) == 2:
            found = self._sequence_to_key_events(sent[1], alt=True)
        else:
            match = KEY.fullmatch(sent)
            known = as_textual_knows(match) if match else None
            found = self._sequence_to_key_events(known) if known else ()
        return [event for event in found if event.key != Keys.Ignore]

    def _resized(self, match: re.Match[str]) -> Iterable[Message]:
        size = [int(part.split(":")[0]) for part in match[1].split(";")[1:]]
        rows, columns, height, width = size
        if not rows or not columns:
            return []
        events = list(self.feed("\x1b[48;{};{};{};{}t".format(*size)))
        if not height or not width:  # unknown, and then the mouse is reported in cells
            self.terminal_pixel_size = None
        return events


def as_textual_knows(key: re.Match[str]) -> str | None:
    """The sequence of a key without what Textual cannot read; None if it is the release of a key, or
    no key at all.
    """
    code, modifiers, event, text, end = key.groups(default="")
    codepoints = [int(part) for part in text.split(":") if part]
    if event == RELEASED or not all(is_character(point) for point in codepoints):
        return None
    if f"{int(code or '1')}{end}" not in FUNCTIONAL_KEYS:
        character = int(code or "0")
        if end != "u" or not (codepoints or (character and is_character(character))):
            return None
    kept = f"\x1b[{code};{modifiers}"
    return f"{kept};{':'.join(map(str, codepoints))}{end}" if codepoints else f"{kept}{end}"


def is_character(codepoint: int) -> bool:
    """Whether a key can give that character."""
    return (
        0 < codepoint < 0x110000
        and not 0xD800 <= codepoint < 0xE000
        and codepoint not in PRIVATE_USE
    )
