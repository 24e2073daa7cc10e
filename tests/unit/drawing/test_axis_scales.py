"""Axes: they hold the data, their ticks are round, and they move in steps."""

import math
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.drawing.axis_scales import (
    LOSS_LEADS,
    STEP_LEADS,
    log_loss_axis,
    loss_axis,
    round_up,
    step_axis,
)
from tui.drawing.plotext_axes import Axis

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

steps = st.integers(0, 10**12)
losses = st.just(0.0) | st.floats(1e-12, 1e3) | st.floats(0, 1e12)
heights = st.integers(4, 100)


def check_axis(axis: Axis) -> None:
    """What every axis promises."""
    assert axis.low < axis.high
    assert len(axis.ticks) == len(axis.labels) >= 1
    slack = (axis.high - axis.low) * 1e-9
    assert all(axis.low <= tick <= axis.high + slack for tick in axis.ticks)
    assert all(one < other for one, other in pairwise(axis.ticks))
    assert len(set(axis.labels)) == len(axis.labels)


@pytest.mark.parametrize(
    ("value", "leads", "rounded"),
    [
        (1.0, (1, 2, 5), 1.0),
        (1.0001, (1, 2, 5), 2.0),
        (4.9, (1, 2, 5), 5.0),
        (7.0, (1, 2, 5), 10.0),
        (0.031, (1, 2, 5), 0.05),
        (1001.0, STEP_LEADS, 1500.0),
        (0.69, LOSS_LEADS, 0.7),
    ],
)
def test_given_a_value_when_rounded_up_then_it_is_this(
    value: float, leads: tuple[float, ...], rounded: float
) -> None:
    assert round_up(value, leads) == pytest.approx(rounded, rel=1e-12)


@given(st.floats(1e-12, 1e12), st.sampled_from([STEP_LEADS, LOSS_LEADS]))
@untimed
def test_given_any_value_when_rounded_up_then_it_is_the_least_round_number_above(
    value: float, leads: tuple[float, ...]
) -> None:
    rounded = round_up(value, leads)
    assert rounded >= value * (1 - 2e-12)
    power = 10.0 ** math.floor(math.log10(value))
    smaller = [lead * power for lead in leads if lead * power < rounded * (1 - 1e-9)]
    assert all(number < value for number in smaller)


def test_given_a_step_when_the_step_axis_is_made_then_it_is_this() -> None:
    """Given step 340 of 20,000 in 60 columns, then it goes to 400 with ticks in between."""
    axis = step_axis(340, 20_000, 60)
    assert (axis.low, axis.high) == (0.0, 400.0)
    assert axis.ticks == (0.0, 200.0, 400.0)
    assert axis.labels == ("0", "200", "400")


@pytest.mark.parametrize(
    ("step", "total", "end", "labels"),
    [
        (0, 20_000, 10, "0 2 4 6 8 10"),
        (11, 20_000, 15, "0 5 10 15"),
        (16, 20_000, 25, "0 5 10 15 20 25"),
        (1_001, 20_000, 1_500, "0 500 1k 1.5k"),
        (2_400, 20_000, 2_500, "0 500 1k 1.5k 2k 2.5k"),
        (15_001, 17_500, 17_500, "0 5k 10k 15k"),
        (20_000, 20_000, 20_000, "0 5k 10k 15k 20k"),
        (0, 3, 3, "0 1 2 3"),
        (0, 1, 1, "0 1"),
    ],
)
def test_given_a_step_when_the_step_axis_is_made_then_it_ends_here_and_has_these_ticks(
    step: int, total: int, end: int, labels: str
) -> None:
    axis = step_axis(step, total, 80)
    assert axis.high == end
    assert " ".join(axis.labels) == labels


@given(steps, steps, st.integers(1, 400))
@untimed
def test_given_any_steps_when_the_step_axis_is_made_then_it_holds_them(
    one: int, other: int, width: int
) -> None:
    step, total = min(one, other), max(one, other, 1)
    axis = step_axis(step, total, width)
    check_axis(axis)
    assert axis.low == 0.0
    assert step <= axis.high * (1 + 2e-12)
    assert axis.high <= max(total, step)
    assert all(tick == int(tick) for tick in axis.ticks)


@given(st.integers(10, 10**12), st.integers(16, 400))
@untimed
def test_given_any_step_when_the_step_axis_is_made_then_it_is_three_fifths_full(
    step: int, width: int
) -> None:
    assert step_axis(step, 10**13, width).high <= step / 0.6 * (1 + 1e-9)


