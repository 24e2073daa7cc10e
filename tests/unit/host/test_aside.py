"""What is done in a copy of the process, which goes on meanwhile."""

import asyncio
import errno
import os
import re
import signal
import threading
from pathlib import Path

import pytest
from engine.host.aside import aside


async def test_given_work_when_done_aside_then_its_files_stay_and_nothing_else(
    tmp_path: Path,
) -> None:
    done: list[int] = []
    threads = threading.active_count()

    def work() -> None:
        done.append(os.getpid())
        (tmp_path / "made").write_text(str(os.getpid()))

    await aside(work)

    assert done == []
    copy = int((tmp_path / "made").read_text())
    assert copy != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(copy, 0)  # it is not left, alive or dead
    assert threading.active_count() == threads


async def test_given_slow_work_when_done_aside_then_everything_else_goes_on(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "gate")
    working = asyncio.create_task(aside(lambda: _unused((tmp_path / "gate").read_text())))
    await asyncio.sleep(0.05)
    assert not working.done()
    (tmp_path / "gate").write_text("go on")  # waits for a reader
    await working


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
async def test_given_work_that_fails_when_done_aside_then_its_error_comes_back(
    number: int,
) -> None:
    def work() -> None:
        raise OSError(number, "in the copy")

    with pytest.raises(OSError, match=re.escape(os.strerror(number))) as caught:
        await aside(work)
    assert caught.value.errno == number


async def test_given_a_fault_in_the_work_when_done_aside_then_it_is_named() -> None:
    with pytest.raises(RuntimeError, match=r"ZeroDivisionError\('division by zero'\)"):
        await aside(lambda: _unused(1 / 0))


async def test_given_a_copy_that_is_killed_when_done_aside_then_that_is_said() -> None:
    with pytest.raises(RuntimeError, match="killed"):
        await aside(lambda: os.kill(os.getpid(), signal.SIGKILL))


async def test_given_a_copy_that_is_told_to_end_when_done_aside_then_it_ends_its_work_first(
    tmp_path: Path,
) -> None:
    def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        (tmp_path / "made").touch()

    await aside(work)
    assert (tmp_path / "made").exists()


async def test_given_an_open_connection_when_its_end_is_closed_then_no_copy_holds_it_open(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "gate")
    ours, theirs = os.pipe()
    working = asyncio.create_task(aside(lambda: _unused((tmp_path / "gate").read_text())))
    await asyncio.sleep(0.05)
    os.close(theirs)
    os.set_blocking(ours, False)
    await _until_read(ours, b"")
    (tmp_path / "gate").write_text("go on")
    await working
    os.close(ours)


async def test_given_no_room_for_another_process_when_done_aside_then_it_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> int:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refuse)
    done: list[int] = []
    descriptors = len(list(Path("/dev/fd").iterdir()))
    await aside(lambda: done.append(os.getpid()))
    assert done == [os.getpid()]
    assert len(list(Path("/dev/fd").iterdir())) == descriptors


def _unused(_: object) -> None:
    """The work has no result."""


async def _until_read(descriptor: int, expected: bytes) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                assert os.read(descriptor, 1) == expected
                return
            except BlockingIOError:
                await asyncio.sleep(0.01)
