"""Signals that end a run without a dashboard early, and in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass
class Interruption:
    """Whether a signal has asked for the end, and which."""

    by: int | None = None


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Let the first SIGINT or SIGTERM end the run after the burst under way, and a second one at
    once, in case a single update takes minutes. What was ignored from the start (nohup, a job in
    the background) stays so.
    """
    interrupted = Interruption()
    before = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if (handler := signal.getsignal(number)) not in (signal.SIG_IGN, None)
    }

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _: FrameType | None) -> None:
        interrupted.by = number
        restore()

    for number in before:
        signal.signal(number, note)
    try:
        yield interrupted
    finally:
        restore()
