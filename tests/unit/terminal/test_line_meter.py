"""The round trip and the rate of a line, from how long answers took."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.line_meter import SAMPLE_SECONDS, LineMeter


def test_given_two_answers_when_their_sizes_differ_then_both_figures_are_exact() -> None:
    meter = LineMeter()
    # 0.3 s there and back, 2,000 bytes a second
    meter.add(100, 0.35, now=1.0)
    meter.add(1_100, 0.85, now=2.0)

    assert meter.rate == pytest.approx(2_000)
    assert meter.round_trip == pytest.approx(0.3)


@given(
    trip=st.floats(0.0, 2.0),
    rate=st.floats(300, 40_000),
    sizes=st.lists(st.integers(2_000, 20_000), min_size=1, max_size=20),
)
def test_given_any_line_when_its_answers_are_exact_then_so_are_the_figures(
    trip: float, rate: float, sizes: list[int]
) -> None:
    meter = LineMeter()
    for number, size in enumerate([100, *sizes]):
        meter.add(size, trip + size / rate, now=number)

    assert meter.rate == pytest.approx(rate)
    assert meter.round_trip == pytest.approx(trip, abs=1e-6)


def test_given_answers_when_more_bytes_make_no_difference_then_the_rate_is_not_known() -> None:
    meter = LineMeter()
    for size in (50, 500, 5_000, 50_000):
        meter.add(size, 0.1 + 0.001, now=1.0)

    assert meter.rate is None
    assert meter.round_trip == pytest.approx(0.101)


def test_given_a_line_that_was_slow_once_when_it_is_fast_then_the_rate_grows() -> None:
    meter = LineMeter()
    meter.add(100, 0.001, now=0.0)
    meter.add(600, 0.501, now=1.0)
    assert meter.rate == pytest.approx(1_000)

    meter.add(1_100, 0.002, now=2.0)

    assert meter.rate == pytest.approx(50_000)


def test_given_an_old_quick_answer_when_the_way_has_become_longer_then_it_is_forgotten() -> None:
    meter = LineMeter()
    meter.add(100, 0.01, now=0.0)

    meter.add(100, 0.6, now=SAMPLE_SECONDS - 1)
    assert meter.round_trip == pytest.approx(0.01)

    meter.add(100, 0.6, now=SAMPLE_SECONDS + 1)
    assert meter.round_trip == pytest.approx(0.6)
