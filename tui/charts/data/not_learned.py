"""What of a file is not learnt, in words."""

from collections.abc import Sequence

from tui.drawing.number_format import thousands


def not_learned(left_out: int, ignored: Sequence[str]) -> list[str]:
    """A line for the rows that are `left_out` and one for the `ignored` columns, where there are any."""
    lines = []
    if left_out:
        rows = "1 row was" if left_out == 1 else f"{thousands(left_out)} rows were"
        lines.append(f"{rows} left out: a value is missing")
    if ignored:
        lines.append(f"not used, as they hold no numbers: {', '.join(ignored)}")
    return lines
