"""Figures beside those to reach, as a table, and what else the machine did meanwhile."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, and the one to reach if there is one."""

    what: str
    figure: float
    unit: str = ""
    goal: float | None = None
    at_least: bool = False
    note: str = ""
    others: float = 0.0
    """Processors that other programs kept busy meanwhile."""

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table says."""
        goal, verdict = "", ""
        if self.goal is not None:
            met = self.figure >= self.goal if self.at_least else self.figure <= self.goal
            goal = f"{'≥' if self.at_least else '≤'} {self.goal:g} {self.unit}"
            verdict = "yes" if met else "no"
        shown = f"{self.figure:.3g}" if abs(self.figure) < 100 else f"{self.figure:,.0f}"
        return self.what, f"{shown} {self.unit}", goal, verdict, f"{self.others:.1f}", self.note


class Load:
    """What the machine does besides, from now on."""

    def __init__(self) -> None:
        self._load = os.getloadavg()[0]
        self._began = time.perf_counter()
        self._busy, self._own = busy_seconds(), own_seconds()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.perf_counter() - self._began

    @property
    def others(self) -> float:
        """Processors that other programs kept busy meanwhile."""
        busy, own = busy_seconds() - self._busy, own_seconds() - self._own
        return max(busy - own, 0.0) / self.seconds

    def __str__(self) -> str:
        return (
            f"load {self._load:.1f} before; in these {self.seconds:.0f} s, other programs kept"
            f" {self.others:.2f} of {os.cpu_count()} processors busy"
        )


def busy_seconds() -> float:
    """Processor time of all programs since the machine was started."""
    user, nice, system, _, _, irq, soft = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def own_seconds() -> float:
    """Processor time of this program, and of those it started that have ended."""
    return sum(os.times()[:4])


def show(title: str, lines: Sequence[Line], caption: str) -> None:
    """Print the table."""
    table = Table(title=title, caption=caption)
    table.add_column("what", no_wrap=True)
    for heading in ("measured", "to reach", "", "others"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("besides", no_wrap=True)
    for line in lines:
        table.add_row(*line.cells)
    Console(width=160).print(table)
