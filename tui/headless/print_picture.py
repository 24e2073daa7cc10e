"""Prints a picture on stdout, where it stays in the terminal's scrollback."""

import os
import sys

from rich.console import Console
from rich.text import Text

from tui.drawing.picture import Picture
from tui.terminal.terminal_types import color_system


def print_picture(picture: Picture) -> None:
    """Colours only where stdout is a terminal that has them."""
    # Rich would colour a pipe, too, where FORCE_COLOR is set
    terminal = sys.stdout.isatty()
    console = Console(
        highlight=False,
        soft_wrap=True,
        width=max(picture.columns, 1),
        force_terminal=terminal,
        color_system=color_system(os.environ) if terminal else None,
    )
    for row in range(picture.rows):
        line = Text()
        for segment in picture.segments(row):
            line.append(segment.text, segment.style)
        line.rstrip()
        console.print(line)
