"""The pseudo-terminal of the tests, for somebody who presses anything and seldom looks."""

import os
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from helpers.pseudo_terminal import PseudoTerminal

USUAL = (100, 30)


class SoakTerminal(PseudoTerminal):
    """Draws only while somebody looks: 500x200 cells take pyte longer than the program."""

    looks = True

    def _show(self, data: bytes) -> None:
        if self.looks:
            super()._show(data)

    def look(self) -> None:
        """Have everything drawn, at the usual size."""
        self.looks = True
        self._switch_screen(True)
        self.resize(USUAL[0] + 1, USUAL[1])
        self.watch(0.3)
        self.resize(*USUAL)
        self.wait_for(
            lambda: re.search(r"step +[\d,]+ /|too large at|q leaves", self.text) is not None
        )

    def watch(self, seconds: float) -> None:
        """Take in what comes in that time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)


def resident(pid: int) -> float:
    """Megabytes that the process takes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
