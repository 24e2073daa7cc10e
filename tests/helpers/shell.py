"""A person's shell beside the dashboard: other commands of theirs, and the runs that they have."""

import json
import os
import re
import subprocess
from pathlib import Path

from helpers.dashboard_terminal import COMMAND, wait_for_picture
from helpers.pseudo_terminal import PseudoTerminal

LONG = ("--steps", "1000000000")


class Shell:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "state" / "moonwalk" / "runs"

    def moonwalk(self, *args: str) -> subprocess.CompletedProcess[str]:
        environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "MOONWALK_SOCKETS": str(self.home / "sockets"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            [*COMMAND, *args],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def runs(self) -> list[dict[str, object]]:
        result = self.moonwalk("list", "--json")
        return json.loads(result.stdout) if result.stdout else []


def detached(terminal: PseudoTerminal) -> str:
    """Leave the run to itself; its name."""
    wait_for_picture(terminal)
    terminal.press("d")
    assert terminal.wait_for_end() == 0
    found = re.fullmatch(
        r"moonwalk: the run (\w+) goes on; moonwalk attach \1 comes back to it",
        terminal.scrollback,
    )
    assert found is not None, terminal.scrollback
    return found[1]
