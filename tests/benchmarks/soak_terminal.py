"""The pseudo-terminal of the tests, for somebody who presses anything and seldom looks."""

import os
import random
import re
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from helpers.pseudo_terminal import PseudoTerminal

USUAL = (100, 30)

REQUEST, ANSWER = b"\x1b[5n", "\x1b[0n"
"""Whether all before it was displayed, and that it was."""
MOST_LATE_SECONDS = 3.0

SLOW_PIECE_BYTES = 64
QUIET_SECONDS = 1.5
PATIENCE_SECONDS = 30.0


class SoakTerminal(PseudoTerminal):
    """Draws only while somebody looks: 500x200 cells take pyte longer than the program."""

    looks = True
    rate: float | None = None
    """Bytes a second that are read; None for as fast as they come."""
    late = 0.0
    """The share of the requests that are answered seconds later."""
    missing = 0.0
    """The share of those that are never answered."""

    def __init__(self, *args: Any, chance: random.Random, **options: Any) -> None:
        super().__init__(*args, **options)
        self._chance = chance
        self._due: list[float] = []
        self._searched = 0

    def _show(self, data: bytes) -> None:
        if self.looks:
            super()._show(data)

    def read(self, seconds: float) -> None:
        """Take in what comes, at the rate of the line, and answer what is asked."""
        if self.rate is None:
            self.read_bytes = 1 << 16
        else:
            self.read_bytes = SLOW_PIECE_BYTES
            time.sleep(SLOW_PIECE_BYTES / self.rate)
        super().read(seconds)
        self._answer()

    def _answer(self) -> None:
        now = time.monotonic()
        while (found := self.output.find(REQUEST, self._searched)) >= 0:
            self._searched = found + len(REQUEST)
            if self._chance.random() >= self.missing:
                late = self._chance.random() < self.late
                self._due.append(now + self._chance.uniform(0, MOST_LATE_SECONDS * late))
        self._searched = max(self._searched, len(self.output) - len(REQUEST) + 1)
        answered = [due for due in self._due if due <= now]
        self._due = [due for due in self._due if due > now]
        if answered and not self._ended:
            with suppress(OSError):
                self.press(ANSWER * len(answered))

    def be_quick(self) -> None:
        """Read and answer as a near terminal does."""
        self.rate, self.late, self.missing = None, 0.0, 0.0

    def look(self) -> None:
        """Have everything drawn, at the usual size, unless it is over."""
        self.be_quick()
        self.looks = True
        self._switch_screen(True)
        self.repaint()
        self.wait_for(
            lambda: (
                self._ended
                or re.search(r"step +[\d,]+ /|too large at|q leaves", self.text) is not None
            )
        )

    def repaint(self) -> None:
        """Have the whole screen sent again."""
        self.resize(USUAL[0] + 1, USUAL[1])
        self.watch(0.3)
        self.resize(*USUAL)
        self.watch(0.3)

    def when_quiet(self) -> list[str]:
        """The screen once nothing has come for a while."""
        end = time.monotonic() + PATIENCE_SECONDS
        sent, since = len(self.output), time.monotonic()
        while time.monotonic() - since < QUIET_SECONDS and time.monotonic() < end:
            self.read(0.1)
            if len(self.output) != sent:
                sent, since = len(self.output), time.monotonic()
        return self.screen

    def watch(self, seconds: float) -> None:
        """Take in what comes in that time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)


def resident(pid: int) -> float:
    """Megabytes that the process takes."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
