"""Terminals that are gone, stuck, colourless or elsewhere, and signals that end the program."""

import array
import fcntl
import re
import signal
import termios
import time
from pathlib import Path

import pyte
import pytest

from helpers.dashboard_terminal import (
    COMMAND,
    SECONDS_TO_BE_GONE,
    Start,
    assert_only_host_stays,
    assert_restored,
    exit_status,
    has_whole_picture,
    wait_for_picture,
    wait_for_progress,
)
from helpers.pseudo_terminal import ESCAPE_SEQUENCE, UNKNOWN_TO_PYTE, PseudoTerminal

pytestmark = pytest.mark.slow

COLOURS = re.compile(rb"(?:^|;)(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:$|;)")


def test_given_no_colour_wanted_when_run_then_none_is_sent(start: Start) -> None:
    terminal = start(environ={"NO_COLOR": "1"})
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    terminal.press("q")

    assert terminal.wait_for_end() == 0
    assert_restored(terminal)
    assert not [codes for codes in styles_sent(terminal) if COLOURS.search(codes)]


def test_given_a_terminal_without_colours_when_run_then_none_is_sent_and_all_is_ascii(
    start: Start,
) -> None:
    terminal = start(environ={"TERM": "vt220"})
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    terminal.press("q")

    assert terminal.wait_for_end() == 0
    assert_restored(terminal)
    assert terminal.output.isascii()
    assert not [codes for codes in styles_sent(terminal) if COLOURS.search(codes)]


@pytest.mark.parametrize(
    ("environ", "system"),
    [
        ({"TERM": "screen-256color", "STY": "1.here"}, b"5"),
        ({"TERM": "xterm-256color"}, b"2"),
    ],
    ids=["GNU screen", "its own COLORTERM"],
)
def test_given_a_colorterm_when_it_is_inherited_then_no_colours_that_are_not_there(
    start: Start, environ: dict[str, str], system: bytes
) -> None:
    terminal = start(environ={"COLORTERM": "truecolor", **environ})
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    terminal.press("q")

    assert terminal.wait_for_end() == 0
    sent = b" ".join(styles_sent(terminal))
    assert set(re.findall(rb"\b[34]8;(\d)\b", sent)) == {system}


def styles_sent(terminal: PseudoTerminal) -> set[bytes]:
    """The codes of every style that was sent."""
    return set(re.findall(rb"\x1b\[([0-9;:]*)m", terminal.output))


@pytest.mark.parametrize("said", [(0, 0), (100, 0), (0, 30)], ids=str)
def test_given_a_terminal_that_knows_no_size_when_run_then_80x24_until_it_is_known(
    tmp_path: Path, said: tuple[int, int]
) -> None:
    columns, rows = said[0] or 80, said[1] or 24
    unknown = ["sh", "-c", f'stty cols {said[0]} rows {said[1]}; exec "$@"', "sh", *COMMAND]
    with PseudoTerminal(unknown, tmp_path, columns=columns, rows=rows) as terminal:
        wait_for_picture(terminal)
        wait_for_progress(terminal)

        terminal.resize(110, 35)
        wait_for_picture(terminal)

        terminal.resize(0, 0)
        terminal.resize(80, 24)
        wait_for_picture(terminal)
        assert exit_status(terminal) == 0


def test_given_a_terminal_that_tells_its_size_itself_when_nobody_else_knows_then_it_is_drawn_so(
    tmp_path: Path,
) -> None:
    unknown = ["sh", "-c", 'stty cols 0 rows 0; exec "$@"', "sh", *COMMAND]
    with PseudoTerminal(unknown, tmp_path, columns=100, rows=30) as terminal:
        terminal.wait_for(lambda: b"\x1b[?2048$p" in terminal.output)
        terminal.press("\x1b[?2048;2$y" + "\x1b[48;30;100;600;1000t")

        wait_for_picture(terminal)
        terminal.press("q")
        assert terminal.wait_for_end() == 0


def test_given_a_terminal_with_one_screen_when_left_then_the_picture_is_gone(
    start: Start,
) -> None:
    terminal = start(environ={"TERM": "linux"})
    wait_for_picture(terminal)
    terminal.press("q")
    terminal.wait_for_end()

    # as the Linux console has it: the mode is not known, and all goes to the same screen
    console = pyte.Screen(100, 30)
    shown = ESCAPE_SEQUENCE.sub(
        lambda found: b"" if UNKNOWN_TO_PYTE.match(found[0]) else found[0], terminal.output
    )
    pyte.ByteStream(console).feed(shown)
    drawn = "\n".join(console.display)
    assert "+ Test points: real classes -" in drawn
    assert " moonwalk " not in drawn


def test_given_stdout_in_a_file_when_run_then_the_picture_is_as_large_as_the_terminal(
    start: Start, tmp_path: Path
) -> None:
    with (tmp_path / "report").open("wb") as stdout:
        terminal = start(stdout=stdout, columns=100, rows=30)
    terminal.wait_for("make_moons")
    terminal.wait_for(lambda: has_whole_picture(terminal), 5.0)
    terminal.resize(80, 24)
    terminal.wait_for(lambda: has_whole_picture(terminal), 5.0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_given_a_signal_when_running_then_the_terminal_is_as_before_and_a_report_comes(
    start: Start, number: signal.Signals
) -> None:
    terminal = start()
    wait_for_picture(terminal)

    terminal.process.send_signal(number)

    assert terminal.wait_for_end() == 128 + number
    assert_restored(terminal)
    assert "Test points: real classes" in terminal.scrollback


@pytest.mark.parametrize("paused", [False, True], ids=["running", "paused"])
def test_given_hangups_are_ignored_when_the_terminal_is_closed_then_only_the_host_stays(
    tmp_path: Path, paused: bool
) -> None:
    nohup = ["sh", "-c", 'trap "" HUP; exec "$0" "$@"', *COMMAND]
    with PseudoTerminal(nohup, tmp_path) as terminal:
        wait_for_picture(terminal)

        if paused:
            terminal.press(" ")
            terminal.wait_for(" paused ")

        terminal.hang_up()

        terminal.wait_for_end(SECONDS_TO_BE_GONE)
        assert_only_host_stays(terminal)


def test_given_a_terminal_that_does_not_read_when_left_then_no_picture_on_the_usual_screen(
    start: Start,
) -> None:
    terminal = start("--pace", "max", "--steps", "1000000000", columns=200, rows=60)
    wait_for_picture(terminal)
    wait_for_progress(terminal)
    # nobody reads from here on: until the line is full of pictures
    held, rows = -1, 60
    while held != (held := waiting_bytes(terminal)) or held < 3_000:
        rows = 119 - rows
        terminal.resize(200, rows)
        time.sleep(0.2)
    terminal.press("q")
    deadline = time.monotonic() + 20
    while len(terminal.processes) > 1:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.3)

    assert terminal.wait_for_end() == 0
    assert_restored(terminal)
    assert terminal.scrollback.startswith("After ")


def waiting_bytes(terminal: PseudoTerminal) -> int:
    """How much has been written that nobody has read."""
    count = array.array("i", [0])
    fcntl.ioctl(terminal._master, termios.FIONREAD, count)
    return count[0]


def test_given_nothing_seen_yet_when_left_then_it_exits_0(start: Start) -> None:
    terminal = start()
    terminal.wait_for("loading the data")
    terminal.press("q")

    assert terminal.wait_for_end() == 0
    assert_restored(terminal)
