"""What the tests in a pseudo-terminal share."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from dashboard_terminal import COMMAND, Start
from pseudo_terminal import PseudoTerminal
from shell import Shell


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
