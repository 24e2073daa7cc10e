"""The program in a pseudo-terminal, and what can be asked of it."""

import re
import sys
from collections.abc import Callable

from helpers.pseudo_terminal import PseudoTerminal

COMMAND = (sys.executable, "-m", "tui.cli.main")
UP, DOWN, CONTROL_C, CONTROL_P, ESCAPE = "\x1b[A", "\x1b[B", "\x03", "\x10", "\x1b"

STEP = r"step +([\d,]+) /"
SECONDS_TO_BE_GONE = 8.0
"""How long a process may outlive what it was for."""

Start = Callable[..., PseudoTerminal]
"""What the fixture `start` gives."""


def has_whole_picture(terminal: PseudoTerminal) -> bool:
    """Whether every line and pane is at its place, in the size that the terminal has now."""
    first, *panes, status, figures, keys = terminal.screen
    return (
        first.startswith(" moonwalk   make_moons ")
        and any(" Loss " in row for row in panes)
        and all(row[0] in "╭│╰+|" and row[-1] in "╮│╯+|" for row in panes)
        and re.search(STEP, status) is not None
        and figures.startswith(" alpha ")
        and re.fullmatch(r"( u undo restart )? space (pause|go on) .* q (quit|leave) *", keys)
        is not None
    )


def wait_for_picture(terminal: PseudoTerminal) -> None:
    terminal.wait_for(lambda: has_whole_picture(terminal))


def step_of(terminal: PseudoTerminal) -> int:
    return int(terminal.wait_for_match(STEP).replace(",", ""))


def wait_for_progress(terminal: PseudoTerminal) -> None:
    before = step_of(terminal)
    terminal.wait_for(lambda: step_of(terminal) > before)


def assert_gone(terminal: PseudoTerminal) -> None:
    """No process is left, or will be soon."""
    terminal.wait_for(lambda: not terminal.processes, SECONDS_TO_BE_GONE)


def hosts(terminal: PseudoTerminal) -> list[int]:
    """The processes that train."""
    return [each.pid for each in terminal.processes if "engine.host" in each.command]


def assert_only_host_stays(terminal: PseudoTerminal) -> None:
    """Of all processes, only the one that trains is left, or will be soon."""
    terminal.wait_for(
        lambda: [each.pid for each in terminal.processes] == hosts(terminal) != [],
        SECONDS_TO_BE_GONE,
    )


def assert_restored(terminal: PseudoTerminal) -> None:
    """The terminal is as it was before, and nothing of the program is left."""
    assert (terminal.unusual, terminal.processes) == ([], [])
    assert "Traceback" not in terminal.printed


def exit_status(terminal: PseudoTerminal) -> int:
    """Quit; what the program leaves with, once the terminal has been found as it was before."""
    terminal.press("q")
    status = terminal.wait_for_end()
    assert_restored(terminal)
    return status
