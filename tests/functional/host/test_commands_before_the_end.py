"""What was sent before a connection ended is carried out, whether or not it can be answered."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from engine.host.server import RunServer
from engine.messages.commands import (
    AddPoint,
    Adjust,
    Command,
    Configure,
    ConfigureAnew,
    Extend,
    Freeze,
    FreezeWider,
    MakeSteps,
    NewData,
    NextData,
    NextSeed,
    NextWeights,
    NudgeAlpha,
    NudgePace,
    Pause,
    RemovePoint,
    Reset,
    RestoreCourse,
    Resume,
    Rewind,
    SetAlpha,
    SetPace,
    SetParameter,
    StartOver,
    SwitchNode,
    ToggleFullSpeed,
    ToggleNode,
    TogglePause,
    TrainAgain,
    UndoDivergence,
)
from engine.messages.run_request import RunPlaces
from engine.messages.run_state import State
from engine.run.run import Run
from engine.wire import codec, protocol, sockets, streams
from engine.wire.protocol import (
    Attach,
    Disconnected,
    ReportRequest,
    SaveRequest,
    SnapshotRequest,
    StopRequest,
    ToHost,
)
from helpers.hosts import VIEW, until
from helpers.socket_clients import (
    CONFIG,
    Village,
    exit_status,
    house_in_here,
    short_folder,
    village_in,
)


@pytest_asyncio.fixture
async def village(tmp_path: Path) -> AsyncIterator[Village]:
    async with village_in(tmp_path) as village:
        yield village


UNANSWERED = [SnapshotRequest(number, VIEW, -1) for number in range(40)]
"""Requests, the answers to which are more than a connection holds."""

COURSE: list[Command] = [
    *(Pause(), Resume(), MakeSteps(3), SetAlpha(0.5), SetPace(7), Reset(), Reset(4)),
    *(Extend(5), TogglePause(), NudgeAlpha(1), NudgePace(-1), ToggleFullSpeed()),
    *(StartOver(), NextSeed(), TrainAgain()),
    *(Adjust({"l2": 0.01}), Configure({"layers": [3]}), ConfigureAnew({"activation": "tanh"})),
    *(SetParameter(0, 0, 0, 0.5), SwitchNode(0, 0, on=False), ToggleNode(0, 0)),
    *(Freeze(0, 0, 0, "node"), FreezeWider(0, 0, 0)),
    *(AddPoint(0.1, 0.2, 1.0), RemovePoint(0.1, 0.2), NewData(3), NextData(), NextWeights()),
]


@contextlib.asynccontextmanager
async def house(state: Path) -> AsyncIterator[tuple[RunServer, Path]]:
    """A run, and the path of its socket."""
    with short_folder() as folder:
        async with house_in_here(Run(CONFIG, 1), RunPlaces(str(state), str(folder))) as (server, _):
            yield server, sockets.path_of(folder, server.status.name)


def sent_and_gone(path: Path, *messages: ToHost) -> None:
    """Attach, send `messages` in one piece and be gone, without reading any answer."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(
            b"".join(codec.frame(one) for one in (Attach(protocol.VERSION, False), *messages))
        )


@pytest.mark.parametrize("command", COURSE, ids=lambda one: type(one).__name__)
async def test_given_unanswered_requests_when_a_command_follows_and_the_connection_ends_then_carried_out(
    command: Command, tmp_path: Path
) -> None:
    async with house(tmp_path) as (server, path):
        run = server.pacer.run
        before = len(run.commands)

        sent_and_gone(path, *UNANSWERED, command)

        await until(lambda: len(run.commands) > before)


def test_given_the_commands_when_counted_then_every_one_is_tried() -> None:
    from engine.messages import commands
    from engine.messages.commands import COMMANDS, RelativeCommand

    mine = [kind for kind in COMMANDS if kind.__module__.startswith(commands.__name__)]
    # what goes back needs a run that has been somewhere
    going_back = {Rewind, UndoDivergence, RestoreCourse}
    assert {type(one) for one in COURSE} | going_back | {RelativeCommand} == set(mine)


@pytest.mark.parametrize("unanswered", [[], UNANSWERED, [ReportRequest()]], ids=len)
async def test_given_a_run_when_told_to_save_by_one_that_is_gone_then_it_is_saved(
    unanswered: list[ToHost], tmp_path: Path
) -> None:
    async with house(tmp_path) as (server, path):
        saved = tmp_path / f"{server.status.name}.npz"
        await until(saved.exists)
        saved.unlink()

        sent_and_gone(path, *unanswered, SaveRequest())

        await until(saved.exists)


@pytest.mark.parametrize("unanswered", [[], UNANSWERED, [ReportRequest()]], ids=len)
async def test_given_a_run_when_stopped_by_one_that_is_gone_then_it_ends_saved(
    village: Village, unanswered: list[ToHost]
) -> None:
    name, pid = await village.found_and_leave()

    sent_and_gone(village.socket_of(name), *unanswered, StopRequest())

    assert await exit_status(pid) == 0
    assert village.saved(name).trainer.step >= 0
    assert await village.states() == {}


async def test_given_a_run_that_is_being_ended_when_a_command_follows_then_its_last_figures_stay(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave()

    sent_and_gone(village.socket_of(name), StopRequest(), SetAlpha(0.5), Reset(), MakeSteps(3))

    assert await exit_status(pid) == 0
    # what made the run stand still, and nothing since
    assert [type(one.command) for one in village.saved(name).commands] == [SetPace]


async def test_given_a_finished_run_when_the_last_terminal_is_gone_unheard_then_it_ends(
    village: Village,
) -> None:
    name, pid = await village.found_and_leave(steps=1)
    await village.states()

    while await village.states() != {name: State.DONE}:
        await asyncio.sleep(0.01)
    sent_and_gone(village.socket_of(name), *UNANSWERED, Disconnected())

    assert await exit_status(pid) == 0


async def test_given_a_save_that_fails_for_one_that_is_gone_when_the_next_comes_then_it_is_told(
    village: Village,
) -> None:
    village.state.write_text("a file where a folder should be")
    name, _ = await village.found_and_leave(save_file=str(village.scratch / "no" / "such" / "file"))

    sent_and_gone(village.socket_of(name), SaveRequest())

    told: list[str] = []
    for _ in range(200):
        session = await village.attach(name, on_notice=lambda text, _: told.append(text))
        await session.report()
        await session.leave()
        if any(text.startswith("not saved: ") and "no/such" in text for text in told):
            return
    raise AssertionError(told)


async def test_given_a_last_word_when_written_to_after_it_then_it_is_still_read() -> None:
    ours, theirs = socket.socketpair()
    reader, writer = await streams.opened(ours)
    with theirs:
        theirs.sendall(b"last")
    writer.write(b"too late")
    writer.write(b"and again")
    assert await reader.read() == b"last"
    writer.close()


async def test_given_answers_that_were_never_read_when_it_is_gone_then_what_it_sent_is_read() -> (
    None
):
    ours, theirs = socket.socketpair()
    reader, writer = await streams.opened(ours)
    writer.write(b"an answer")
    theirs.sendall(b"all of this")
    theirs.close()  # with the answer unread, which resets the connection
    assert await reader.read() == b"all of this"
    writer.close()
