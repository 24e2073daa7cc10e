"""A slow line: no part of a frame is sent before the terminal has displayed the one before, and what
a key does waits for none.
"""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.slow

PROGRAM = (sys.executable, "-m", "tui.cli.main", "--steps", "1000000000", "--pace", "max")

MOST_UNDER_WAY = 3
"""Two, as this terminal may take a while to answer, and one that was sent when it had not answered
for a second. Without answers, eight frames would have come.
"""

OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}

LEAVING = 'trap "" HUP; "$@"; sleep 0.3; s=$(stty -g); stty -icanon -echo min 0 time 0; echo "typed:$(cat -v):end"; stty $s'
"""Runs a command, and says what is typed at the shell afterwards."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[PseudoTerminal]:
    """The program over SSH, with its first pictures displayed; from now on, nothing is answered."""
    with PseudoTerminal(PROGRAM, tmp_path, environ=OVER_SSH, answers_after=0.0) as terminal:
        terminal.wait_for(lambda: step_of(terminal) > 1_000)
        terminal.answers_after = None
        wait_until_unanswered(terminal)
        yield terminal


def step_of(terminal: PseudoTerminal) -> int:
    """The step on the screen; 0 before there is one."""
    found = re.search(r"step +([\d,]+) /", terminal.text)
    return int(found[1].replace(",", "")) if found else 0


def read_for(terminal: PseudoTerminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def wait_until_unanswered(terminal: PseudoTerminal) -> None:
    """Read until a part is there that waits for its answer, and others would have come."""
    terminal.wait_for(lambda: terminal.unanswered > 0)
    read_for(terminal, 0.8)


def test_given_an_unanswered_part_when_training_goes_on_then_no_other_is_sent(
    terminal: PseudoTerminal,
) -> None:
    shown = step_of(terminal)

    assert terminal.unanswered <= MOST_UNDER_WAY

    terminal.answer()
    terminal.wait_for(lambda: step_of(terminal) > shown)


def test_given_an_unanswered_part_when_a_key_is_pressed_then_its_effect_is_sent(
    terminal: PseudoTerminal,
) -> None:
    unanswered = terminal.unanswered

    terminal.press(" ")

    terminal.wait_for("paused")
    terminal.wait_for(lambda: terminal.unanswered > unanswered)


def test_given_a_terminal_that_stops_answering_then_it_is_drawn_on_all_the_same(
    terminal: PseudoTerminal,
) -> None:
    shown = step_of(terminal)

    terminal.wait_for(lambda: step_of(terminal) > shown)
    shown = step_of(terminal)
    terminal.wait_for(lambda: step_of(terminal) > shown)


def test_given_a_terminal_that_never_answers_then_it_is_drawn_on_all_the_same(
    tmp_path: Path,
) -> None:
    with PseudoTerminal(PROGRAM, tmp_path, environ=OVER_SSH) as terminal:
        terminal.wait_for(lambda: step_of(terminal) > 1_000)
        terminal.press(" ")
        terminal.wait_for("paused")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert terminal.unusual == []


def test_given_a_terminal_that_was_narrower_for_a_moment_when_nothing_is_sent_then_all_is_drawn_again(
    terminal: PseudoTerminal,
) -> None:
    terminal.press(" ")
    terminal.answers_after = 0.0
    terminal.answer()
    terminal.wait_for("paused")
    read_for(terminal, 1.0)
    shown = terminal.screen

    terminal.resize(40, 10)
    terminal.resize(100, 30)  # what was beyond these cells is lost

    terminal.wait_for(lambda: terminal.screen == shown)


def test_given_a_key_that_was_answered_late_when_paused_then_the_whole_picture_comes_to_be_shown(
    terminal: PseudoTerminal,
) -> None:
    terminal.press("  ")
    terminal.press(" ")
    terminal.answers_after = 0.0
    terminal.answer()
    terminal.wait_for("paused")
    read_for(terminal, 2.0)
    shown = terminal.screen

    # the same picture, once more drawn from nothing
    terminal.resize(101, 31)
    read_for(terminal, 1.0)
    terminal.resize(100, 30)
    terminal.wait_for(lambda: terminal.screen == shown)


def test_given_an_unanswered_part_when_quitting_then_its_answer_is_not_typed_at_the_shell(
    tmp_path: Path,
) -> None:
    command = ("sh", "-c", LEAVING, "sh", *PROGRAM)
    with PseudoTerminal(command, tmp_path, environ=OVER_SSH, answers_after=0.0) as terminal:
        terminal.wait_for(lambda: step_of(terminal) > 1_000)
        terminal.answers_after = None
        wait_until_unanswered(terminal)
        terminal.press("q")
        # the answers are still on their way
        read_for(terminal, 0.5)
        terminal.answers_after = 0.0
        terminal.answer()

        assert terminal.wait_for_end() == 0
        assert "typed::end" in terminal.scrollback
        assert terminal.unusual == []


def test_given_a_line_that_takes_seconds_for_a_frame_then_the_header_says_so(
    terminal: PseudoTerminal,
) -> None:
    terminal.answers_after = 1.4

    terminal.wait_for("slow line: a frame takes")
