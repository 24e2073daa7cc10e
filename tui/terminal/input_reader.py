"""Reads what a terminal sends, in a thread, until it is told to stop."""

import os
import select
import time
from collections.abc import Callable
from threading import Event

from tui.terminal.key_input import InputParser
from tui.terminal.paste_input import Paste

LOOK_SECONDS = 0.1
"""Between two looks whether to stop."""

UNFINISHED_LOOK_SECONDS = 0.02
"""The same, while a sequence waits for its rest."""

MOST_BYTES = 1 << 16


def read_input(
    file: int, stop: Event, parser: InputParser, take: Callable[[list[str | Paste]], None]
) -> bool:
    """Give `take` what comes from the descriptor `file`. Returns whether `stop` was set; otherwise
    there is no more to read.
    """
    while not stop.is_set():
        seconds = UNFINISHED_LOOK_SECONDS if parser.is_unfinished else LOOK_SECONDS
        if not _read(file, seconds, parser, take):
            return False
    _read(file, 0.0, parser, take)
    return True


def _read(
    file: int, seconds: float, parser: InputParser, take: Callable[[list[str | Paste]], None]
) -> bool:
    """Whether there may be more to read. What has come counts before what has not: this process may
    have been kept from looking.
    """
    if select.select([file], [], [], seconds)[0]:
        data = os.read(file, MOST_BYTES)
        take(parser.feed(data, time.monotonic()))
        return bool(data)
    take(parser.tick(time.monotonic()))
    return True
