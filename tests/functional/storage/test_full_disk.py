"""A disk that is full or fails: told once, and training goes on."""

import contextlib
import errno
import os
import resource
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import pytest_asyncio

from engine.client.discovery import runs
from engine.host import autosave
from engine.messages.commands import MakeSteps, Resume
from engine.messages.report import RunReport
from engine.messages.run_request import RunPlaces
from engine.run.run import Run
from engine.storage import checkpoint, environment, output_file
from engine.storage.output_file import OutputFile
from engine.wire.protocol import Notice, ReportRequest, SaveRequest
from helpers.hosts import until
from helpers.socket_clients import (
    CONFIG,
    Village,
    goes_on,
    house_in_here,
    short_folder,
    village_in,
    visitor,
)

NOBODY = 65534


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


@contextlib.contextmanager
def full_disk(folder: Path) -> Iterator[Callable[[], None]]:
    """A disk of its own without a byte left, and what frees it."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        ballast = folder / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        assert os.statvfs(folder).f_bavail == 0
        yield ballast.unlink
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows by one with each save from now on that has begun."""
    attempts: list[None] = []

    write = autosave._write_file

    def counting(file: OutputFile, data: bytes, in_folder: bool) -> None:
        attempts.append(None)
        write(file, data, in_folder)

    monkeypatch.setattr(autosave, "_write_file", counting)
    return attempts


async def test_given_a_full_disk_when_saved_often_then_told_once_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SAVE_SECONDS", 0.01)
    monkeypatch.setattr(autosave, "SAVE_SHARE", 0)
    state = tmp_path / "disk"
    run = Run(CONFIG, 1)
    with full_disk(state) as make_room:
        async with house_in_here(run, RunPlaces(state_folder=str(state))) as (_, founder):
            attempts = counted(monkeypatch)
            await until(lambda: len(attempts) >= 10)
            before = run.trainer.step
            await until(lambda: run.trainer.step > before)

            founder.send(ReportRequest())
            told = []
            while isinstance(message := await founder.receive(), Notice):
                told.append(message)
            assert isinstance(message, RunReport)
            no_space = "No space left on device; training goes on"
            assert [one.text.partition(":")[0] for one in told] == ["not recorded", "not saved"]
            assert all(one.trouble and one.text.endswith(no_space) for one in told)
            assert not list(state.glob("*.npz"))
            assert not list(state.glob(".*.tmp"))

            make_room()
            await until(lambda: bool(list(state.glob("*.npz"))))
        [saved] = state.glob("*.npz")
        assert checkpoint.load(saved).trainer.network.sha256() == run.trainer.network.sha256()


async def test_given_a_save_when_the_disk_fills_up_then_the_one_before_it_survives(
    village: Village,
) -> None:
    founder, told = await village.found()
    name, pid = village.state / founder.name, founder.pid
    assert pid is not None
    await founder.send(MakeSteps())
    await founder.save()
    await until(lambda: told == [(f"saved in {name}.npz", False)])
    before = (name.with_suffix(".npz")).read_bytes()

    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, 4096))
    await founder.send(MakeSteps())
    await founder.save()

    await until(lambda: len(told) == 2)
    assert told[1] == (f"not saved: {name}.npz: File too large", True)
    assert name.with_suffix(".npz").read_bytes() == before
    assert not list(village.state.glob(".*.tmp"))
    await founder.send(Resume())
    await goes_on(founder)


async def test_given_a_disk_that_fails_when_saved_often_then_it_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(autosave, "SAVE_SECONDS", 0.01)
    monkeypatch.setattr(autosave, "SAVE_SHARE", 0)
    monkeypatch.setattr(output_file, "write_whole", refuse)
    attempts = counted(monkeypatch)
    run = Run(CONFIG, 1)
    async with house_in_here(run, RunPlaces(state_folder=str(tmp_path))) as (_, founder):
        await until(lambda: len(attempts) >= 10)
        founder.send(SaveRequest(), ReportRequest())
        told = []
        while isinstance(message := await founder.receive(), Notice):
            told.append(message)
        assert isinstance(message, RunReport)
        assert all(one.trouble for one in told)
        assert [one.text.partition(":")[0] for one in told] == [
            "not recorded",
            "not saved",
            "not saved",
        ]
        assert told[1].text.endswith("Input/output error; training goes on")
        assert told[2].text.endswith("Input/output error")  # the answer to a person's wish


async def test_given_trouble_while_nobody_is_there_when_one_attaches_then_that_one_hears_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trouble_is_heard(tmp_path, monkeypatch, listed=False)


async def test_given_trouble_that_was_only_listed_when_one_attaches_then_that_one_hears_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await trouble_is_heard(tmp_path, monkeypatch, listed=True)


async def trouble_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, listed: bool
) -> None:
    monkeypatch.setattr(autosave, "SAVE_SECONDS", 0.01)
    monkeypatch.setattr(autosave, "SAVE_SHARE", 0)
    with short_folder() as sockets:
        state = tmp_path / "state"
        home = RunPlaces(state_folder=str(state), socket_folder=str(sockets))
        async with house_in_here(Run(CONFIG, 1), home) as (here, founder):
            founder.writer.close()
            await until(lambda: here.status.watchers == 0)
            await until(lambda: bool(list(state.glob("*.npz"))))

            def refuse(*_: object) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            monkeypatch.setattr(output_file, "write_whole", refuse)
            attempts = counted(monkeypatch)
            await until(lambda: len(attempts) >= 3)
            if listed:
                assert len(await runs(sockets)) == 1
                await until(lambda: here.status.watchers == 0)
            async with visitor(sockets / f"{here.status.name}.sock") as one:
                await one.is_let_in(watches=False)
                one.send(ReportRequest())
                first = await one.receive()
                assert isinstance(first, Notice), "nobody was ever told"
                assert "No space left on device; training goes on" in first.text


async def test_given_libraries_that_were_taken_away_when_saved_then_the_run_goes_on_and_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosave, "SAVE_SECONDS", 0.01)
    monkeypatch.setattr(autosave, "SAVE_SHARE", 0)
    run = Run(CONFIG, 1)
    async with house_in_here(run, RunPlaces(state_folder=str(tmp_path))) as (_, founder):
        await until(lambda: bool(list(tmp_path.glob("*.npz"))))

        def not_found(name: str) -> str:
            raise PackageNotFoundError(name)  # somebody sets the environment up anew

        monkeypatch.setattr(environment, "version", not_found)
        before = run.trainer.step
        await until(lambda: run.trainer.step >= before + 5)
        founder.send(SaveRequest())
        saved = await founder.receive()
        assert isinstance(saved, Notice)
        assert saved.text.startswith("saved in ")
