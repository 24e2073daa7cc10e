"""The loss history cut short, as when a run goes back, and put together again, as from a file."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.training.history import HistoryState, LossHistory

values_of = st.lists(st.floats(-1e3, 1e3), max_size=40)


def history_of(values: list[float], capacity: int) -> LossHistory:
    history = LossHistory(capacity=capacity)
    history.append(np.array(values))
    return history


def curves(history: LossHistory) -> list[list[float]]:
    return [array.tolist() for array in history.reduced(10**6)]


@given(values_of, st.integers(0, 45), values_of)
def test_given_one_value_a_bucket_when_cut_then_it_is_as_if_no_more_had_come(
    values: list[float], count: int, more: list[float]
) -> None:
    """Given room for all, when some are forgotten and others come, then it is like a list."""
    history = history_of(values, 128)
    history.truncate(count)
    expected = values[:count]
    assert history.count == len(expected)
    history.append(np.array(more))
    expected = expected + more
    steps = [float(step) for step in range(len(expected))]
    assert curves(history) == [steps, expected, expected, expected]


@given(st.lists(st.floats(-1e3, 1e3), min_size=9, max_size=150), st.data(), values_of)
@settings(deadline=None, max_examples=100)
def test_given_several_values_a_bucket_when_cut_then_whole_buckets_are_exact_and_bounds_hold(
    values: list[float], data: st.DataObject, more: list[float]
) -> None:
    """Given buckets of two and more, when cut twice and gone on, then nothing lies about a value."""
    history = history_of(values, 8)
    stride = history.stride
    assert stride >= 2
    first = data.draw(st.integers(0, len(values)))
    count = data.draw(st.integers(0, first))
    whole = count // stride
    exact = [curve[:whole] for curve in curves(history)]
    history.truncate(first)
    history.truncate(count)
    assert (history.count, history.stride) == (count, stride)
    low_high_mean = curves(history)
    assert [curve[:whole] for curve in low_high_mean] == exact
    assert len(low_high_mean[0]) == -(-count // stride)
    history.append(np.array(more))
    kept = values[:count] + more
    assert history.count == len(kept)
    width = history.stride
    for start, low, high, mean in zip(*curves(history), strict=True):
        span = kept[int(start) : int(start) + width]
        assert low <= min(span)
        assert high >= max(span)
        assert low - 1e-9 <= mean <= high + 1e-9


def test_given_a_bucket_when_cut_then_its_bounds_and_its_mean_stay() -> None:
    """Given buckets of 2, then 4: [1 3] [5 7] [2 4] [6 8] and 0, cut to 7 and then to 5 values."""
    history = history_of([1.0, 3.0, 5.0, 7.0, 2.0, 4.0, 6.0, 8.0], 4)
    history.truncate(7)
    assert curves(history) == [
        [0.0, 2.0, 4.0, 6.0],
        [1.0, 5.0, 2.0, 6.0],
        [3.0, 7.0, 4.0, 8.0],
        [2.0, 6.0, 3.0, 7.0],
    ]
    history.truncate(5)
    history.append(np.array([9.0]))
    assert curves(history) == [[0.0, 2.0, 4.0], [1.0, 5.0, 2.0], [3.0, 7.0, 9.0], [2.0, 6.0, 6.0]]


def test_given_a_bucket_that_was_not_full_when_cut_then_its_mean_is_that_of_what_it_held() -> None:
    """Given buckets of 4, the last with 3, 6 and 9, when cut to one of these, then its mean is 6."""
    history = history_of([1.0, 1.0, 1.0, 1.0, 3.0, 6.0, 9.0], 2)
    history.truncate(5)
    assert curves(history) == [[0.0, 4.0], [1.0, 3.0], [1.0, 9.0], [1.0, 6.0]]


@given(values_of, st.sampled_from([2, 4, 16, 128]), values_of)
@settings(deadline=None, max_examples=100)
def test_given_what_a_history_holds_when_restored_then_it_goes_on_the_same(
    values: list[float], capacity: int, more: list[float]
) -> None:
    history, restored = history_of(values, capacity), LossHistory(capacity=capacity)
    restored.append(np.full(5, 99.0))  # what was there before makes no difference
    restored.restore(history.state())
    assert restored.buckets.tobytes() == history.buckets.tobytes()
    for one in (history, restored):
        one.append(np.array(more))
    assert (restored.count, restored.stride) == (history.count, history.stride)
    assert restored.buckets.tobytes() == history.buckets.tobytes()


@pytest.mark.parametrize(
    ("buckets", "stride", "count"),
    [
        (np.zeros((3, 9)), 1, 9),
        (np.zeros((2, 3)), 1, 3),
        (np.zeros((4, 3)), 1, 3),
        (np.zeros(3), 1, 3),
        (np.zeros((3, 3, 3)), 1, 3),
        (np.float64(1.0), 1, 1),
        (np.zeros((3, 3)), 0, 3),
        (np.zeros((3, 3)), -1, 3),
        (np.zeros((3, 1)), 3, 3),
        (np.zeros((3, 3)), 1, 2),
        (np.zeros((3, 3)), 1, 4),
        (np.zeros((3, 3)), 2, 4),
        (np.zeros((3, 3)), 2, 7),
        (np.zeros((3, 0)), 1, 1),
        (np.zeros((3, 1)), 1, 0),
        (np.zeros((3, 0)), 2, -1),
    ],
    ids=lambda value: str(getattr(value, "shape", value)),
)
def test_given_what_no_history_holds_when_restored_then_it_is_refused_and_nothing_changes(
    buckets: Array, stride: int, count: int
) -> None:
    history = history_of([5.0, 1.0], 8)
    with pytest.raises(ValueError, match=r"histor|values"):
        history.restore(HistoryState(buckets, stride, count))
    assert curves(history) == [[0.0, 1.0], [5.0, 1.0], [5.0, 1.0], [5.0, 1.0]]
