"""What a terminal sends besides keys, to the real program: late answers, pastes, and pieces of keys."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from helpers.dashboard_terminal import (
    COMMAND,
    CONTROL_C,
    ESCAPE,
    Start,
    assert_restored,
    exit_status,
    step_of,
    wait_for_picture,
    wait_for_progress,
)
from helpers.pseudo_terminal import PseudoTerminal
from helpers.shell import LONG

pytestmark = pytest.mark.slow

ANSWERS = (
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "\x1b[?997;1n",
    "\x1b[?1u",
    "\x1b[?62;22c",
    "\x1b[0n",
    "\x1bP1+r524742=38\x1b\\",
    "\x1b[?12;2$y",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b^private\x1b\\",
    "\x1bXstring\x1b\\",
    "\x1b[114~",
)
ENTER_FULL_SCREEN = b"\x1b[?1049h"
IN_BAND_RESIZE = "\x1b[?2048;2$y"
PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"


def pause(terminal: PseudoTerminal) -> int:
    """Pause the run; the step where it stands."""
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    terminal.press(" ")
    terminal.wait_for("space go on")
    terminal.wait_for(lambda: terminal.screen[-3].startswith(" paused "))
    return step_of(terminal)


def read_for(terminal: PseudoTerminal, seconds: float) -> None:
    """Let the program do whatever it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read(0.05)


def at_rest(terminal: PseudoTerminal) -> str:
    """The screen once nothing of it changes: a pause is told first, and the panes are drawn anew."""
    text = ""
    while text != terminal.text:
        text = terminal.text
        read_for(terminal, 0.3)
    return text


def test_given_a_run_when_the_terminal_answers_late_and_in_pieces_then_nothing_changes(
    start: Start,
) -> None:
    terminal = start()
    step = pause(terminal)
    before = at_rest(terminal)
    for answer in ANSWERS:
        terminal.press(answer)
        read_for(terminal, 0.05)
    first, second = ANSWERS[0][:11], ANSWERS[0][11:]
    terminal.press(first)
    read_for(terminal, 2.0)
    terminal.press(second)
    read_for(terminal, 0.5)

    assert terminal.text == before
    terminal.press(".")  # and the next key acts
    terminal.wait_for(lambda: step_of(terminal) == step + 1)
    assert exit_status(terminal) == 0


def test_given_a_paste_with_an_escape_and_keys_when_it_comes_then_none_is_pressed(
    start: Start,
) -> None:
    terminal = start()
    step = pause(terminal)
    terminal.press(f"{PASTE_START}a\x1bq\x1b[A{CONTROL_C}{CONTROL_C}q{PASTE_END}.")
    terminal.wait_for(lambda: step_of(terminal) == step + 1)

    assert exit_status(terminal) == 0


def test_given_a_paste_without_an_end_when_ctrl_c_comes_twice_then_the_run_ends(
    start: Start,
) -> None:
    terminal = start()
    wait_for_picture(terminal)
    terminal.press(f"{PASTE_START}some text")
    read_for(terminal, 0.3)
    terminal.press(CONTROL_C)
    terminal.wait_for("ctrl+c again")
    terminal.press(CONTROL_C)

    assert terminal.wait_for_end() == 0
    assert_restored(terminal)


@pytest.mark.parametrize("begun", ["\x1b]11;rgb:", "\x1bP1+r", "\x1b[?62"], ids=ascii)
def test_given_an_answer_without_an_end_when_ctrl_c_comes_twice_then_the_run_ends(
    start: Start, begun: str
) -> None:
    terminal = start()
    wait_for_picture(terminal)
    terminal.press(begun + CONTROL_C + begun + CONTROL_C)

    assert terminal.wait_for_end() == 0
    assert_restored(terminal)


def test_given_a_prompt_when_it_is_opened_and_typed_into_at_once_then_the_keys_are_in_their_order(
    start: Start,
) -> None:
    terminal = start()
    wait_for_picture(terminal)
    terminal.press("a\x1b[C\x7f\x7f33\r")
    terminal.wait_for("alpha 0.33 ")
    terminal.press("a\x7f0.5\r?")
    terminal.wait_for("alpha 0.5 ")
    assert exit_status_from_help(terminal) == 0


def exit_status_from_help(terminal: PseudoTerminal) -> int:
    terminal.wait_for("What am I looking at")
    terminal.press(ESCAPE)
    terminal.wait_for_no("What am I looking at")
    return exit_status(terminal)


@pytest.mark.parametrize(
    "environ", [{"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}, {"ESCDELAY": "500"}], ids=list
)
def test_given_a_slow_line_when_the_rest_of_a_key_is_late_then_it_is_that_key(
    start: Start, environ: dict[str, str]
) -> None:
    terminal = start(environ=environ)
    wait_for_picture(terminal)
    terminal.press(ESCAPE)
    read_for(terminal, 0.3)
    terminal.press("[A")
    terminal.wait_for("alpha 0.3 ")
    assert exit_status(terminal) == 0


def test_given_a_terminal_with_every_mode_when_left_then_all_are_off_again(start: Start) -> None:
    terminal = start()
    wait_for_picture(terminal)
    terminal.press(IN_BAND_RESIZE)
    terminal.wait_for(lambda: b"\x1b[?1016h" in terminal.output)

    assert exit_status(terminal) == 0
    assert b"\x1b[?1016l" in terminal.output
    assert b"\x1b[?2048l" in terminal.output


def test_given_a_killed_dashboard_when_attached_in_the_same_terminal_then_its_keyboard_is_as_before(
    tmp_path: Path,
) -> None:
    program = " ".join(COMMAND)
    with PseudoTerminal(
        ["sh", "-c", f"{program} {' '.join(LONG)}; {program} attach"], tmp_path
    ) as (terminal):
        wait_for_picture(terminal)
        [dashboard] = [
            each.pid
            for each in terminal.processes
            if "tui.cli.main" in each.command and not each.command.startswith("sh ")
        ]
        os.kill(dashboard, signal.SIGKILL)
        terminal.wait_for(lambda: terminal.output.count(ENTER_FULL_SCREEN) == 2)
        wait_for_progress(terminal)
        assert pushed(terminal.output) == 1

        terminal.press("q")
        terminal.wait_for_end()
        assert pushed(terminal.output) == 0


def pushed(output: bytes) -> int:
    """How many keyboard protocols a terminal has on the stack of its full screen after `output`."""
    depth = 0
    for change in re.finditer(rb"\x1b\[(?:>\d+u|<(\d*)u)", output):
        depth = depth + 1 if change[1] is None else max(depth - int(change[1] or 1), 0)
    return depth
