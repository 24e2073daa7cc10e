"""What a line to the terminal is believed to carry, as long as nothing was measured."""

import os
import re
import termios
from collections.abc import Mapping
from math import inf

OVER_SSH = 3_000.0
"""Bytes a second: few lines are slower, and a frame at full speed needs less."""

SERIAL = re.compile(r"/dev/(?:tty(?:S|USB|ACM|AMA)\d|hvc\d|cu\.|tty\.)")
"""The devices of serial lines, on Linux and on macOS."""

BITS_A_BYTE = 10
"""On a serial line: a start bit, eight of data, a stop bit."""

OUTPUT_SPEED = 5
"""Where `tcgetattr` has it."""

BAUD = {
    getattr(termios, name): int(name[1:]) for name in dir(termios) if re.fullmatch(r"B\d+", name)
}


def believed_rate(file: int, environ: Mapping[str, str]) -> float:
    """Bytes a second to the terminal open as `file`; inf if it is on this machine."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return OVER_SSH
    try:
        if SERIAL.match(os.ttyname(file)):
            return max(BAUD.get(termios.tcgetattr(file)[OUTPUT_SPEED], 0) / BITS_A_BYTE, 30.0)
    except (OSError, termios.error):
        pass
    return inf
