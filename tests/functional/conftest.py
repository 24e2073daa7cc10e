"""What the tests in a pseudo-terminal share."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from helpers.command_line import SETTLED
from helpers.dashboard_terminal import COMMAND, Start
from helpers.pseudo_terminal import PseudoTerminal
from helpers.shell import Shell


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program with the given arguments, in a terminal as the keywords say."""
    with ExitStack() as open_terminals:

        def begin(*args: str, **options: Any) -> PseudoTerminal:
            return open_terminals.enter_context(
                PseudoTerminal([*COMMAND, *args], tmp_path, **options)
            )

        yield begin


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Commands of the same person, without a terminal."""
    shell = Shell(tmp_path)
    yield shell
    for run in shell.runs():
        with suppress(ProcessLookupError):
            os.kill(run["pid"], signal.SIGKILL)


@pytest.fixture
def private_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No log outside of this test, and a terminal type and colours asked for in vain."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("LANG", "C.UTF-8")
    for variable in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLUMNS", "_MOONWALK_COMPLETE"):
        monkeypatch.delenv(variable, raising=False)
    for variable in SETTLED:  # set first, so that it is undone what `main` makes of them here
        monkeypatch.setenv(variable, "")
        monkeypatch.delenv(variable)
