"""Signals that end a run without a dashboard early, and in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

BY_PERSONS = (signal.SIGINT, signal.SIGTERM)
"""A second one ends the process at once."""

BY_SYSTEMS = (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU)
"""A line that was cut, a scheduler's notice, a limit of processor time: these come in twos and threes
by themselves, and none of them may cut the last save or the report short.
"""


class Interruption:
    """Whether a signal has asked for the end, and which did so first."""

    def __init__(self) -> None:
        self.by: int | None = None
        self._before = {
            number: handler
            for number in (*BY_PERSONS, *BY_SYSTEMS)
            if (handler := signal.getsignal(number)) not in (signal.SIG_IGN, None)
        }

    def begin(self) -> None:
        """Take note of signals from now on."""
        for number in self._before:
            signal.signal(number, self._note)

    def is_saved(self) -> None:
        """Let a person end the process at once: nothing can be lost any more."""
        self._restore(BY_PERSONS)

    def end(self) -> None:
        """Let all signals do what they did before."""
        self._restore(tuple(self._before))

    def _note(self, number: int, _: FrameType | None) -> None:
        if self.by is None:
            self.by = number
        if number in BY_PERSONS:
            self._restore(BY_PERSONS)

    def _restore(self, numbers: tuple[signal.Signals, ...]) -> None:
        for number in numbers:
            if number in self._before:
                signal.signal(number, self._before[number])


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Let a signal end the run after the burst under way, and a second one of a person at once, in
    case a single update takes minutes. What was ignored from the start (nohup, a job in the
    background) stays so.
    """
    interrupted = Interruption()
    interrupted.begin()
    try:
        yield interrupted
    finally:
        interrupted.end()
