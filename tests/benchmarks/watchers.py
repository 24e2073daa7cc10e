"""What watchers cost a run.

    python tests/benchmarks/watchers.py [--quick]

A run trains as fast as it goes in a host that others can attach to. Its rate is taken with nobody
there, with watchers that all draw the same, and with as many that each draw another size: round
after round in turns, each beside that round's rate with nobody there, and of these the median.

- *wall*: steps over the time on the wall.
- *corrected*: the same, over the processors that the watchers leave to the host, which needs one:
  what they take of a machine's two beyond the second, they take from the training.
- *processor*: steps over the processor time of the host. What it answers counts; on a busy machine
  it counts for more, as there are fewer steps beside it.
- *of a snapshot*: the processor time of the host beyond that for its steps, over the snapshots;
  hardly minds what else the machine does.

The watchers are in one process of their own. Each asks as a dashboard does: ten times a second, for
what one of 120x40 draws.
"""

import argparse
import asyncio
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
from beside import VIEW
from figures import Line, Load, show
from watched_terminal import processor_seconds

from engine.client.attached import AttachedSession
from engine.client.discovery import runs
from engine.client.process import ProcessSession
from engine.config.checks import FULL_SPEED
from engine.config.training_config import TrainingConfig
from engine.messages.run_request import Fresh, RunPlaces
from engine.messages.view import View

WATCHERS, FRAMES_PER_SECOND, PROCESSORS = 20, 10.0, 2
PERIOD = 0.9 / FRAMES_PER_SECOND
"""As a dashboard has it: a host with frames of the same length is not to be missed by a hair."""

WARM_UP_SECONDS = 1.0
GOAL = 0.9
SNAPSHOT_GOAL = (1 - GOAL) * 1e3 / (WATCHERS * FRAMES_PER_SECOND)
"""Milliseconds, with which a host that has a processor for itself just meets the other goal."""


class Rates(NamedTuple):
    """Of one window."""

    wall: float
    """Steps a second."""
    processor: float
    """Steps a second of the host's processor time."""
    watchers: float
    """Processors that the watchers kept busy."""
    frames: float
    """Snapshots that each of them got a second."""

    @property
    def corrected(self) -> float:
        """The wall rate, had the watchers run on a machine of their own."""
        return self.wall / min(1.0, PROCESSORS - self.watchers)


async def watch(folder: Path, name: str, view: View) -> None:
    """Look as a dashboard does, for ever; a byte to stdout for every snapshot."""
    session = AttachedSession(folder, name, watches=True)
    await session.start()
    revision = -1
    while True:
        snapshot = await session.snapshot(view, after=revision)
        revision = snapshot.revision
        os.write(1, b".")
        await asyncio.sleep(PERIOD)


async def watch_all(folder: Path, name: str, views: list[View]) -> None:
    """All the watchers of one process."""
    await asyncio.gather(*(watch(folder, name, view) for view in views))


