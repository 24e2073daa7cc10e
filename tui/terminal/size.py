"""How large the terminal is, also where it does not know that itself."""

import fcntl
import os
import struct
import termios

USUAL_COLUMNS, USUAL_ROWS = 80, 24
"""What a terminal is taken to have that says 0, as a serial console and a scripted ssh do."""


def terminal_size(descriptor: int) -> tuple[int, int]:
    """Columns and rows of the terminal on `descriptor`; OSError if there is none."""
    columns, rows = os.get_terminal_size(descriptor)
    return columns or USUAL_COLUMNS, rows or USUAL_ROWS


def set_unknown_size(descriptor: int, columns: int, rows: int) -> None:
    """Let the system know the size that the terminal itself has told, where it knows none: then
    all who ask it are told the same, as after `stty columns`. A size that it knows stays.
    """
    if 0 in os.get_terminal_size(descriptor) and columns > 0 and rows > 0:
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
