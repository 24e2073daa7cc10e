"""The loss history, against a reduction over all values by brute force."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.training.history import LossHistory, Series

untimed = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no failure."""

values_and_cuts = st.lists(st.lists(st.floats(-1e3, 1e3), max_size=30), max_size=10)
"""Values in the portions in which they are appended."""


def history_of(portions: list[list[float]], capacity: int, interval: int = 1) -> LossHistory:
    history = LossHistory(interval, capacity)
    for portion in portions:
        history.append(np.array(portion))
    return history


def spans(series: Series, count: int, interval: int = 1) -> list[tuple[int, int]]:
    """First and one past the last value of each point."""
    starts = [round(step / interval) for step in series.steps.tolist()]
    return list(pairwise([*starts, count]))


@given(values_and_cuts, st.sampled_from([2, 4, 6, 16]), st.integers(1, 20))
@untimed
def test_given_any_portions_when_reduced_then_points_agree_with_brute_force(
    portions: list[list[float]], capacity: int, points: int
) -> None:
    """Given any portions, then every point has the min, max and mean of exactly its values."""
    values = [value for portion in portions for value in portion]
    series = history_of(portions, capacity).reduced(points)
    assert len(series.low) == len(series.high) == len(series.mean) == len(series.steps)
    for point, (start, end) in enumerate(spans(series, len(values))):
        assert series.low[point] == min(values[start:end])
        assert series.high[point] == max(values[start:end])
        expected = sum(values[start:end]) / (end - start)
        assert series.mean[point] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(values_and_cuts, st.sampled_from([2, 4, 6, 16]), st.integers(1, 20))
@untimed
def test_given_a_number_of_points_when_reduced_then_they_cover_all_steps_in_order(
    portions: list[list[float]], capacity: int, points: int
) -> None:
    """Given a number of points asked for, then there are no more, and not fewer than about half."""
    count = sum(len(portion) for portion in portions)
    steps = history_of(portions, capacity).reduced(points).steps
    assert steps[:1].tolist() == ([0.0] if count else [])
    assert (np.diff(steps) > 0).all()
    assert (steps < count).all()
    assert len(steps) <= points
    assert 2 * len(steps) >= min(points, capacity, count)


@given(values_and_cuts, st.integers(2, 7))
@untimed
def test_given_an_interval_when_reduced_then_it_only_scales_the_steps(
    portions: list[list[float]], interval: int
) -> None:
    """Given one value every so many steps, then the points are the same at so many times the step."""
    each, every_few = history_of(portions, 4), history_of(portions, 4, interval)
    plain, scaled = each.reduced(3), every_few.reduced(3)
    assert scaled.steps.tolist() == [step * interval for step in plain.steps.tolist()]
    assert scaled.low.tolist() == plain.low.tolist()
    assert scaled.high.tolist() == plain.high.tolist()
    assert scaled.mean.tolist() == plain.mean.tolist()


def test_given_few_values_when_reduced_then_they_are_kept_as_they_are() -> None:
    """Given no more values than fit and are asked for, then each is a point of its own."""
    series = history_of([[3.0, 1.0], [2.0]], capacity=4).reduced(10)
    assert series.steps.tolist() == [0.0, 1.0, 2.0]
    assert series.low.tolist() == series.high.tolist() == series.mean.tolist() == [3.0, 1.0, 2.0]


def test_given_a_small_capacity_when_reduced_then_points_are_these() -> None:
    """Given room for 4 and 7 values, then pairs are joined and the last stands alone."""
    series = history_of([[5.0, 1.0, 4.0], [4.0, 2.0, 8.0, 3.0]], capacity=4).reduced(4)
    assert series.steps.tolist() == [0.0, 2.0, 4.0, 6.0]
    assert series.low.tolist() == [1.0, 4.0, 2.0, 3.0]
    assert series.high.tolist() == [5.0, 4.0, 8.0, 3.0]
    assert series.mean.tolist() == [3.0, 4.0, 5.0, 3.0]


def test_given_a_shorter_last_point_when_reduced_then_its_mean_is_weighted_by_its_values() -> None:
    """Given 7 values as 2 points, then the second's mean is that of its 3 values, not of 2 means."""
    series = history_of([[5.0, 1.0, 4.0, 4.0, 2.0, 8.0, 5.0]], capacity=4).reduced(2)
    assert series.steps.tolist() == [0.0, 4.0]
    assert series.low.tolist() == [1.0, 2.0]
    assert series.high.tolist() == [5.0, 8.0]
    assert series.mean.tolist() == [3.5, 5.0]


def test_given_no_values_when_reduced_then_there_are_no_points() -> None:
    assert [array.tolist() for array in LossHistory().reduced(10)] == [[], [], [], []]


def test_given_a_reduction_when_more_is_asked_for_later_then_nothing_was_lost() -> None:
    """Given a reduction to one point, when more is asked for later, then nothing was lost."""
    history = history_of([[5.0, 1.0, 4.0]], capacity=4)
    assert history.reduced(1).mean.tolist() == [pytest.approx(10.0 / 3.0)]
    assert history.reduced(4).mean.tolist() == [5.0, 1.0, 4.0]


def test_given_many_values_when_kept_then_memory_does_not_grow() -> None:
    """Given 400,000 values in portions, then what is held stays at the capacity's size."""
    history, portion = LossHistory(capacity=64), np.linspace(0.0, 1.0, 1000)
    history.append(portion)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(399):
            history.append(portion)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 4096
    assert history.count == 400_000
    assert 32 <= len(history.reduced(10**6).steps) <= 64


def test_given_one_spike_when_joined_any_number_of_times_then_it_survives() -> None:
    """Given one spike among 100,000 equal values, then the drawn maximum still shows it."""
    values = np.full(100_000, 0.5)
    values[61_803] = 9.0
    history = LossHistory(capacity=64)
    for portion in np.array_split(values, 977):
        history.append(portion)
    series = history.reduced(20)
    assert series.high.max() == 9.0
    spiked = int(series.high.argmax())
    assert series.steps[spiked] <= 61_803 < series.steps[spiked + 1]
