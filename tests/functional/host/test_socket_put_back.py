"""A run whose socket is taken away can be found again, and never says so when it cannot."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.client.discovery import runs
from engine.errors import FileError
from engine.host import listener
from engine.host.listener import Listener
from engine.messages.run_request import RunPlaces
from engine.run.run import Run
from engine.wire import sockets
from helpers.hosts import until
from helpers.socket_clients import CONFIG, Village, house_in_here, short_folder, village_in, visitor


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


@pytest.mark.parametrize("whole_folder", [False, True], ids=["its socket", "the whole folder"])
async def test_given_a_run_when_its_socket_is_cleaned_away_then_it_puts_it_back(
    whole_folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "CHECK_SECONDS", 0.02)
    with short_folder() as folder:
        async with house_in_here(Run(CONFIG, 1), RunPlaces(str(tmp_path), str(folder))) as (
            house,
            _,
        ):
            path = sockets.path_of(folder, house.status.name)
            shutil.rmtree(folder) if whole_folder else path.unlink()

            await until(path.exists)

            assert [one.name for one in await runs(folder)] == [house.status.name]
            async with visitor(path) as guest:
                await guest.is_let_in(watches=True)
        assert not path.exists()


async def test_given_a_socket_that_was_taken_away_when_asked_for_the_status_then_it_is_there_again(
    tmp_path: Path,
) -> None:
    with short_folder() as folder:
        async with house_in_here(Run(CONFIG, 1), RunPlaces(str(tmp_path), str(folder))) as (
            house,
            _,
        ):
            path = sockets.path_of(folder, house.status.name)
            path.unlink()

            assert house.status.can_be_found
            assert path.exists()


async def test_given_that_another_has_taken_its_name_when_checked_then_it_is_left_alone_and_told() -> (
    None
):
    with short_folder() as folder:
        told: list[str] = []
        first = Listener(folder, "bodu", told.append)
        sockets.path_of(folder, "bodu").unlink()
        with sockets.listening_socket(folder, "bodu") as other:
            assert not first.check()
            assert not first.check()
            reason = f"{folder}/bodu.sock: something else is in the place of its socket"
            assert (first.problem, told) == (reason, [f"nobody can attach to this run: {reason}"])
            first.remove()
            assert sockets.path_of(folder, "bodu").exists()
            with socket.socket(socket.AF_UNIX) as knocking:
                knocking.connect(str(sockets.path_of(folder, "bodu")))
                assert other.accept()


async def test_given_the_socket_of_a_dead_process_in_its_place_when_checked_then_it_is_replaced() -> (
    None
):
    with short_folder() as folder:
        told: list[str] = []
        first = Listener(folder, "bodu", told.append)
        sockets.path_of(folder, "bodu").unlink()
        sockets.listening_socket(folder, "bodu").close()

        assert first.check()

        assert sockets.listening_pid(folder, "bodu") == os.getpid()
        assert (first.problem, told) == ("", [])


async def test_given_a_file_of_a_person_in_its_place_when_checked_then_it_is_not_touched() -> None:
    with short_folder() as folder:
        first = Listener(folder, "bodu", lambda _: None)
        path = sockets.path_of(folder, "bodu")
        path.unlink()
        path.write_text("mine")

        assert not first.check()

        first.remove()
        assert path.read_text() == "mine"


async def test_given_a_folder_that_others_may_enter_when_closed_to_them_then_it_is_found_again() -> (
    None
):
    with short_folder() as folder:
        told: list[str] = []
        first = Listener(folder, "bodu", told.append)
        folder.chmod(0o755)
        assert not first.check()
        folder.chmod(0o700)

        assert first.check()

        assert len(told) == 1
        with pytest.raises(FileError, match="MOONWALK_SOCKETS=DIR names another folder"):
            sockets.secured(folder / "not" / "there")
        await asyncio.sleep(0)
