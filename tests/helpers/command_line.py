"""The command without a dashboard: what it prints where, and how it ends."""

import os
import subprocess
import sys

from engine.config.threads import THREAD_SETTINGS
from helpers.dashboard_terminal import COMMAND

SETTLED = {
    **dict.fromkeys(THREAD_SETTINGS, "1"),
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_COLOR_SYSTEM": "256",
}
"""What `main` settles for NumPy and Textual."""


def moonwalk(*args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command without a terminal, all streams piped."""
    return subprocess.run(
        [*COMMAND, *args],
        env=os.environ | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )


def in_shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run `line`, in which $MOONWALK stands for the command."""
    environ = os.environ | {"MOONWALK": f"{sys.executable} -m tui.cli.main"}
    return subprocess.run(
        ["sh", "-c", line], env=environ, capture_output=True, text=True, timeout=60
    )


def without_reader(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a pipe for stdout that nobody reads from."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [*COMMAND, *args], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60
        )
    finally:
        os.close(writer)
