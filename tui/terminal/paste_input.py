"""A bracketed paste: whatever it holds, it is text, and never keys."""

import re
from collections.abc import Callable
from dataclasses import dataclass

PASTE_SECONDS = 2.0
"""How long a paste without an end waits for more."""

INTERRUPTED_SECONDS = 0.25
"""How long it waits when the last of it is ctrl+c: a text goes on after that, a person waits."""

MOST_BYTES = 1 << 20
"""Of a paste; what is longer is not kept."""

ESCAPE = 0x1B
PASTE_END = b"\x1b[201~"
STATUS_ANSWERS = (b"\x1b[0n", b"\x1b[3n")
INTERRUPT = re.compile(rb"\x03|\x1b\[99(?::\d*)*;(?:5|69|133|197)(?::[12])?(?:;[\d:]*)?u")
"""Ctrl+c, as a character and as a sequence, whatever the locks of the keyboard are."""


@dataclass(frozen=True, slots=True)
class Paste:
    """Text that was pasted."""

    text: str


class PasteParser:
    """Takes what follows the start of a paste, byte by byte."""

    def __init__(self, on_status: Callable[[], None]) -> None:
        """`on_status` is called for each answer to a device status request: a terminal may send it
        in the middle of a paste.
        """
        self._on_status = on_status
        self._content = bytearray()
        self._sequence = bytearray()
        self._interrupts = 0
        """How many ctrl+c the content ends with."""

    @property
    def patience(self) -> float:
        """For how many seconds to wait for more."""
        return INTERRUPTED_SECONDS if self._interrupts and not self._sequence else PASTE_SECONDS

    def feed(self, byte: int) -> Paste | None:
        """Returns the paste if `byte` ends it."""
        if byte == ESCAPE:
            self._keep_sequence()
            self._sequence.append(byte)
        elif not self._sequence:
            self._keep(bytes([byte]))
        else:
            self._sequence.append(byte)
            if self._sequence == PASTE_END:
                self._sequence.clear()
                return self._take()
            if self._is_sequence_done(byte):
                self._keep_sequence()
        return None

    def _is_sequence_done(self, byte: int) -> bool:
        if len(self._sequence) == 2:
            return byte != ord("[")
        return not 0x20 <= byte < 0x40 or len(self._sequence) > 64

    def _keep_sequence(self) -> None:
        sequence = bytes(self._sequence)
        self._sequence.clear()
        if sequence in STATUS_ANSWERS:
            self._on_status()
        elif sequence:
            self._keep(sequence)

    def _keep(self, part: bytes) -> None:
        self._interrupts = self._interrupts + 1 if INTERRUPT.fullmatch(part) else 0
        if len(self._content) < MOST_BYTES:
            self._content += part

    def give_up(self) -> list[str | Paste]:
        """Nothing has followed: what was pasted so far, and each ctrl+c at its end as a key."""
        self._keep_sequence()
        interrupts = ["\x03"] * self._interrupts
        return [self._take(), *interrupts]

    def _take(self) -> Paste:
        text = self._content.decode(errors="replace").replace("\0", "")
        self._content.clear()
        self._interrupts = 0
        return Paste(text)
