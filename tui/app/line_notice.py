"""What a person is told of the line to the terminal."""

from tui.terminal.line_meter import LineFigures

SLOW_SECONDS, QUICK_SECONDS = 1.0, 0.7
"""A frame that takes longer makes a line slow, and one below the second makes it quick again."""


def line_notice(line: LineFigures, before: str) -> str:
    """What is wrong with the line, for the header, where `before` stood there; empty if nothing is."""
    seconds = line.frame_seconds
    if seconds is None or seconds < (QUICK_SECONDS if before else SLOW_SECONDS):
        return ""
    return f"slow line: a frame takes {max(round(seconds), 1)} s"


def line_text(line: LineFigures) -> str:
    """The figures of the line, as far as they are known."""
    if line.round_trip is None:
        return ""
    rate = line.bytes_per_second
    carries = "" if rate is None else f" {rate / 1000:.1f} kB/s"
    return f"line {line.round_trip * 1000:.0f} ms{carries}"