@given(st.integers(1, 10**6), st.integers(16, 400))
@untimed
def test_given_a_step_axis_when_steps_grow_within_it_then_it_stays(step: int, width: int) -> None:
    total = 10**7
    axis = step_axis(step, total, width)
    for later in (step + 1, (step + int(axis.high)) // 2, int(axis.high)):
        if later <= axis.high:
            assert step_axis(max(later, step), total, width) == axis
    assert step_axis(int(axis.high) + 1, total, width) != axis


def test_given_a_loss_when_the_loss_axis_is_made_then_it_is_this() -> None:
    axis = loss_axis(0.69, 12)
    assert (axis.low, axis.high) == pytest.approx((0.0, 0.7))
    assert axis.ticks == pytest.approx((0.0, 0.2, 0.4, 0.6))
    assert axis.labels == ("   0.0", "   0.2", "   0.4", "   0.6")


def test_given_no_loss_when_the_loss_axis_is_made_then_it_is_not_empty() -> None:
    assert loss_axis(0.0, 12).high == pytest.approx(1e-6)


@given(losses, heights)
@untimed
def test_given_any_loss_when_the_loss_axis_is_made_then_it_holds_it(
    greatest: float, height: int
) -> None:
    axis = loss_axis(greatest, height)
    check_axis(axis)
    assert axis.low == 0.0
    assert greatest <= axis.high * (1 + 2e-12)
    for tick, label in zip(axis.ticks, axis.labels, strict=True):
        assert float(label) == pytest.approx(tick, rel=1e-6, abs=1e-12)


@given(st.floats(1e-6, 1e3), heights, st.floats(0, 1))
@untimed
def test_given_a_loss_axis_when_losses_grow_within_it_then_it_stays(
    greatest: float, height: int, share: float
) -> None:
    axis = loss_axis(greatest, height)
    grown = greatest + (axis.high - greatest) * share
    assert loss_axis(min(grown, axis.high), height) == axis


def test_given_losses_when_the_log_axis_is_made_then_it_has_these_decades() -> None:
    """Given losses from 0.003 to 0.7, then decades from 0.001 to 1."""
    axis = log_loss_axis(0.003, 0.7, 10)
    assert (axis.low, axis.high) == (-3.0, 0.0)
    assert axis.ticks == (-3.0, -2.0, -1.0, 0.0)
    assert axis.labels == (" 0.001", "  0.01", "   0.1", "     1")


@pytest.mark.parametrize(
    ("least", "greatest", "limits", "decades"),
    [
        (0.05, 1.05, (-1.5, 0.5), (-1.0, 0.0)),
        (0.2, 0.9, (-1.0, 0.0), (-1.0, 0.0)),
        (0.4, 0.9, (-1.0, 0.0), (-1.0, 0.0)),
        (0.05, 0.2, (-2.0, -0.5), (-2.0, -1.0)),
        (1.0, 1.0, (-1.0, 0.0), (-1.0, 0.0)),
        (2.0, 2.5, (-1.0, 0.5), (-1.0, 0.0)),
        (4.0, 5.0, (0.0, 1.0), (0.0, 1.0)),
        (0.0, 0.0, (-8.0, -7.0), (-8.0, -7.0)),
    ],
)
def test_given_losses_when_the_log_axis_is_made_then_it_ends_at_the_next_half_decade_and_has_two_to_mark(
    least: float, greatest: float, limits: tuple[float, float], decades: tuple[float, float]
) -> None:
    axis = log_loss_axis(least, greatest, 10)
    assert ((axis.low, axis.high), axis.ticks) == (limits, decades)


def test_given_the_smallest_losses_when_the_log_axis_is_made_then_labels_have_an_exponent() -> None:
    axis = log_loss_axis(1e-12, 2e4, 40)
    assert (axis.low, axis.high) == (-8.0, 4.5)
    assert axis.labels[0] == "  1e-8"
    assert axis.labels[4] == "0.0001"
    assert axis.labels[-1] == " 10000"


@given(losses, losses, heights)
@untimed
def test_given_any_losses_when_the_log_axis_is_made_then_it_holds_them(
    one: float, other: float, height: int
) -> None:
    least, greatest = min(one, other), max(one, other)
    axis = log_loss_axis(least, greatest, height)
    check_axis(axis)
    assert 2.0 * axis.low == math.floor(2.0 * axis.low) >= -16
    assert 2.0 * axis.high == math.floor(2.0 * axis.high)
    for loss in (least, greatest):
        assert axis.low <= math.log10(max(loss, 1e-8)) <= axis.high + 1e-9
    assert 2 <= len(axis.ticks) <= max(2, height // 2)
    assert all(len(label) == 6 for label in axis.labels)


@given(st.floats(1e-7, 1e3), st.floats(1.0, 10.0), heights)
@untimed
def test_given_any_losses_when_the_log_axis_is_made_then_it_stays_within_its_limits(
    least: float, factor: float, height: int
) -> None:
    greatest = least * factor
    axis = log_loss_axis(least, greatest, height)
    lower = 10.0**axis.low * (1 + 1e-9)
    higher = 10.0**axis.high * (1 - 1e-9)
    assert log_loss_axis(lower, higher, height) == axis
