"""Who may connect to the socket of a host."""

import asyncio
import os
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.errors import HostLostError
from engine.wire import codec, protocol, sockets
from engine.wire.protocol import Attach, Refused
from helpers.socket_clients import Village, goes_on, short_folder, village_in

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


KNOCK = """
import contextlib, socket, sys
door = socket.socket(socket.AF_UNIX)
try:
    door.connect(sys.argv[1])
    with contextlib.suppress(BrokenPipeError):  # turned away already
        door.sendall(bytes.fromhex(sys.argv[2]))
    answer = door.recv(65536)
except OSError as error:
    print(type(error).__name__)
else:
    print(answer[4:].hex())
"""


async def knocked_as_nobody(door: Path) -> str:
    greeting = codec.frame(Attach(protocol.VERSION, False)).hex()
    process = await asyncio.create_subprocess_exec(
        *("/usr/bin/env", "python3", "-I", "-c", KNOCK, str(door), greeting),
        stdout=subprocess.PIPE,
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        env={"PATH": "/usr/bin:/bin"},
        cwd="/",
    )
    output, _ = await process.communicate()
    return output.decode().strip()


@as_root
async def test_given_another_user_when_knocking_then_the_folder_keeps_that_one_out(
    village: Village,
) -> None:
    name, _ = await village.found_and_leave()
    assert await knocked_as_nobody(village.socket_of(name)) == "PermissionError"
    village.sockets.chmod(0o755)
    assert await knocked_as_nobody(village.socket_of(name)) == "PermissionError"  # the socket's own


@as_root
async def test_given_another_user_when_all_doors_stand_open_then_the_host_turns_that_one_away(
    village: Village,
) -> None:
    founder, _ = await village.found()
    village.sockets.chmod(0o755)
    village.socket_of(founder.name).chmod(0o666)

    answer = bytes.fromhex(await knocked_as_nobody(village.socket_of(founder.name)))

    assert codec.decode_to_dashboard(answer) == Refused("", "this run belongs to another user")
    await goes_on(founder)


@as_root
async def test_given_an_open_folder_when_attached_then_a_dashboard_does_not_trust_it(
    village: Village,
) -> None:
    name, _ = await village.found_and_leave()
    village.sockets.chmod(0o755)

    with pytest.raises(HostLostError, match="others can enter it"):
        await village.attach(name)


async def test_given_one_of_this_user_when_asked_then_it_is_this_user() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert sockets.peer_is_this_user(ours)
    assert not sockets.peer_is_this_user(ours)  # one that is closed is nobody


def test_given_a_long_path_when_opened_then_it_can_be_reached_and_is_this_users_alone() -> None:
    with short_folder() as folder:
        deep = folder / ("d" * 120)
        deep.mkdir(0o700)

        with (
            sockets.listening_socket(deep, "bodu") as listening,
            socket.socket(socket.AF_UNIX) as knocking,
        ):
            with sockets.address(deep, "bodu") as path:
                knocking.connect(path)
            assert (deep / "bodu.sock").stat().st_mode & 0o777 == 0o600
            assert sockets.names_in(deep) == ["bodu"]
            assert listening.accept()
        sockets.remove_socket(deep, "bodu")
        assert sockets.names_in(deep) == []
