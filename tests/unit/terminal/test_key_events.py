"""Textual gets what it knows, as it always did, and nothing else."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import (
    AppBlur,
    AppFocus,
    CursorPosition,
    Key,
    MouseDown,
    MouseMove,
    Paste,
    Resize,
)
from textual.message import Message
from textual.messages import InBandWindowResize, TerminalSupportsSynchronizedOutput

from tui.terminal.key_events import KeyEvents
from tui.terminal.key_input import InputParser
from tui.terminal.paste_input import Paste as Pasted

FINALS = "".join(map(chr, range(0x40, 0x7F)))
CONTROL_SEQUENCES = st.builds(
    "\x1b[{}{}".format,
    st.text(st.sampled_from("0123456789;:<=>?$ "), max_size=12),
    st.sampled_from(FINALS),
)

BEGINS_MORE = re.compile(r"\x1b\[(?:M|\[|200~|(?:3|7|8|23|24)\$)")
"""A click, a key of the Linux console, a paste; or a key that ends within."""


def events_of(sent: str) -> list[Message]:
    """Of `sent`, through the parser and past every pause."""
    parser, keys = InputParser(lambda: None), KeyEvents()
    return [
        *keys.events(parser.feed(sent.encode(), 0.0)),
        *keys.events(parser.tick(1.0)),
        *keys.events(parser.tick(20.0)),
    ]


def keys_of(sent: str) -> list[tuple[str, str | None]]:
    return [(event.key, event.character) for event in events_of(sent) if isinstance(event, Key)]


def textuals(sent: str) -> list[tuple[str, str | None]]:
    """The keys that Textual's own parser finds, after its pause."""
    parser = XTermParser()
    found = list(parser.feed(sent))
    parser._timeout_time = time.monotonic() - 10 if parser._timeout_time else None
    found += parser.tick()
    return [(event.key, event.character) for event in found if isinstance(event, Key)]


KNOWN = [
    *(key for key in ANSI_SEQUENCES_KEYS if key not in ("\x1b\x1b", "\x9b")),
    *("q", "é", "漢", ".", "\x1bq", "\x1bQ", "\x1b.", "\x1b\r"),
    *("\x1b[97;5u", "\x1b[97;;97u", "\x1b[97;2;65u", "\x1b[0;;228u", "\x1b[27u", "\x1b[13u"),
    *("\x1b[57441;2u", "\x1b[57441u", "\x1b[1;129A", "\x1b[15;5~", "\x1b[1;2P", "\x1b[99;5u"),
]


@pytest.mark.parametrize("key", KNOWN, ids=ascii)
def test_given_a_key_when_it_comes_then_it_is_the_one_that_textual_knows(key: str) -> None:
    assert keys_of(key) == textuals(key)


@pytest.mark.parametrize(
    ("sent", "event"),
    [
        ("\x1b[I", AppFocus),
        ("\x1b[O", AppBlur),
        ("\x1b[<0;3;4M", MouseDown),
        ("\x1b[<35;3;4M", MouseMove),
        ("\x1b[48;24;80;480;800t", Resize),
        ("\x1b[48;24:1;80:2;480:3;800:4t", Resize),
        ("\x1b[12;40R", CursorPosition),
        ("\x1b[?2026;2$y", TerminalSupportsSynchronizedOutput),
        ("\x1b[?2048;2$y", InBandWindowResize),
        ("\x1b[200~q\x1b[201~", Paste),
    ],
    ids=ascii,
)
def test_given_a_report_when_it_comes_then_textual_gets_it(sent: str, event: type[Message]) -> None:
    assert [type(one) for one in events_of(sent)] == [event]


NO_KEYS = [
    *(
        "\x1b[114~",
        "\x1b[114;1B",
        "\x1b[u",
        "\x1b[?1u",
        "\x1b[?997;1n",
        "\x1b[?62;22c",
        "\x1b[>0;1;0c",
    ),
    *("\x1b[97;1:3u", "\x1b[57344u", "\x1b[55296u", "\x1b[1114112u", "\x1b[97;1;1114112u"),
    *("\x1b[8;24;80t", "\x1b[48;0;0;0;0t", "\x1b[?12;2;3$y", "\x1b[32;10;20M", "\x1b[M !!"),
    *("\x1bOz", "\x1b[201~", "\x1b[r", "\x1b[0c", "\x1b[99~", "\x1b[1;2;3;4u", "\x1b\\", "\x9b"),
]


@pytest.mark.parametrize("sent", NO_KEYS, ids=ascii)
def test_given_what_is_no_key_when_it_comes_then_there_is_no_event(sent: str) -> None:
    assert events_of(sent) == []


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b[97:65;2:1;65u", [("A", "A")]),
        ("\x1b[99:67;5:2u", [("ctrl+c", None)]),
        ("\x1b[1;1:1A", [("up", None)]),
    ],
    ids=ascii,
)
def test_given_a_key_in_more_detail_than_asked_for_when_it_comes_then_it_is_that_key(
    sent: str, keys: list[tuple[str, str | None]]
) -> None:
    assert keys_of(sent) == keys


def test_given_a_size_without_pixels_when_the_mouse_moves_then_it_is_in_cells() -> None:
    [_, moved] = events_of("\x1b[48;24;80;0;0t\x1b[<35;3;4M")
    assert isinstance(moved, MouseMove)
    assert (moved.x, moved.y) == (2, 3)


@given(CONTROL_SEQUENCES.filter(lambda sent: not BEGINS_MORE.match(sent)))
def test_given_any_control_sequence_when_it_comes_then_it_is_never_typed(sent: str) -> None:
    *of_sequence, last = keys_of(sent + "q")
    assert last == ("q", "q")
    assert sent.endswith("u") or all(character is None for _, character in of_sequence)


@given(st.lists(st.one_of(CONTROL_SEQUENCES, st.text(max_size=5)), max_size=10).map("".join))
def test_given_anything_when_it_comes_then_ctrl_c_is_a_key_after_it(sent: str) -> None:
    data = sent.encode(errors="ignore").decode()
    assert keys_of(data + "\x03")[-1] == ("ctrl+c", "\x03")


@given(st.binary(max_size=200))
def test_given_any_bytes_when_they_come_then_nothing_is_raised(data: bytes) -> None:
    parser, keys = InputParser(lambda: None), KeyEvents()
    keys.events(parser.feed(data, 0.0))
    keys.events(parser.tick(20.0))
    assert keys.events([Pasted("q"), "q"])[-1].key == "q"  # type: ignore[attr-defined] # a Key