def views(kind: str) -> list[View]:
    """What the watchers draw."""
    if kind == "nobody":
        return []
    if kind == "of one size":
        return [VIEW] * WATCHERS
    return [
        msgspec.structs.replace(
            VIEW,
            series_points=VIEW.series_points + 2 * (at - WATCHERS // 2),
            field_columns=VIEW.field_columns + at - WATCHERS // 2,
        )
        for at in range(WATCHERS)
    ]


@contextmanager
def watchers(folder: Path, name: str, kind: str, output: Path) -> Iterator[int]:
    """The process of the watchers, while they watch."""
    command = [sys.executable, __file__, "--watch", str(folder), name, kind]
    with output.open("wb") as stdout, subprocess.Popen(command, stdout=stdout) as process:
        try:
            while views(kind) and output.stat().st_size < 2 * WATCHERS:
                time.sleep(0.05)
                assert process.poll() is None, "the watchers are gone"
            yield process.pid
        finally:
            process.kill()


async def rates(folder: Path, name: str, kind: str, seconds: float) -> Rates:
    """What the run makes while they watch."""
    output = folder / "frames"
    with watchers(folder, name, kind, output) as pid:
        await asyncio.sleep(WARM_UP_SECONDS)
        marks = []
        for wait in (seconds, 0.0):
            [status] = await runs(folder)
            assert status.watchers == len(views(kind))
            busy = (
                processor_seconds(status.pid),
                processor_seconds(pid) if kind != "nobody" else 0,
            )
            marks.append((time.perf_counter(), status.step, *busy, output.stat().st_size))
            await asyncio.sleep(wait)
    wall, steps, host, watching, frames = (
        after - before for before, after in zip(*marks, strict=True)
    )
    each = frames / wall / WATCHERS
    return Rates(steps / wall, steps / host, watching / wall, each)


KINDS = ("nobody", "of one size", "of all sizes")


async def measure(rounds: int, seconds: float) -> list[Line]:
    """All lines of the table."""
    found: dict[str, list[Rates]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        config = TrainingConfig(steps=10**9)
        home = RunPlaces(socket_folder=folder)
        founder = ProcessSession(Fresh(config, FULL_SPEED), FRAMES_PER_SECOND, home)
        try:
            await founder.start()
            name = founder.name
            await founder.leave()
            for _ in range(rounds):
                for kind in KINDS:
                    load = Load()
                    found[kind].append(await rates(Path(folder), name, kind, seconds))
                    print(f"{kind}: {found[kind][-1]}; {load}", file=sys.stderr)
        finally:
            with_name = AttachedSession(Path(folder), founder.name)
            await with_name.start()
            await with_name.close()
    return lines(found)


def lines(found: dict[str, list[Rates]]) -> list[Line]:
    """Medians, and of the ratios within each round."""

    def middle(kind: str, figure: str) -> float:
        return statistics.median(getattr(one, figure) for one in found[kind])

    def ratio(kind: str, figure: str) -> float:
        return statistics.median(
            getattr(one, figure) / getattr(alone, figure)
            for one, alone in zip(found[kind], found["nobody"], strict=True)
        )

    def snapshot_seconds(kind: str) -> float:
        return statistics.median(
            (one.wall / one.processor - one.wall / alone.processor) / (one.frames * WATCHERS)
            for one, alone in zip(found[kind], found["nobody"], strict=True)
        )

    table = [
        Line("nobody watches: training rate, wall", middle("nobody", "wall"), "steps/s"),
        Line("nobody watches: of host's processor time", middle("nobody", "processor"), "steps/s"),
    ]
    for kind in KINDS[1:]:
        what = f"{WATCHERS} watchers {kind}"
        note = f"{middle(kind, 'frames'):.1f} frames/s each"
        table += [
            Line(f"{what}: training rate, wall", middle(kind, "wall"), "steps/s", note=note),
            Line(f"{what}: processors they take", middle(kind, "watchers")),
            Line(f"{what}: wall rate to nobody's", ratio(kind, "wall")),
            Line(f"{what}: the same, corrected", ratio(kind, "corrected"), "", GOAL, True),
            Line(f"{what}: per processor time", ratio(kind, "processor"), "", GOAL, True),
            Line(f"{what}: of a snapshot", snapshot_seconds(kind) * 1e3, "ms", SNAPSHOT_GOAL),
        ]
    return table


def main() -> None:
    """Measure and print, or be the watchers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--watch", nargs=3, metavar=("FOLDER", "RUN", "KIND"), help="for itself")
    chosen = parser.parse_args()
    if chosen.watch:
        folder, name, kind = chosen.watch
        asyncio.run(watch_all(Path(folder), name, views(kind)))
        return
    load = Load()
    table = asyncio.run(measure(*((3, 2.0) if chosen.quick else (7, 5.0))))
    show("what watchers cost a run at full speed", table, str(load))


if __name__ == "__main__":
    main()
