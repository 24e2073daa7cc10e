"""The engine stands alone: importing it loads nothing of the terminal, and no library."""

import importlib.util
import subprocess
import sys

import pytest

FORBIDDEN = ("tui", "textual", "rich", "plotext", "click", "sklearn", "numpy", "msgspec")


def test_given_a_fresh_interpreter_when_engine_is_imported_then_nothing_of_the_interface_and_no_library_is() -> (
    None
):
    program = "import engine, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(finished.stdout.split())
    assert "engine" in loaded
    assert loaded.isdisjoint(FORBIDDEN)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_given_the_forbidden_names_when_looked_for_then_they_could_be_imported(name: str) -> None:
    """Given the names above, then they could be imported, so that their absence means something."""
    assert importlib.util.find_spec(name) is not None
