"""How fast the engine trains, beside others that do the same work in the same minute.

    python tests/benchmarks/engine_speed.py [--before CHECKOUT] [--quick]

A shared machine is noisy and no two are alike, so nothing here is compared with a figure from
another day. Every contender makes a turn of some tens of milliseconds, all of them in turn, round
after round; a ratio is the median, over the rounds, of the ratio of two turns of the same round.
One round beforehand, uncounted, makes arrays, compiles and warms the caches.

All of them work in float64, on one thread unless OPENBLAS_NUM_THREADS says otherwise, and whoever
trains also records the loss of every step. The engine takes its test losses besides. What each
contender does, its module in `contenders` says.

JAX and PyTorch take part if they are installed, and PyTorch with whichever of its optimizers is the
faster. The version before is another checkout with a `.venv`; both versions then make the default run
in processes of their own, and whether they come to the same parameters is said, too.
"""

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", os.environ["OPENBLAS_NUM_THREADS"])
os.environ.setdefault("MKL_NUM_THREADS", os.environ["OPENBLAS_NUM_THREADS"])
os.environ.setdefault(
    "XLA_FLAGS",
    "--xla_cpu_multi_thread_eigen=false"
    f" intra_op_parallelism_threads={os.environ['OPENBLAS_NUM_THREADS']}",
)

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from contenders import jax_scan, workload
from contenders.bare_products import issued_turn, matmul_turn
from contenders.pytorch import training_turn
from contenders.scikit_learn import fit_turn
from contenders.version import Version
from contenders.workload import Turn, Workload
from figures import Line, Load, show
from memory import memory_line
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
THREADS = int(os.environ["OPENBLAS_NUM_THREADS"])


@dataclass(frozen=True, slots=True)
class Contender:
    """Something whose step takes time."""

    name: str
    turn: Turn
    seconds: list[float] = field(default_factory=list)
    """A step, one figure a round."""


@dataclass(frozen=True, slots=True)
class Match:
    """The engine and others at the same work."""

    work: str
    steps: int
    """A turn."""
    engine: Contender
    rivals: list["Rival"] = field(default_factory=list)

    @property
    def contenders(self) -> Iterator[Contender]:
        yield self.engine
        for rival in self.rivals:
            yield from rival.ways


@dataclass(frozen=True, slots=True)
class Rival:
    """What the engine is compared with, in each of the ways that it can do the work."""

    ways: list[Contender]
    goal: float | None = None
    is_floor: bool = False
    """The ratio is of times, at most `goal`; otherwise of speeds, at least that."""


def rival(name: str, turn: Turn, goal: float, *, is_floor: bool = False) -> Rival:
    """One that does it in one way."""
    return Rival([Contender(name, turn)], goal, is_floor)


def torch_rival(work: Workload, goal: float) -> Rival:
    """PyTorch with either of its optimizers."""
    ways = [
        Contender(f"PyTorch, {how}", training_turn(work, THREADS, how))
        for how in ("foreach", "fused")
    ]
    return Rival(ways, goal)


def match(work: Workload, *rivals: Rival) -> Match:
    """The engine and others at `work`."""
    return Match(work.name, work.steps, Contender("engine", work.engine()), list(rivals))


def matches() -> Iterator[Match]:
    """All but that with the version before."""
    default, small, table = (
        workload.default_run(),
        workload.small_batches(),
        workload.table_run(),
    )
    scan = [rival("JAX, one scan", jax_scan.scan_turn(default), 1.0)] if has("jax") else []
    yield match(
        default,
        *scan,
        rival("scikit-learn", fit_turn(default), 5.0),
        rival("bare products, np.matmul", matmul_turn(default), 1.7, is_floor=True),
        rival("bare products, as issued", issued_turn(default), 1.7, is_floor=True),
    )
    yield match(workload.article_run())
    yield match(small, rival("scikit-learn", fit_turn(small), 4.0))
    of_table = rival("scikit-learn", fit_turn(table), 1.5)
    if not has("torch"):
        yield match(table, of_table)
        return
    adam, wide = workload.adam_run(), workload.wide_run()
    yield match(adam, torch_rival(adam, 5.0))
    yield match(table, of_table, torch_rival(table, 1.0))
    yield match(wide, torch_rival(wide, 1.05))


def has(package: str) -> bool:
    return find_spec(package) is not None


def version_match(now: Version, before: Version) -> Match:
    """The default run of two versions."""
    return Match(
        "default run, each in its own process",
        1000,
        Contender("engine", now.turn),
        [rival("the version before", before.turn, 0.98)],
    )


def measure(all_of: list[Match], rounds: int) -> None:
    """Every contender makes a turn a round, the first of which is not counted."""
    for number in range(rounds + 1):
        for one in all_of:
            # now from the one end, now from the other: who comes second finds the caches full
            turns = list(one.contenders)[:: 1 if number % 2 else -1]
            for contender in turns:
                start = time.perf_counter()
                contender.turn(one.steps)
                if number:
                    contender.seconds.append((time.perf_counter() - start) / one.steps)


def ratio_line(one: Match, other: Rival, others: float) -> Line:
    """The engine to the fastest way of another."""
    best = min(other.ways, key=lambda way: statistics.median(way.seconds))
    pairs = list(zip(one.engine.seconds, best.seconds, strict=True))
    ratio = statistics.median(a / b if other.is_floor else b / a for a, b in pairs)
    unit = "x the time" if other.is_floor else "x the speed"
    what = f"{one.work}: over {best.name}"
    return Line(what, ratio, unit, other.goal, not other.is_floor, others=others)


def show_times(all_of: list[Match]) -> None:
    """What a step of each contender takes."""
    table = Table(title=f"Training steps, {THREADS} thread(s): medians")
    for heading in ("work", "who"):
        table.add_column(heading, no_wrap=True)
    for heading in ("µs a step", "steps a second"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in all_of:
        for contender in one.contenders:
            middle = statistics.median(contender.seconds)
            table.add_row(one.work, contender.name, f"{middle * 1e6:,.1f}", f"{1 / middle:,.0f}")
    Console(width=160).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast the engine trains.")
    parser.add_argument("--rounds", type=int, default=21, help="counted rounds (default 21)")
    parser.add_argument("--quick", action="store_true", help="five rounds, and no memory")
    parser.add_argument("--before", type=Path, metavar="CHECKOUT", help="the version before")
    chosen = parser.parse_args()
    rounds = 5 if chosen.quick else max(1, chosen.rounds)

    load = Load()
    # before this process grows: the peak of a process counts from that of its parent
    measured = [] if chosen.quick else [memory_line()]
    notes = [f"{name} is not installed: left out" for name in ("jax", "torch") if not has(name)]
    with ExitStack() as stack:
        all_of = list(matches())
        if chosen.before:
            now, before = (
                stack.enter_context(closing(Version(checkout)))
                for checkout in (ROOT, chosen.before)
            )
            all_of.insert(0, version_match(now, before))
        measure(all_of, rounds)
        if chosen.before:
            alike = "the same" if now.digest == before.digest else "NOT the same"
            notes.append(f"both versions came to {alike} parameters")
    others = load.others
    lines = [ratio_line(one, other, others) for one in all_of for other in one.rivals]
    lines += measured
    show_times(all_of)
    show(f"the engine, medians of {rounds} rounds", lines, "; ".join([*notes, str(load)]))


if __name__ == "__main__":
    main()
