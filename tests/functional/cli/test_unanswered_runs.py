"""A run that is there and does not answer, as in a long update: a state of its own, everywhere."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.client.channel import Channel
from engine.client.discovery import NoAnswerError
from helpers.hosts import is_alive, until
from helpers.socket_clients import Village, village_in
from tui.cli.main import main

pytestmark = pytest.mark.usefixtures("private_environment")


@pytest_asyncio.fixture
async def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Village]:
    monkeypatch.setattr("engine.client.discovery.ANSWER_SECONDS", 0.3)
    monkeypatch.setattr("engine.client.attached.ANSWER_SECONDS", 0.3)
    async with village_in(tmp_path) as village:
        monkeypatch.setenv("MOONWALK_SOCKETS", str(village.sockets))
        yield village


def ways_on(pid: int) -> str:
    return (
        "did not answer, as in a long update: wait and try again,"
        f" or kill {pid}, which leaves its last save"
    )


async def moonwalk(*args: str) -> int:
    """The command has a loop of its own."""
    return await asyncio.to_thread(main, args)


async def test_given_a_run_that_does_not_answer_when_listed_then_it_is_there_with_its_process(
    village: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    name, pid = await village.found_and_leave()
    os.kill(pid, signal.SIGSTOP)

    assert await moonwalk("list") == 0
    table = capsys.readouterr()
    assert table.out.splitlines()[1].split() == [name, "no", "answer", *"------"]
    assert table.err == f"moonwalk: {name} {ways_on(pid)}\n"

    assert await moonwalk("list", "--json") == 0
    [figures] = json.loads(capsys.readouterr().out)
    assert figures == {
        "run": name,
        "pid": pid,
        "state": "no answer",
        "problem": ways_on(pid),
        **dict.fromkeys(
            ("step", "steps", "train_loss", "alpha", "dashboards", "began", "saves_to")
        ),
    }


@pytest.mark.parametrize("named", [True, False])
async def test_given_a_run_that_does_not_answer_when_attached_to_then_it_says_what_can_be_done(
    village: Village, capsys: pytest.CaptureFixture[str], named: bool
) -> None:
    name, pid = await village.found_and_leave()
    os.kill(pid, signal.SIGSTOP)

    assert await moonwalk("attach", *([name] if named else [])) == 1

    assert capsys.readouterr().err == f"moonwalk: the run {name} {ways_on(pid)}\n"


async def test_given_a_run_that_does_not_answer_when_stopped_then_it_ends_once_it_reads_that(
    village: Village, capsys: pytest.CaptureFixture[str]
) -> None:
    name, pid = await village.found_and_leave()
    os.kill(pid, signal.SIGSTOP)

    assert await moonwalk("stop", name) == 1

    assert capsys.readouterr().err == (
        f"moonwalk: the run {name} {ways_on(pid)}; it is saved and ended once it reads that\n"
    )
    assert is_alive(pid)
    os.kill(pid, signal.SIGCONT)
    await until(lambda: not is_alive(pid))
    assert village.saved(name).trainer.step >= 0
    assert await moonwalk("list") == 0
    assert capsys.readouterr().err.startswith("moonwalk: no run goes on")


@pytest.mark.parametrize("command", ["attach", "stop"])
async def test_given_runs_when_the_tab_key_completes_then_each_is_offered_with_its_state(
    village: Village,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.setattr("tui.cli.attach.COMPLETION_SECONDS", 0.3)
    silent, pid = await village.found_and_leave()
    running, _ = await village.found_and_leave()
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setenv("_MOONWALK_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", f"moonwalk {command} ")
    monkeypatch.setenv("COMP_CWORD", "2")

    assert await moonwalk() == 0

    offered = capsys.readouterr().out.split("\n")
    assert offered[:6] == ["plain", running, "running", "plain", silent, "no answer"]


async def test_given_a_run_that_could_not_even_be_told_when_stopped_then_nothing_is_promised(
    village: Village, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _ = await village.found_and_leave()

    async def full(_folder: Path, name: str) -> Channel:
        raise NoAnswerError(f"the run {name} does not answer")

    monkeypatch.setattr("engine.client.attached.connected", full)

    assert await moonwalk("stop", name) == 1
    assert capsys.readouterr().err == f"moonwalk: the run {name} does not answer\n"
