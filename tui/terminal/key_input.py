"""Splits what a terminal sends into whole keys and reports, pastes, and answers that are no key.

A terminal sends its answers on the line that its keys come on, late and in pieces on a slow line. A
string (OSC, DCS, APC, PM, SOS) is swallowed to its end, and so is what no end comes of. Time is
passed in, and nothing here knows of Textual.
"""

from collections.abc import Callable

from tui.terminal.paste_input import STATUS_ANSWERS, Paste, PasteParser

ESCAPE_SECONDS = 0.1
"""How long an escape waits for the rest of a sequence, before it is the key."""

ALT_SECONDS = 0.1
"""An escape and a letter further apart than this are two keys, and closer the letter with alt."""

STRING_SECONDS = 10.0
"""How long a string or sequence without an end waits for more, before it is given up."""

LONGEST_STRING_SECONDS = 15.0
"""How long all of a string may take."""

MOST_BYTES = 256
"""Of a control sequence. No key or report is as long; what is longer is not kept."""

INTERRUPT, BELL, CANCEL, SUBSTITUTE, ESCAPE = 0x03, 0x07, 0x18, 0x1A, 0x1B
ENDING = (INTERRUPT, CANCEL, SUBSTITUTE)
"""Keys that end whatever is unfinished: ctrl+c, and two that end a sequence in every terminal."""

STRING_END_8_BIT = 0x9C
PASTE_START = b"\x1b[200~"
MOUSE_OF_X10 = b"\x1b[M"
"""Three bytes follow that may be anything printable."""

SHIFTED_IN_RXVT = (b"3", b"7", b"8", b"23", b"24")
"""Keys with shift whose sequence ends with `$`, which ends no other."""

INTRODUCERS = {
    ord("["): b"0123456789?><=[ABCDEFGHIMOPQRSZabcd",
    ord("O"): bytes(range(0x20, 0x7F)),
    ord("]"): b"0123456789lLI",
    ord("P"): b"0123456789;+$!>|",
    ord("_"): b"G",
    ord("^"): b"",
    ord("X"): b"",
}
"""What follows an escape in a sequence of more than two bytes, and what answers and keys go on with
there. Where anything else follows after a pause, it was a key with alt.
"""


