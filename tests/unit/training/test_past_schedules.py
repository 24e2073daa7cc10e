"""What the learning rate was in earlier steps, whatever has become of the schedule since."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.schedule import parse_schedule
from engine.errors import ConfigError
from engine.messages.commands import Adjust, Command, Extend, Rewind, SetAlpha
from engine.run.run import Run
from engine.storage import checkpoint
from engine.training.past_schedules import MOST_PAST, PastSchedule, check_past, extended, until
from engine.training.schedules import Schedule
from helpers.runs import SMALL, TOO_LARGE, carry_out, new_run
from helpers.trainings import as_many

SCHEDULES = ["constant", "step:20:0.5", "exponential:0.99", "cosine", "plateau:0.5:0"]

LONG = msgspec.structs.replace(SMALL, steps=20_000)


def followed(
    run: Run, doings: list[Command | int], before: list[float] | None = None
) -> list[float]:
    """Carries them out, and returns the alpha of each update as it was made, those `before` included;
    where the run goes back, what came after is left out.
    """
    found = list(before or [])
    for doing in doings:
        if not isinstance(doing, int):
            carry_out(run, [doing])
        for _ in range(doing if isinstance(doing, int) else 0):
            found.append(run.trainer.alpha_now)
            run.advance(1)
            del found[run.trainer.step :]
        del found[run.trainer.step :]
    return found


def alphas_looked_up(run: Run) -> Any:
    return run.trainer.alphas_at(np.arange(run.trainer.step, dtype=np.float64))


@pytest.mark.parametrize("warm_up", [0, 7])
@pytest.mark.parametrize("text", SCHEDULES)
def test_given_a_schedule_when_many_steps_are_asked_then_factors_are_those_of_one_by_one(
    text: str, warm_up: int
) -> None:
    schedule = Schedule(parse_schedule(text), 100, warm_up)
    steps = np.arange(130)

    found = schedule.factors(steps.astype(np.float64))

    assert found == pytest.approx([schedule.factor(int(step)) for step in steps], abs=1e-15)


def test_given_a_plateau_when_it_was_reduced_then_earlier_factors_are_remembered() -> None:
    schedule = Schedule(parse_schedule("plateau:0.5:0"), 100)
    for step in (0, 50, 100, 150):
        schedule.tell(step, 1.0)

    found = schedule.factors(np.array([0.0, 49, 50, 99, 100, 149, 150, 999]))

    assert found.tolist() == [1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]


def test_given_another_schedule_when_adjusted_then_only_what_comes_after_changes() -> None:
    run = new_run(msgspec.structs.replace(LONG, schedule="step:10:0.5"))
    run.advance(20)
    run.apply(Adjust({"schedule": "constant"}))
    run.advance(20)

    assert alphas_looked_up(run).tolist() == [0.25] * 10 + [0.125] * 10 + [0.25] * 20


def test_given_more_steps_when_a_cosine_goes_on_then_what_it_was_before_stays() -> None:
    run = new_run(msgspec.structs.replace(SMALL, steps=40, schedule="cosine"))
    before = followed(run, [40])
    run.apply(Extend(40))
    run.advance(10)

    found = alphas_looked_up(run)

    assert found[:40] == pytest.approx(before)
    assert found[40] == pytest.approx(0.25 / 2)


changes: st.SearchStrategy[Command | int] = st.one_of(
    st.integers(1, 70),
    st.builds(SetAlpha, st.sampled_from([0.25, 0.5, 0.01])),
    st.just(SetAlpha(TOO_LARGE)),
    st.just(Rewind(0.125)),
    st.builds(Extend, st.integers(1, 60)),
    st.builds(lambda text: Adjust({"schedule": text}), st.sampled_from(SCHEDULES)),
    st.builds(lambda steps: Adjust({"warm_up": steps}), st.sampled_from([0, 5, 30])),
)


@as_many(40)
@given(
    st.lists(changes, max_size=12),
    st.sampled_from(SCHEDULES),
    st.sampled_from([0, 9]),
    st.booleans(),
)
def test_given_anything_done_when_looked_up_then_alphas_are_those_that_updates_were_made_with(
    doings: list[Command | int], text: str, warm_up: int, saves: bool
) -> None:
    """Also after the run was saved and loaded in the middle."""
    config = msgspec.structs.replace(SMALL, steps=120, schedule=text, warm_up=warm_up)
    run = new_run(config)
    half = len(doings) // 2
    found = followed(run, doings[:half])
    if saves:
        run = checkpoint.decode(checkpoint.encode(run))
    found = followed(run, doings[half:], found)

    assert alphas_looked_up(run) == pytest.approx(found, abs=1e-15)


def past(*untils: int, factor: float = 1.0) -> list[PastSchedule]:
    return [PastSchedule(step, parse_schedule("cosine"), 0, 100, factor) for step in untils]


@pytest.mark.parametrize(
    ("step", "untils"), [(0, []), (10, [10]), (15, [10, 15]), (20, [10, 20]), (25, [10, 20])]
)
def test_given_past_schedules_when_the_run_goes_back_then_those_before_stay(
    step: int, untils: list[int]
) -> None:
    assert [one.until for one in until(step, past(10, 20))] == untils


def test_given_very_many_when_one_more_ends_then_every_other_is_forgotten() -> None:
    kept: list[PastSchedule] = []
    for one in past(*range(1, MOST_PAST + 2)):
        kept = extended(kept, one)

    assert len(kept) == MOST_PAST // 2 + 1
    assert [one.until for one in kept[:2]] == [2, 4]
    assert [one.until for one in kept[-2:]] == [MOST_PAST, MOST_PAST + 1]


@pytest.mark.parametrize(
    "wrong",
    [past(0), past(20, 10), past(10, 10), past(31), past(10, factor=0.0), past(10, factor=1.5)],
)
def test_given_past_schedules_that_cannot_be_when_checked_then_they_are_refused(
    wrong: list[PastSchedule],
) -> None:
    with pytest.raises((ConfigError, ValueError)):
        check_past(wrong, 30)


def test_given_a_file_from_before_they_were_kept_when_read_then_the_present_one_was_always() -> (
    None
):
    run = new_run(msgspec.structs.replace(LONG, schedule="step:10:0.5"))
    carry_out(run, [20, Adjust({"schedule": "constant"}), 5])
    state = msgspec.structs.replace(run.trainer.state(), past_schedules=[])

    read = type(run.trainer).from_state(state, run.trainer.dataset)

    assert set(read.alphas_at(np.arange(25.0)).tolist()) == {0.25}
