"""What the tests in a pseudo-terminal share."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from dashboard_terminal import COMMAND, Start
from pseudo_terminal import PseudoTerminal


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program with the given arguments, in a terminal as the keywords say."""
    with ExitStack() as open_terminals:

        def begin(*args: str, **options: Any) -> PseudoTerminal:
            return open_terminals.enter_context(
                PseudoTerminal([*COMMAND, *args], tmp_path, **options)
            )

        yield begin
