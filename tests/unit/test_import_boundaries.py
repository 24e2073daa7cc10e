"""The engine stands alone: importing it loads nothing of the terminal, nor scikit-learn."""

import importlib.util
import subprocess
import sys

import pytest

FORBIDDEN = ("tui", "textual", "rich", "plotext", "click", "sklearn")


def test_import_engine_loads_none_of_the_interface_and_no_scikit_learn() -> None:
    """Given a fresh interpreter, when engine is imported, then none of these is there."""
    program = "import engine, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(finished.stdout.split())
    assert {"engine", "numpy"} <= loaded
    assert loaded.isdisjoint(FORBIDDEN)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_must_not_be_loaded_exists_under_that_name(name: str) -> None:
    """Given the names above, then they could be imported, so that their absence means something."""
    assert importlib.util.find_spec(name) is not None
