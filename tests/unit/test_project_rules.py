"""The rules of the project that tools check; the one test command runs them all."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
}


@pytest.mark.slow
@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS.keys())
def test_given_the_code_when_checked_then_the_tool_has_no_complaint(command: list[str]) -> None:
    tool = SCRIPTS / command[0]

    result = subprocess.run(
        [tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_given_the_readme_when_compared_then_ci_runs_its_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    readme = (ROOT / "README.md").read_text()
    command = script.strip().splitlines()[-1]

    assert command.endswith("pytest -n auto")
    assert command in readme


def test_given_the_top_level_when_listed_then_it_holds_the_project_and_nothing_else() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    visible = {path.split("/")[0] for path in tracked if not path.startswith(".")}

    assert visible == {"engine", "tui", "tests", "pyproject.toml", "README.md"}
