"""Folders that are not to be had: the run trains on, and says once what is wrong."""

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from engine.host import run_files
from engine.messages.commands import SetAlpha
from engine.messages.run_request import RunPlaces
from engine.run.run import Run
from helpers.hosts import is_alive, until
from helpers.socket_clients import (
    CONFIG,
    Village,
    goes_on,
    house_in_here,
    short_folder,
    village_in,
)

NOBODY = 65534
ADVICE = "MOONWALK_SOCKETS=DIR names another folder"


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


def open_to_others(folder: Path) -> None:
    folder.chmod(0o750)


def a_file(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("mine")


def a_link(folder: Path) -> None:
    folder.rmdir()
    (elsewhere := folder.with_name(f"{folder.name}-elsewhere")).mkdir(0o700)
    folder.symlink_to(elsewhere)


def somebody_elses(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    os.chown(folder, NOBODY, NOBODY)


def nowhere(folder: Path) -> None:
    folder.rmdir()
    folder.parent.rmdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (open_to_others, "others can enter it; it must be yours alone (chmod 700)"),
        (a_file, f"not a folder; {ADVICE}"),
        (a_link, f"not a folder; {ADVICE}"),
        (somebody_elses, f"it belongs to another user; {ADVICE}"),
        (nowhere, f"No such file or directory; {ADVICE}"),
    ],
)
async def test_given_a_socket_folder_that_is_not_safe_when_founded_then_told_once_and_it_trains(
    village: Village, spoil: Callable[[Path], None], words: str
) -> None:
    with short_folder() as parent:
        folder = parent / "within" / "sockets"
        folder.mkdir(mode=0o700, parents=True)
        spoil(folder)

        founder, told = await village.found(socket_folder=str(folder))

        await goes_on(founder)
        await founder.save()
        await until(lambda: (f"saved in {village.state / founder.name}.npz", False) in told)
        assert told.troubles == [f"nobody can attach to this run: {folder}: {words}"]
        assert founder.pid is not None
        pid = founder.pid
        await founder.leave()  # nobody could come back, so it ends, saved
        await until(lambda: not is_alive(pid))
        assert village.saved(founder.name).trainer.step > 0
        if folder.is_dir() and not folder.is_symlink():
            assert list(folder.iterdir()) == []


async def test_given_a_file_in_the_place_of_the_state_folder_when_founded_then_it_trains_on(
    village: Village,
) -> None:
    village.state.write_text("mine")

    founder, told = await village.found()

    await goes_on(founder)
    await until(lambda: len(told) >= 2)
    name = village.state / founder.name
    assert sorted(told.troubles) == [
        f"not recorded: {name}.jsonl: File exists; training goes on",
        f"not saved: {name}.npz: File exists; training goes on",
    ]
    await founder.send(SetAlpha(0.5))
    await founder.save()
    await until(lambda: len(told) >= 3)
    assert told[2:] == [(f"not saved: {name}.npz: File exists", True)]
    await goes_on(founder)
    await founder.close()
    assert len(told) == 3
    assert village.state.read_text() == "mine"


async def test_given_a_folder_of_old_runs_when_another_ends_then_only_the_newest_ten_are_kept(
    village: Village,
) -> None:
    village.state.mkdir()
    for age in range(1, 16):
        for ending in ("npz", "jsonl"):
            file = village.state / f"old{age:02}.{ending}"
            file.write_bytes(b"")
            os.utime(file, (10**9 - age, 10**9 - age))
    (village.state / "mine.txt").write_text("not a run")

    founder, _ = await village.found()
    await founder.close()

    kept = [founder.name, *(f"old{age:02}" for age in range(1, 10))]
    assert sorted(path.name for path in village.state.iterdir()) == sorted(
        [*(f"{name}.{ending}" for name in kept for ending in ("npz", "jsonl")), "mine.txt"]
    )


async def test_given_no_state_folder_yet_when_named_then_the_names_in_use_are_known_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: set[str] = set()

    def new_name(names: set[str]) -> str:
        taken.update(names)
        return "free"

    monkeypatch.setattr(run_files, "new_name", new_name)
    with short_folder() as sockets:
        (sockets / "bodu.sock").touch()
        home = RunPlaces(state_folder=str(tmp_path / "not yet"), socket_folder=str(sockets))
        async with house_in_here(Run(CONFIG, 1), home):
            assert taken == {"bodu"}
