"""The command line of a benchmark that has parts: measures those that are named, or all."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from figures import Line, Load, show


def measure_parts(title: str, parts: Sequence[str], bench_in: Callable[[bool, Path], Any]) -> None:
    """Show the lines of each part, a method of what `bench_in` makes of whether to be quick and of a
    folder for the files of what it starts.
    """
    parser = argparse.ArgumentParser(description=f"Measure {title[0].lower()}{title[1:]}.")
    parser.add_argument("--quick", action="store_true", help="measure for a shorter time")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of: {', '.join(parts)}")
    args = parser.parse_args()
    unknown = set(args.parts) - set(parts)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")

    lines: list[Line] = []
    load = Load()
    with tempfile.TemporaryDirectory() as home:
        bench = bench_in(args.quick, Path(home))
        for name in args.parts or parts:
            print(f"measuring: {name}", file=sys.stderr)
            meanwhile = Load()
            of_part: list[Line] = getattr(bench, name)()
            lines += [replace(line, others=meanwhile.others) for line in of_part]
    show(title, lines, str(load))