class InputParser:
    """Takes bytes as they are read, however they are cut."""

    def __init__(
        self, on_status: Callable[[], None], escape_seconds: float = ESCAPE_SECONDS
    ) -> None:
        """`on_status` is called at once for each answer to a device status request."""
        self.escape_seconds = escape_seconds
        """How long an escape waits for the rest; may be changed at any time."""
        self._on_status = on_status
        self._found: list[str | Paste] = []
        self._state = self._ground
        self._sequence = bytearray()
        self._paste = PasteParser(on_status)
        self._parted = False
        """Whether a pause parted the escape from what introduces a sequence."""
        self._string_ends: tuple[int, ...] = ()
        self._last = self._gap = self._begun = 0.0

    def feed(self, data: bytes, now: float) -> list[str | Paste]:
        """Take `data`, read at the time `now` in seconds. Returns what is whole: characters and
        sequences, each by itself, and pastes. A character after an escape is one with alt.
        """
        self._gap = now - self._last
        self._last = now
        if self._is_too_long(now):
            self._to_ground()
        for byte in data:
            if self._state == self._in_paste:
                self._in_paste(byte)
            elif byte in ENDING:
                self._end_with(byte)
            else:
                self._state(byte)
            self._gap = 0.0
        return self._take_found()

    def _is_too_long(self, now: float) -> bool:
        """Whether a string goes on for so long that it must be somebody who types."""
        in_string = self._state in (self._in_string, self._after_escape_in_string)
        return in_string and now - self._begun >= LONGEST_STRING_SECONDS

    def tick(self, now: float) -> list[str | Paste]:
        """To be called now and then: what turns out to be whole, as nothing has followed."""
        if self.is_unfinished and now - self._last >= self._patience():
            self._give_up()
            self._to_ground()
        return self._take_found()

    @property
    def is_unfinished(self) -> bool:
        """Whether a sequence, string or paste has begun and not ended."""
        return self._state != self._ground

    def _take_found(self) -> list[str | Paste]:
        found, self._found = self._found, []
        return found

    def _patience(self) -> float:
        """For how many seconds what is unfinished waits for more."""
        if self._state == self._in_paste:
            return self._paste.patience
        if self._state == self._after_escape or self._is_maybe_key():
            return self.escape_seconds
        return STRING_SECONDS

    def _is_maybe_key(self) -> bool:
        """Whether what was begun may be a key with alt, or two keys that a pause has parted."""
        bare = len(self._sequence) == 2
        parted = self._parted and self._state in (self._in_control_sequence, self._in_string)
        return bare and (parted or self._state == self._in_single_shift)

    def _give_up(self) -> None:
        """Nothing has followed: what was begun is a key, or nothing."""
        if self._state == self._in_paste:
            self._found += self._paste.give_up()
        elif self._state == self._after_escape:
            self._found.append("\x1b")
        elif self._is_maybe_key():
            whole = self._sequence.decode()
            self._found += list(whole) if self._parted else [whole]

    def _end_with(self, byte: int) -> None:
        if self._state == self._after_escape:
            self._found.append("\x1b")
        self._to_ground()
        self._found.append(chr(byte))

    def _to_ground(self) -> None:
        self._state = self._ground
        self._sequence.clear()

    # -- characters

    def _ground(self, byte: int) -> None:
        if byte == ESCAPE:
            self._begin_escape()
        elif byte < 0x80:
            self._found.append(chr(byte))
        elif byte < 0xC0:
            self._introduce_8_bit(byte - 0x40)
        else:
            self._sequence[:] = [byte]
            self._state = self._in_character

    def _in_character(self, byte: int) -> None:
        """The bytes of UTF-8, with an escape before them or not."""
        if not 0x80 <= byte < 0xC0:
            self._to_ground()
            self._ground(byte)
            return
        self._sequence.append(byte)
        try:
            text = self._sequence.decode()
        except UnicodeDecodeError:
            if len(self._sequence.lstrip(b"\x1b")) >= 4:
                self._to_ground()
            return
        self._to_ground()
        if text.lstrip("\x1b") > "\x9f":  # before that are controls, and no key sends these
            self._found.append(text)

    # -- what follows an escape

    def _begin_escape(self) -> None:
        self._sequence[:] = [ESCAPE]
        self._state = self._after_escape

    def _after_escape(self, byte: int) -> None:
        parted = self._gap > ALT_SECONDS
        if byte == ESCAPE:
            self._found.append("\x1b")
            self._begin_escape()
        elif byte in INTRODUCERS:
            self._introduce(byte, parted=parted)
        elif parted:
            self._found.append("\x1b")
            self._to_ground()
            self._ground(byte)
        elif byte >= 0x80:
            self._sequence.append(byte)
            self._state = self._in_character
        else:
            self._to_ground()
            if byte != ord("\\"):  # which ends a string that was given up
                self._found.append("\x1b" + chr(byte))

    def _introduce(self, byte: int, *, parted: bool = False) -> None:
        self._sequence[:] = [ESCAPE, byte]
        self._parted = parted
        if byte == ord("["):
            self._state = self._in_control_sequence
        elif byte == ord("O"):
            self._state = self._in_single_shift
        else:
            self._begun = self._last
            self._string_ends = (BELL,) if byte == ord("]") else ()
            self._state = self._in_string

    def _introduce_8_bit(self, byte: int) -> None:
        """A single byte may stand for an escape and another."""
        if byte in INTRODUCERS:
            self._introduce(byte)
            self._string_ends += (STRING_END_8_BIT,)

    def _was_alt(self, byte: int) -> bool:
        """Whether `byte`, which continues no answer, shows that what looked like the beginning of one
        were two keys, as a pause parted them, or one with alt, which is dropped.
        """
        bare = len(self._sequence) == 2
        if not bare or byte == ESCAPE or byte in INTRODUCERS[self._sequence[1]]:
            return False
        if self._parted:
            self._found += list(self._sequence.decode())
        elif self._gap <= max(self.escape_seconds, ALT_SECONDS):
            return False
        self._to_ground()
        self._ground(byte)
        return True

    # -- control sequences

    def _in_control_sequence(self, byte: int) -> None:
        if self._was_alt(byte):
            return
        if not 0x20 <= byte < 0x7F:
            self._to_ground()
            self._ground(byte)
            return
        if len(self._sequence) < MOST_BYTES:
            self._sequence.append(byte)
        if self._is_done(byte):
            self._end_control_sequence()

    def _is_done(self, byte: int) -> bool:
        """Whether `byte` is the last of a control sequence. Two terminals end theirs oddly."""
        if byte >= 0x40:
            return self._sequence != b"\x1b[["  # F1 to F5 of the Linux console go on
        return byte == ord("$") and bytes(self._sequence[2:-1]) in SHIFTED_IN_RXVT

    def _end_control_sequence(self) -> None:
        whole = bytes(self._sequence)
        if whole == MOUSE_OF_X10:
            self._state = self._in_mouse_of_x10
            return
        self._to_ground()
        if whole in STATUS_ANSWERS:
            self._on_status()
        elif whole == PASTE_START:
            self._state = self._in_paste
        elif len(whole) < MOST_BYTES:
            self._found.append(whole.decode())

    def _in_single_shift(self, byte: int) -> None:
        if not 0x20 <= byte < 0x7F:
            self._to_ground()
            self._ground(byte)
            return
        self._sequence.append(byte)
        if byte >= 0x40 or len(self._sequence) > MOST_BYTES:
            self._found.append(self._sequence.decode())
            self._to_ground()

    def _in_mouse_of_x10(self, byte: int) -> None:
        self._sequence.append(byte)
        if byte < 0x20:
            self._to_ground()
            self._ground(byte)
        elif len(self._sequence) == len(MOUSE_OF_X10) + 3:
            self._to_ground()

    # -- strings and pastes

    def _in_string(self, byte: int) -> None:
        if self._was_alt(byte):
            return
        if byte in self._string_ends:
            self._to_ground()
        elif byte == ESCAPE:
            self._sequence[2:] = [byte]
            self._state = self._after_escape_in_string
        else:
            self._sequence[2:] = [byte]

    def _after_escape_in_string(self, byte: int) -> None:
        """The end of the string; or it is broken off, and something else begins."""
        if byte == ord("\\"):
            self._to_ground()
        else:
            self._gap = 0.0
            self._begin_escape()
            self._after_escape(byte)

    def _in_paste(self, byte: int) -> None:
        if (paste := self._paste.feed(byte)) is not None:
            self._found.append(paste)
            self._to_ground()
