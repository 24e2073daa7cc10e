"""The engine stands alone: importing it loads nothing of the terminal, and no library."""

import importlib.util
import subprocess
import sys

import pytest

FORBIDDEN = ("tui", "textual", "rich", "plotext", "click", "sklearn", "numpy", "msgspec")


def test_import_engine_loads_nothing_of_the_interface_and_no_library() -> None:
    """Given a fresh interpreter, when engine is imported, then none of these is there."""
    program = "import engine, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(finished.stdout.split())
    assert "engine" in loaded
    assert loaded.isdisjoint(FORBIDDEN)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_must_not_be_loaded_exists_under_that_name(name: str) -> None:
    """Given the names above, then they could be imported, so that their absence means something."""
    assert importlib.util.find_spec(name) is not None
