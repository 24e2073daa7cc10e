"""What memory a run takes that learns from a large file: the most that it ever has, in a process of its own.

    python tests/benchmarks/memory.py [--rows 1000000]

The file has ten columns of numbers, the last of them the class. What the same command takes with a file
of 1,000 rows (Python, its modules, the network) is subtracted; the rest is compared with the data
themselves, eight bytes a number.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from figures import Line, Load, show

COLUMNS, FEW_ROWS, ROWS = 10, 1_000, 1_000_000
GOAL = 3.0
OPTIONS = ("--headless", "--batch", "128", "--steps", "1000")


def write_table(path: Path, rows: int) -> None:
    """A table of so many rows, of which every thousandth is the same."""
    rng = np.random.default_rng(0)
    values = rng.normal(size=(FEW_ROWS, COLUMNS - 1))
    classes = (values[:, 0] * values[:, 1] > 0).astype(int)
    lines = [
        ",".join([*(f"{value:.5f}" for value in row), str(number)])
        for row, number in zip(values.tolist(), classes.tolist(), strict=True)
    ]
    block = "\n".join(lines) + "\n"
    with path.open("w") as file:
        file.write(",".join(f"x{number}" for number in range(1, COLUMNS)) + ",class\n")
        for _ in range(rows // FEW_ROWS):
            file.write(block)


def peak_bytes(path: Path, home: Path) -> int:
    """The most memory that a run on this file ever has. RuntimeError if it fails."""
    command = [sys.executable, "-m", "tui.cli.main", *OPTIONS, "--data", str(path)]
    environment = os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr
        said = process.stderr.read().decode()  # to its end, so that it never waits for a reader
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(said.strip().rpartition("\n")[2])
    return usage.ru_maxrss * 1024


def memory_line(rows: int = ROWS) -> Line:
    """The line of the table."""
    load = Load()
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        few, many = Path(folder, "few.csv"), Path(folder, "many.csv")
        write_table(few, FEW_ROWS)
        write_table(many, rows)
        taken = peak_bytes(many, Path(folder)) - peak_bytes(few, Path(folder))
    data = rows * COLUMNS * 8
    note = f"{taken / 1e6:,.0f} MB for {data / 1e6:,.0f} MB"
    what = f"memory, {rows:,} rows of {COLUMNS} columns, over the data"
    return Line(what, taken / data, "x", GOAL, note=note, others=load.others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS, help="of the file (default 1,000,000)")
    rows = parser.parse_args().rows
    load = Load()
    line = memory_line(max(rows, FEW_ROWS))
    show("what memory a run on a large file takes", [line], str(load))


if __name__ == "__main__":
    main()
