"""How soon a host hears, counted in bursts of training: by the clock, it would be the machine's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from engine.config.training_config import TrainingConfig
from engine.host.server import RunServer
from engine.messages.commands import SetAlpha
from engine.messages.report import RunReport
from engine.messages.run_request import RunPlaces
from engine.run.run import Run
from engine.wire.protocol import ReportRequest
from helpers.socket_clients import Visitor, house_in_here, short_folder, visitor

CONFIG = TrainingConfig(steps=100_000_000, layers=(3,), samples=20)
TIMES = 20


class Bursts:
    """Counts the bursts of a run."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        advance = run.advance

        def counting(steps: int, seconds: float | None = None) -> int:
            self.count += 1
            return advance(steps, seconds)

        monkeypatch.setattr(run, "advance", counting)


@asynccontextmanager
async def training(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[RunServer, Visitor, Bursts, RunPlaces]]:
    """A house whose run goes as fast as it can."""
    run = Run(CONFIG, 0)
    with short_folder() as sockets:
        home = RunPlaces(socket_folder=str(sockets))
        async with house_in_here(run, home) as (house, founder):
            yield house, founder, Bursts(run, monkeypatch), home


async def report(founder: Visitor) -> None:
    founder.send(ReportRequest())
    assert isinstance(await founder.receive(), RunReport)


async def test_given_training_at_full_speed_when_asked_now_and_then_then_it_answers_within_bursts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with training(monkeypatch) as (_, founder, bursts, _):
        waited = []
        for _ in range(TIMES):
            await asyncio.sleep(0.06)  # nobody is at it any more
            before = bursts.count
            await report(founder)
            waited.append(bursts.count - before)
        assert sorted(waited)[TIMES // 2] <= 4


async def test_given_training_when_a_hundred_commands_come_at_once_then_none_waits_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with training(monkeypatch) as (_, founder, bursts, _):
        founder.send(*[SetAlpha(0.1 + count / 1_000) for count in range(100)])
        before = bursts.count
        await report(founder)
        assert bursts.count - before <= 100


async def test_given_training_when_somebody_knocks_then_the_door_opens_within_bursts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with training(monkeypatch) as (house, _, bursts, home):
        assert home.socket_folder is not None
        waited = []
        for _ in range(TIMES):
            await asyncio.sleep(0.06)
            before = bursts.count
            async with visitor(f"{home.socket_folder}/{house.status.name}.sock") as one:
                await one.is_let_in(watches=True)
            waited.append(bursts.count - before)
        assert sorted(waited)[TIMES // 2] <= 8
