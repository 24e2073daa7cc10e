"""Stopped by ctrl+z, or by whoever may: the shell gets its terminal, and everything comes back."""

import os
import signal
import termios
from pathlib import Path

import pytest

from helpers.dashboard_terminal import (
    Start,
    assert_restored,
    exit_status,
    has_whole_picture,
    step_of,
    wait_for_picture,
    wait_for_progress,
)
from helpers.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.slow

CONTROL_Z = "\x1a"


def is_stopped(terminal: PseudoTerminal) -> bool:
    stat = Path(f"/proc/{terminal.process.pid}/stat").read_text()
    return stat.rpartition(")")[2].split()[0] == "T"


def test_given_control_z_when_pressed_then_the_shell_has_its_terminal_and_all_comes_back(
    start: Start,
) -> None:
    terminal = start("--steps", "1000000000")
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    before = step_of(terminal)

    terminal.press(CONTROL_Z)
    terminal.wait_for(lambda: is_stopped(terminal))
    terminal.read(0.2)
    assert terminal.unusual == []

    terminal.resize(90, 28)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.wait_for(lambda: has_whole_picture(terminal))
    assert step_of(terminal) > before  # training went on, as it said that it was running
    terminal.press(" ")
    terminal.wait_for("go on")
    assert exit_status(terminal) == 0


def test_given_a_paused_run_when_stopped_twice_then_it_is_paused_still(start: Start) -> None:
    terminal = start("--steps", "1000000000")
    wait_for_picture(terminal)
    terminal.press(" ")
    terminal.wait_for("go on")
    wait_for_picture(terminal)
    step = step_of(terminal)

    for _ in range(2):
        terminal.press(CONTROL_Z)
        terminal.wait_for(lambda: is_stopped(terminal))
        terminal.process.send_signal(signal.SIGCONT)
        wait_for_picture(terminal)

    assert step_of(terminal) == step
    terminal.press(".")
    terminal.wait_for(lambda: step_of(terminal) == step + 1)
    assert exit_status(terminal) == 0


@pytest.mark.parametrize("spoilt", [False, True], ids=["left alone", "used by others"])
def test_given_a_stop_that_cannot_be_caught_when_continued_then_picture_keys_and_modes_are_back(
    start: Start, spoilt: bool
) -> None:
    terminal = start("--steps", "1000000000")
    wait_for_picture(terminal)
    wait_for_progress(terminal)

    terminal.process.send_signal(signal.SIGSTOP)
    terminal.wait_for(lambda: is_stopped(terminal))
    if spoilt:  # as a shell does: its own settings, and something written
        settings = termios.tcgetattr(terminal._master)
        settings[3] |= termios.ECHO | termios.ICANON | termios.ISIG
        termios.tcsetattr(terminal._master, termios.TCSANOW, settings)
        terminal._show(b"\x1b[2J\x1b[Hsomething else")
        assert "moonwalk" not in terminal.text
    terminal.process.send_signal(signal.SIGCONT)

    wait_for_picture(terminal)
    wait_for_progress(terminal)
    assert "something else" not in terminal.text
    terminal.press(" ")
    terminal.wait_for("go on")
    assert exit_status(terminal) == 0
    assert_restored(terminal)


def test_given_stops_that_cannot_be_caught_when_keys_come_at_once_then_none_is_lost(
    start: Start,
) -> None:
    terminal = start("--steps", "1000000000")
    wait_for_picture(terminal)
    terminal.press(" ")
    terminal.wait_for("go on")
    wait_for_picture(terminal)
    step = step_of(terminal)

    for _ in range(20):
        terminal.process.send_signal(signal.SIGSTOP)
        terminal.wait_for(lambda: is_stopped(terminal))
        terminal.process.send_signal(signal.SIGCONT)
        terminal.press(".")
        terminal.read(0.02)

    terminal.wait_for(lambda: step_of(terminal) == step + 20)
    assert exit_status(terminal) == 0


def test_given_the_host_is_stopped_when_continued_then_the_run_goes_on(start: Start) -> None:
    terminal = start("--steps", "1000000000")
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    [host] = [each.pid for each in terminal.processes if "engine.host" in each.command]

    os.kill(host, signal.SIGSTOP)
    terminal.press("l")  # what needs no host works meanwhile
    terminal.wait_for(" linear ")
    os.kill(host, signal.SIGCONT)

    wait_for_progress(terminal)
    assert exit_status(terminal) == 0
