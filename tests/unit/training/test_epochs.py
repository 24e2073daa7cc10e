"""Epochs are counted with the size that batches had at the time."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.messages.commands import Adjust, Rewind, SetAlpha
from engine.storage import checkpoint
from engine.training.epochs import EpochCount, epochs_at
from helpers.runs import SMALL, TOO_LARGE, carry_out, new_run


@pytest.mark.parametrize(
    ("step", "batch_size", "epochs"),
    [(0, 10, 0.0), (7, 30, 7.0), (3, 10, 1.0), (4, 10, 1.0 + 10 / 30), (3, 14, 1.0)],
)
def test_given_steps_when_counted_then_a_short_last_batch_ends_the_epoch(
    step: int, batch_size: int, epochs: float
) -> None:
    assert epochs_at(step, 30, batch_size) == epochs
    assert EpochCount(30, batch_size).at(step) == epochs


def test_given_another_batch_size_when_counted_then_epochs_before_stay_what_they_were() -> None:
    run = new_run()
    run.advance(100)
    run.apply(Adjust({"batch_size": 10}))
    assert run.trainer.epochs == 100.0
    run.advance(6)
    assert run.trainer.epochs == pytest.approx(102.0, rel=1e-15)
    resumed = checkpoint.decode(checkpoint.encode(run))
    assert resumed.trainer.epochs == run.trainer.epochs
    run.apply(Adjust({"batch_size": 15}))
    run.advance(4)
    assert run.trainer.epochs == pytest.approx(104.0, rel=1e-15)


def test_given_a_run_that_goes_back_before_a_change_when_counted_then_from_there() -> None:
    run = new_run()
    carry_out(run, [120, Adjust({"batch_size": 10}), 3, SetAlpha(TOO_LARGE), 9, Rewind(0.25)])
    assert (run.trainer.step, run.trainer.epochs) == (100, 100.0)
    run.advance(3)
    assert run.trainer.epochs == pytest.approx(101.0, rel=1e-15)


def test_given_a_file_from_before_they_were_kept_when_read_then_all_had_the_present_size() -> None:
    run = new_run(msgspec.structs.replace(SMALL, batch_size=10))
    run.advance(6)
    state = msgspec.structs.replace(run.trainer.state(), batch_sizes=[])
    assert type(run.trainer).from_state(state, run.trainer.dataset).epochs == 2.0


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 30)), max_size=5), st.integers(1, 30))
def test_given_any_sizes_when_many_steps_are_counted_then_each_is_as_one_alone(
    changes: list[tuple[int, int]], first: int
) -> None:
    count, step = EpochCount(30, first), 0
    for steps, size in changes:
        step += steps
        count.change(step, size)
    steps_asked = np.arange(step + 20)

    # only the last part goes on: earlier ones are asked up to the last change
    found = count.at_each(steps_asked.astype(np.float64))

    at_last = [count.at(int(one)) for one in steps_asked if one >= step]
    assert found[step:] == pytest.approx(at_last, rel=1e-12)
    assert (np.diff(found) > 0).all()
