"""What is written to a terminal so that it puts a text on its clipboard."""

import os

import pytest

from tui.terminal.clipboard import MOST_BYTES, clipboard_sequence
from tui.terminal.screen_buffer import CellScreen

XTERM = {"TERM": "xterm-256color"}


def test_given_a_text_when_copied_then_osc_52_with_its_bytes_in_base_64() -> None:
    sequence = clipboard_sequence("moonwalk --data 'é'", XTERM)

    assert sequence == "\x1b]52;c;bW9vbndhbGsgLS1kYXRhICfDqSc=\a"


def test_given_a_name_that_is_no_utf_8_when_copied_then_its_own_bytes() -> None:
    assert clipboard_sequence(os.fsdecode(b"\xff"), XTERM) == "\x1b]52;c;/w==\a"


def test_given_the_longest_text_when_copied_then_it_is_within_what_xterm_takes() -> None:
    sequence = clipboard_sequence("a" * MOST_BYTES, XTERM)

    assert sequence is not None
    assert len(sequence) <= 100_000
    assert clipboard_sequence("a" * (MOST_BYTES + 1), XTERM) is None


@pytest.mark.parametrize("terminal", ["linux", "vt220", "cons25", "ansi"])
def test_given_a_terminal_that_would_show_it_when_copied_then_nothing(terminal: str) -> None:
    assert clipboard_sequence("moonwalk", {"TERM": terminal}) is None


@pytest.mark.parametrize("terminal", ["tmux-256color", "screen-256color", "xterm-kitty"])
def test_given_a_terminal_that_may_take_it_when_copied_then_it_is_sent(terminal: str) -> None:
    assert clipboard_sequence("moonwalk", {"TERM": terminal}) is not None


def test_given_the_sequence_between_pictures_when_sent_then_whole_once_and_not_as_cells() -> None:
    sequence = clipboard_sequence("moonwalk --alpha 3", XTERM)
    assert sequence is not None
    screen = CellScreen(20, 2)
    screen.feed("\x1b[1;1Hbefore")
    screen.feed(sequence)
    screen.feed("\x1b[2;1Hbehind")

    assert screen.controls == [sequence]
    assert [line.strip() for line in screen.wanted_lines()] == ["before", "behind"]
    assert "52;" not in screen.changes()
