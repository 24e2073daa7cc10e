"""Runs that go on without their founder, and how they are found."""

import asyncio
import re
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from engine.client.discovery import runs
from engine.config.training_config import TrainingConfig
from engine.host.run_names import CONSONANTS, VOWELS, new_name
from engine.messages.run_request import Fresh
from engine.messages.run_state import State
from engine.messages.status import Status
from helpers.hosts import DEADLINE_SECONDS, cpu_ticks, is_alive, raw_host, until
from helpers.socket_clients import (
    CONFIG,
    Village,
    goes_on,
    hello,
    village_in,
)

NAME = f"([{CONSONANTS}][{VOWELS}]){{2}}"


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


async def test_given_a_founder_when_it_leaves_then_the_run_goes_on_and_is_listed(
    village: Village,
) -> None:
    founder, _ = await village.found()
    before = await goes_on(founder)
    began_before = time.time()

    await founder.leave()

    async def status() -> Status:
        [status] = await runs(village.sockets)
        return status

    first = await status()
    while (later := await status()).step == first.step:
        await asyncio.sleep(0.01)
    assert is_alive(founder.pid or 0)
    assert later.step > before.step
    assert re.fullmatch(NAME, founder.name)
    for name, value in {
        "name": founder.name,
        "pid": founder.pid,
        "state": State.RUNNING,
        "total_steps": CONFIG.steps,
        "alpha": 0.25,
        "config": CONFIG,
        "watchers": 0,
        "replays": False,
        "saves_to": str(village.state / f"{founder.name}.npz"),
        "frames_per_second": 20.0,
    }.items():
        assert getattr(later, name) == value
    assert 0.0 < later.train_loss < 10.0
    assert began_before - DEADLINE_SECONDS < later.began <= began_before


FOUNDER = """
import asyncio, sys
import msgspec
from engine.client.process import ProcessSession
from engine.wire.protocol import Hello

async def main():
    hello = msgspec.json.decode(sys.argv[1], type=Hello)
    session = ProcessSession(hello.request, hello.frames_per_second, hello.places)
    await session.start()
    await session.snapshot(View())
    print(session.pid, session.name, flush=True)
    await asyncio.Event().wait()

from engine.messages.view import View
asyncio.run(main())
"""


async def test_given_a_founder_when_it_is_killed_then_the_run_goes_on(village: Village) -> None:
    founder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", FOUNDER),
        msgspec.json.encode(hello(village)).decode(),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert founder.stdout is not None
        async with asyncio.timeout(DEADLINE_SECONDS):
            pid, name = (await founder.stdout.readline()).decode().split()
        village.pids.add(int(pid))
    finally:
        founder.kill()
        await founder.wait()

    session = await village.attach(name)
    await goes_on(session)
    assert session.status is not None
    assert session.status.pid == int(pid)
    assert is_alive(int(pid))


@pytest.mark.parametrize("moment", ["before it reads", "while it loads"])
async def test_given_a_founder_when_it_is_gone_before_the_run_began_then_no_process_stays(
    village: Village, moment: str
) -> None:
    async with raw_host() as host:
        if moment == "while it loads":
            host.send(msgspec.structs.replace(hello(village), request=Fresh(TrainingConfig(), 1)))
            before = cpu_ticks(host.process.pid)  # scikit-learn alone takes a second to load
            await until(lambda: cpu_ticks(host.process.pid) > before + 40)
            host.writer.close()
        else:
            host.send(hello(village))
            host.writer.close()

        await until(lambda: host.process.returncode is not None)
        assert host.process.returncode == 0
    assert await runs(village.sockets) == []


async def test_given_several_runs_when_listed_then_the_newest_comes_first_each_with_its_name(
    village: Village,
) -> None:
    founded = [await village.found_and_leave() for _ in range(4)]

    listed = [(status.name, status.pid) for status in await runs(village.sockets)]

    assert listed == founded[::-1]
    assert len({name for name, _ in founded}) == 4
    assert all(re.fullmatch(NAME, name) for name, _ in founded)


def test_given_that_all_short_names_are_taken_when_one_is_wanted_then_it_is_a_little_longer() -> (
    None
):
    syllables = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
    taken = {first + second for first in syllables for second in syllables}
    free = taken - {"bodu"}

    assert re.fullmatch(f"([{CONSONANTS}][{VOWELS}]){{3}}", new_name(taken))
    assert new_name(free) not in free
