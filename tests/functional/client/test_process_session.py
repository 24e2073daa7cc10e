"""The host and its session, as real processes."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import msgspec
import numpy as np
import pytest
import pytest_asyncio

from engine.client.process import ProcessSession
from engine.config.checks import FULL_SPEED
from engine.config.training_config import TrainingConfig
from engine.data.load import load_dataset
from engine.messages.commands import Extend, MakeSteps, Pause, Reset, Resume, SetAlpha, SetPace
from engine.messages.run_request import Fresh
from engine.messages.run_state import State
from engine.training.trainer import Trainer
from engine.wire import protocol
from helpers.hosts import (
    VIEW,
    cpu_ticks,
    field_shape,
    seen_when,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = TrainingConfig(steps=2_000, layers=(8, 8))
PACE = 1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[ProcessSession]:
    session = ProcessSession(Fresh(CONFIG, PACE), 20.0)
    await session.start()
    yield session
    await session.close()


@pytest_asyncio.fixture(loop_scope="module")
async def session(shared: ProcessSession) -> ProcessSession:
    """The host of all tests that leave it alive, paused at the start of a run."""
    await shared.send(Pause())
    await shared.send(SetAlpha(CONFIG.alpha))
    await shared.send(SetPace(PACE))
    await shared.send(Reset(CONFIG.seed))
    shared.on_refused = None
    return shared


# what a person does


async def test_given_a_view_when_a_snapshot_is_taken_then_it_holds_what_the_view_asks_for(
    session: ProcessSession,
) -> None:
    snapshot = await session.snapshot(VIEW)
    assert snapshot.config == CONFIG
    assert (snapshot.step, snapshot.state, snapshot.pace) == (0, State.PAUSED, PACE)
    assert field_shape(snapshot) == (6, 10)
    assert snapshot.layer.parameters.shape == (4, 5)
    assert snapshot.points is not None
    assert snapshot.points.train_x.shape == (2, 150)
    known = await session.snapshot(
        msgspec.structs.replace(VIEW, known_points=snapshot.points_number)
    )
    assert known.points is None


async def test_given_a_paused_run_when_resumed_then_it_stood_still_and_goes_on(
    session: ProcessSession,
) -> None:
    await session.send(Resume())
    await seen_when(session, lambda seen: seen.state is State.RUNNING and seen.step >= 2)
    await session.send(Pause())
    first = await session.snapshot(VIEW)
    second = await session.snapshot(VIEW)
    assert first.state is State.PAUSED
    assert (first.step, first.revision) == (second.step, second.revision)
    await session.send(Resume())
    await seen_when(session, lambda seen: seen.step > first.step)


async def test_given_a_session_when_stepped_then_it_pauses_after_exactly_so_many(
    session: ProcessSession,
) -> None:
    await session.send(MakeSteps())
    await session.send(MakeSteps(4))
    snapshot = await session.snapshot(VIEW)
    assert (snapshot.step, snapshot.state) == (5, State.PAUSED)


async def test_given_a_run_when_alpha_is_changed_then_it_changes_at_a_step(
    session: ProcessSession,
) -> None:
    await session.send(MakeSteps(3))
    await session.send(SetAlpha(0.5))
    await session.send(MakeSteps(2))
    snapshot = await session.snapshot(VIEW)
    assert snapshot.alpha == 0.5
    assert snapshot.alpha_changes == [(3, 0.5)]


async def test_given_a_pace_when_a_frame_passes_then_it_has_as_many_updates(
    session: ProcessSession,
) -> None:
    await session.send(SetPace(7))
    await session.send(Resume())
    before = await seen_when(session, lambda seen: seen.step > 0)

    def a_frame_later(seen: protocol.Snapshot) -> bool:
        nonlocal before
        made, before = seen.step - before.step, seen
        return made == 7

    snapshot = await seen_when(session, a_frame_later)
    assert snapshot.pace == 7


async def test_given_a_slow_pace_when_the_rate_is_measured_then_it_includes_the_rest_of_the_frame(
    session: ProcessSession,
) -> None:
    await session.send(SetPace(5))
    await session.send(Resume())
    # a machine that is busy may bring less, never more
    snapshot = await seen_when(session, lambda seen: seen.step >= 40)
    assert 10 < snapshot.steps_per_second <= 110


async def test_given_a_pause_when_time_is_counted_then_the_pause_is_not(
    session: ProcessSession,
) -> None:
    await session.send(SetPace(FULL_SPEED))
    await session.send(Resume())
    await seen_when(session, lambda seen: seen.state is State.DONE)
    before = (await session.report()).steps_per_second
    await asyncio.sleep(0.2)
    await session.send(Pause())
    await session.send(Resume())
    await session.send(SetPace(PACE))
    assert (await session.report()).steps_per_second == before > 0


async def test_given_a_run_when_reset_then_the_same_run_starts_over(
    session: ProcessSession,
) -> None:
    before = await session.snapshot(VIEW)
    await session.send(MakeSteps(10))
    await session.send(Reset())
    after = await session.snapshot(VIEW)
    assert (after.run, after.step) == (before.run + 1, 0)
    assert after.train_loss == before.train_loss
    assert before.points is not None
    assert after.points is not None
    assert np.array_equal(before.points.train_x, after.points.train_x)


async def test_given_another_seed_when_reset_then_another_run_starts(
    session: ProcessSession,
) -> None:
    before = await session.snapshot(VIEW)
    await session.send(Reset(11))
    after = await session.snapshot(VIEW)
    assert after.config.seed == 11
    assert before.points is not None
    assert after.points is not None
    assert not np.array_equal(before.points.train_x, after.points.train_x)


async def test_given_a_run_that_is_done_when_extended_then_it_goes_on(
    session: ProcessSession,
) -> None:
    await session.send(SetPace(FULL_SPEED))
    await session.send(Resume())
    done = await seen_when(session, lambda seen: seen.state is State.DONE)
    assert done.step == CONFIG.steps
    await session.send(Extend(30))
    more = await seen_when(session, lambda seen: seen.step > CONFIG.steps and seen.state == "done")
    assert more.step == more.total_steps == CONFIG.steps + 30


async def test_given_too_large_an_alpha_when_run_then_it_says_that_it_diverged(
    session: ProcessSession,
) -> None:
    await session.send(SetAlpha(1e9))
    await session.send(SetPace(50))
    await session.send(Resume())
    snapshot = await seen_when(session, lambda seen: seen.state is State.DIVERGED)
    assert snapshot.divergence is not None
    assert snapshot.step == snapshot.divergence.step


async def test_given_a_process_when_it_trains_then_it_does_as_the_plain_trainer(
    session: ProcessSession,
) -> None:
    await session.send(SetPace(50))
    await session.send(Resume())
    await seen_when(session, lambda seen: seen.step >= 60)
    await session.send(SetAlpha(0.4))
    await session.send(SetPace(FULL_SPEED))
    done = await seen_when(session, lambda seen: seen.state is State.DONE)
    report = await session.report()

    ((changed_at, alpha),) = done.alpha_changes
    trainer = Trainer(CONFIG, load_dataset(CONFIG))
    trainer.advance(changed_at)
    trainer.set_alpha(alpha)
    trainer.advance(CONFIG.steps)
    assert report.parameters_sha256 == trainer.network.sha256()
    assert report.steps == CONFIG.steps


async def test_given_what_is_not_allowed_when_sent_then_it_is_refused_and_the_run_goes_on(
    session: ProcessSession,
) -> None:
    refused: list[str] = []
    session.on_refused = refused.append
    await session.send(Resume())
    await session.send(SetAlpha(-1.0))
    await session.send(SetPace(-1))
    before = await session.snapshot(VIEW)  # after the refusals, as answers come in order
    assert refused == [
        "alpha: -1.0 is not a number above 0, up to 1e+300",
        "pace: -1 is not a whole number from 0 to 1000000",
    ]
    assert before.alpha == CONFIG.alpha
    await seen_when(session, lambda seen: seen.step > before.step)


# asking and answering


async def test_given_a_run_that_stands_still_when_asked_for_a_newer_snapshot_then_the_call_waits(
    session: ProcessSession,
) -> None:
    before = await session.snapshot(VIEW)
    waiting = asyncio.create_task(session.snapshot(VIEW, after=before.revision))
    await asyncio.sleep(0)
    await session.report()
    assert not waiting.done()
    await session.send(SetAlpha(0.3))
    assert (await waiting).alpha == 0.3


async def test_given_a_call_when_cancelled_then_it_leaves_nothing_behind(
    session: ProcessSession,
) -> None:
    before = await session.snapshot(VIEW)
    waiting = asyncio.create_task(session.snapshot(VIEW, after=before.revision))
    await asyncio.sleep(0)
    waiting.cancel()
    asking = asyncio.create_task(session.report())
    await asyncio.sleep(0)
    asking.cancel()
    await session.send(MakeSteps(2))
    assert (await session.report()).steps == 2
    assert (await session.snapshot(VIEW)).step == 2


async def test_given_an_open_call_when_a_second_comes_then_it_is_turned_away(
    session: ProcessSession,
) -> None:
    before = await session.snapshot(VIEW)
    waiting = asyncio.create_task(session.snapshot(VIEW, after=before.revision))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="one snapshot at a time"):
        await session.snapshot(VIEW)
    await session.send(MakeSteps())
    assert (await waiting).step == 1


async def test_given_a_paused_run_when_time_passes_then_the_host_takes_no_processor_time(
    session: ProcessSession,
) -> None:
    assert session.pid is not None
    await session.report()
    before = cpu_ticks(session.pid)
    await asyncio.sleep(0.5)
    assert cpu_ticks(session.pid) - before <= 1


async def test_given_a_host_when_interrupted_then_it_goes_on(session: ProcessSession) -> None:
    assert session.pid is not None
    os.kill(session.pid, signal.SIGINT)
    assert (await session.report()).steps == 0
    await session.send(MakeSteps())
    assert (await session.report()).steps == 1
