"""What the dashboard is compared with: a run without it, a bare Textual app, an import, and a
snapshot early in a run.
"""

import re
import subprocess
import sys
import time
from typing import NamedTuple

import numpy as np
from watched_terminal import Progress, processor_seconds

from engine.config.checks import FULL_SPEED, MAX_STEPS
from engine.config.training_config import TrainingConfig
from engine.messages.view import View, Window
from engine.run.run import Run
from engine.wire import codec
from engine.wire.protocol import SnapshotReply

COMMAND = (sys.executable, "-m", "tui.cli.main")
BARE_APP = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("q", "quit", "")]
    def compose(self):
        yield Static("something")
Bare().run()
"""
DATA_IMPORTS = (
    "from sklearn.datasets import make_moons; from sklearn.model_selection import train_test_split"
)

VIEW = View(220, 46, 38, Window(nodes=16, inputs=3), known_points=0)
"""About what the dashboard draws at 120x40."""


class Rates(NamedTuple):
    """Steps a second."""

    wall: float
    processor: float
    """Of the processor time of the process that trains."""


def import_seconds() -> float:
    """How long Python takes to import what the data need."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", DATA_IMPORTS], check=True)
    return time.perf_counter() - began


def rates_between(begin: Progress, end: Progress) -> Rates:
    """The rates at which a run got from one to the other."""
    steps = end.step - begin.step
    return Rates(steps / (end.seconds - begin.seconds), steps / (end.busy - begin.busy))


def headless_rates(steps: int) -> Rates:
    """From the first line of progress, after a tenth of `steps`, to the last."""
    command = [*COMMAND, "--headless", "--json", "--steps", str(steps)]
    marks = []
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            found = re.match(r"step ([\d,]+) of", line)
            assert found is not None, line
            step = int(found[1].replace(",", ""))
            marks.append(Progress(time.perf_counter(), processor_seconds(process.pid), step))
    return rates_between(marks[0], marks[-1])


def run_with_history(losses: int) -> Run:
    """A run that has recorded so many losses without having trained."""
    run, rng = Run(TrainingConfig(steps=MAX_STEPS), FULL_SPEED), np.random.default_rng(0)
    histories = (run.trainer.losses.train, losses), (run.trainer.losses.test, losses // 50)
    for history, count in histories:
        history.append(rng.random(count))
    return run


def snapshot_seconds(run: Run) -> float:
    """One snapshot and the message that it becomes."""
    began = time.perf_counter()
    codec.frame(SnapshotReply(1, run.snapshot(VIEW)))
    return time.perf_counter() - began
