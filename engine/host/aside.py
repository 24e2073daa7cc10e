"""Does something slow in a copy of this process, while this one goes on.

Not in a thread: once a process has had a second one, NumPy's calls are slower to the end of the run,
as the C library locks from then on. It was 0.7 % of the training rate.
"""

import asyncio
import contextlib
import errno
import gc
import os
import signal
import warnings
from collections.abc import Callable
from typing import IO, NoReturn

import msgspec

from engine.host.ears import Ears

MOST_DESCRIPTORS = 65_536
"""Of those that a copy closes, as nobody at the other ends may take it for the original."""


_original: int | None = None
"""In a copy, the process that it is one of."""


class _Outcome(msgspec.Struct, frozen=True):
    """How the work went."""

    error_number: int | None = None
    """That of the OSError that it raised."""
    problem: str = ""
    """What else it raised."""


_KILLED = _Outcome(problem="the process that writes was killed")


async def aside(work: Callable[[], None], ears: Ears | None = None) -> None:
    """Do `work` in a copy of this process; raises its OSError, or RuntimeError for anything else.
    `ears` hear of its end.

    Whatever else `work` does to memory is lost.
    """
    ours, theirs = os.pipe()
    original = os.getpid()
    try:
        child = _fork()
    except OSError:  # no room for another process
        os.close(ours)
        os.close(theirs)
        work()
        return
    if child == 0:
        _do_and_die(work, theirs, original)
    os.close(theirs)
    pipe = os.fdopen(ours, "rb", buffering=0)
    with (ears or Ears()).opened_to(pipe):
        answer = await _everything_from(pipe)
    with contextlib.suppress(ChildProcessError):  # where SIGCHLD is ignored
        os.waitpid(child, 0)
    outcome = msgspec.json.decode(answer, type=_Outcome) if answer else _KILLED
    if outcome.error_number is not None:
        raise OSError(outcome.error_number, os.strerror(outcome.error_number))
    if outcome.problem:
        raise RuntimeError(outcome.problem)


def _fork() -> int:
    with warnings.catch_warnings():
        # threads of BLAS may be running: they hold nothing that the copy needs
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def check_original() -> None:
    """OSError in a copy whose original is gone: whoever came after that may have done more."""
    if _original is not None and os.getppid() != _original:
        raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))


def _do_and_die(work: Callable[[], None], answers: int, original: int) -> NoReturn:
    """In the copy: no line of the original's may run any more, nor what would clean up after it."""
    global _original  # a copy has nothing else to know itself by
    try:
        _original = original
        gc.disable()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is for the original, which will wait
        os.closerange(3, answers)
        os.closerange(answers + 1, MOST_DESCRIPTORS)
        os.write(answers, msgspec.json.encode(_outcome_of(work)))
    finally:
        os._exit(0)


def _outcome_of(work: Callable[[], None]) -> _Outcome:
    try:
        work()
    except OSError as error:
        return _Outcome(error.errno, repr(error))
    except Exception as error:
        return _Outcome(problem=repr(error))
    return _Outcome()


async def _everything_from(pipe: IO[bytes]) -> bytes:
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    try:
        return await reader.read()
    finally:
        transport.close()
