"""A terminal that stops reading, as one behind a lost connection does: training does not wait for
it, and when it reads again it gets the newest picture and nothing of what it has missed.
"""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.slow

COLUMNS, ROWS = 120, 40
COMMAND = (
    *(sys.executable, "-m", "tui.cli.main"),
    *("--pace", "max", "--fps", "30", "--steps", "1000000000"),
)

STEP = r"step +([\d,]+) /"
STALL_SECONDS = 6.0
"""What the kernel takes for a terminal that does not read, some 20 kB, is full in the first of them."""

LEAST_SHARE = 0.4
"""Of the steps to be expected, as the machine has other things to do. Training that stopped with
the terminal would make a sixth of them, and not come to this share before `CAUGHT_UP_SECONDS`.
"""

CAUGHT_UP_SECONDS = 2.0
"""From 1 of 6 seconds to 3 of 8, if it went on only now."""

MOST_BACKLOG_BYTES = 64_000
"""What the kernel has kept, and one picture; the frames of the stall would be twice as much."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[PseudoTerminal]:
    """The program, training as fast as it goes, with its first pictures shown."""
    with PseudoTerminal(COMMAND, tmp_path, columns=COLUMNS, rows=ROWS) as terminal:
        terminal.wait_for(lambda: step_of(terminal) > 1_000)
        yield terminal


def step_of(terminal: PseudoTerminal) -> int:
    """The step on the screen; 0 before there is one."""
    found = re.search(STEP, terminal.text)
    return int(found[1].replace(",", "")) if found else 0


def read_for(terminal: PseudoTerminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def bytes_of(terminal: PseudoTerminal, seconds: float) -> int:
    """How many bytes come in that time."""
    before = len(terminal.output)
    read_for(terminal, seconds)
    return len(terminal.output) - before


def steps_a_second(terminal: PseudoTerminal, seconds: float) -> float:
    """The rate at which the step on the screen grows, over about `seconds`."""
    first, began = step_of(terminal), time.monotonic()
    read_for(terminal, seconds)
    return (step_of(terminal) - first) / (time.monotonic() - began)


def is_paused(terminal: PseudoTerminal) -> bool:
    return terminal.screen[-3].startswith(" paused ")


def test_given_a_terminal_that_stops_reading_when_it_reads_again_then_training_has_gone_on(
    terminal: PseudoTerminal,
) -> None:
    rate = steps_a_second(terminal, 2.0)
    before, began = step_of(terminal), time.monotonic()

    time.sleep(STALL_SECONDS)
    # the kernel hands over what it has kept, which is old; then comes what is new
    terminal.wait_for(
        lambda: step_of(terminal) - before > rate * LEAST_SHARE * (time.monotonic() - began),
        CAUGHT_UP_SECONDS,
    )


def test_given_a_terminal_that_stops_reading_when_it_reads_again_then_there_is_no_backlog(
    terminal: PseudoTerminal,
) -> None:
    time.sleep(STALL_SECONDS)
    first, usual = bytes_of(terminal, 1.0), bytes_of(terminal, 1.0)

    assert first - usual < MOST_BACKLOG_BYTES

    terminal.press(" ")
    terminal.wait_for(lambda: is_paused(terminal))
    shown = step_of(terminal)
    terminal.press(".")
    terminal.wait_for(lambda: step_of(terminal) == shown + 1)  # it was the newest


def test_given_a_terminal_that_stops_reading_when_a_key_is_pressed_then_it_answers_at_once_and_whole(
    terminal: PseudoTerminal,
) -> None:
    time.sleep(STALL_SECONDS)
    before = len(terminal.output)
    terminal.press(" ")

    terminal.wait_for(lambda: is_paused(terminal))
    assert len(terminal.output) - before < MOST_BACKLOG_BYTES

    read_for(terminal, 0.5)
    shown = terminal.screen
    # the same picture, once more drawn from nothing
    terminal.resize(COLUMNS + 1, ROWS + 1)
    terminal.wait_for(lambda: is_paused(terminal))
    terminal.resize(COLUMNS, ROWS)
    terminal.wait_for(lambda: terminal.screen == shown)
