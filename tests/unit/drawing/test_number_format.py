"""Numbers: never wider than said, never jumping, and always telling the truth."""

import math

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tui.drawing.number_format import (
    clock,
    exact,
    figure,
    fixed,
    percent,
    r_squared,
    rough,
    short_count,
    signed,
    small,
    thousands,
    tick_label,
)

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

magnitudes = st.floats(1e-12, 1e12)
shown = magnitudes | magnitudes.map(lambda value: -value) | st.just(0.0)
"""What a run can bring about."""

special = st.sampled_from([math.nan, math.inf, -math.inf, 0.0, -0.0])


def rounding(text: str) -> float:
    """How far from the truth the number written in `text` may be: half of its last digit."""
    mantissa, _, exponent = text.strip().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return 0.5000001 * 10.0 ** (int(exponent or 0) - decimals)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0432, "0.0432"),
        (0.0, "0.0000"),
        (1e-12, "0.0000"),
        (12.34567, "12.346"),
        (99.9999, "100.00"),
        (9999.96, " 10000"),
        (99999.4, " 99999"),
        (999999.5, "   1e6"),
        (-0.5, "-0.500"),
        (-1234567.0, "  -1e6"),
        (1e12, "  1e12"),
        (1e100, " 1e100"),
        (math.nan, "     -"),
        (math.inf, "   inf"),
        (-math.inf, "  -inf"),
    ],
)
def test_given_a_value_when_written_with_fixed_decimals_then_it_is_this(
    value: float, text: str
) -> None:
    assert fixed(value, 6, 4) == text


@given(shown | special, st.integers(6, 12), st.integers(0, 6))
@untimed
def test_given_any_value_when_written_with_fixed_decimals_then_it_has_its_width_and_is_right(
    value: float, width: int, decimals: int
) -> None:
    text = fixed(value, width, decimals)
    assert len(text) == width
    if math.isfinite(value):
        assert abs(float(text) - value) <= rounding(text) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, " +0.500"),
        (-0.5, " -0.500"),
        (0.0, " +0.000"),
        (1234.5678, "+1234.6"),
        (-99999.6, "-100000"),
        (12345678.0, "   +1e7"),
        (1e12, " +1e+12"),
        (math.nan, "   +nan"),
        (math.inf, "   +inf"),
        (-math.inf, "   -inf"),
    ],
)
def test_given_a_value_when_written_with_a_sign_then_it_is_this(value: float, text: str) -> None:
    """The exponent's plus is not asked for where it fits."""
    assert signed(value, 7).replace("e+", "e").strip() == text.replace("e+", "e").strip()
    assert len(signed(value, 7)) == 7


@given(shown | special, st.integers(6, 12), st.integers(0, 6))
@untimed
def test_given_any_value_when_written_with_a_sign_then_it_has_its_width_and_is_right(
    value: float, width: int, decimals: int
) -> None:
    text = signed(value, width, decimals)
    assert len(text) == width
    assert text.strip()[0] in "+-"
    if math.isfinite(value):
        assert abs(float(text) - value) <= rounding(text) * (1 + 1e-9)


@given(st.floats(-9e9, 9e9), st.sampled_from([4, 5]))
@example(0.0, 4)
@untimed
def test_given_a_narrow_cell_when_written_with_a_sign_then_it_fits(
    value: float, width: int
) -> None:
    """Given a weight in a cell of a layer's map, then its brackets find room beside it."""
    assert len(signed(value, width)) == width


def test_given_ten_thousand_million_when_written_with_a_sign_then_it_fits_five_columns() -> None:
    assert signed(1e10, 5) == "+1e10"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "+0.0000"),
        (0.0012, "+0.0012"),
        (-0.25, "-0.2500"),
        (0.00012, "+1.2e-4"),
        (-3.14e-9, "-3.1e-9"),
        (123.456, "+123.46"),
        (math.nan, "   +nan"),
        (-math.inf, "   -inf"),
    ],
)
def test_given_a_small_value_when_written_then_it_is_this(value: float, text: str) -> None:
    assert small(value, 7) == text


@given(shown.filter(lambda value: not 0 < abs(value) < 1.1e-9) | special)
@untimed
def test_given_any_value_but_0_when_written_as_small_then_it_has_its_width_and_is_not_0(
    value: float,
) -> None:
    text = small(value, 7)
    assert len(text) == 7
    if math.isfinite(value):
        assert (float(text) == 0) == (value == 0)
        assert abs(float(text) - value) <= rounding(text) * (1 + 1e-9)


@pytest.mark.parametrize("value", [1e-10, -2.5e-12, 1e-300])
def test_given_a_vanishing_gradient_when_written_as_small_then_it_has_its_width(
    value: float,
) -> None:
    """Given a gradient that has all but vanished, then it still has seven columns."""
    assert len(small(value, 7)) == 7


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "0.25"),
        (1.0, "1"),
        (100_000.0, "100000"),
        (1e-06, "1e-06"),
        (1.2345678901e-05, "1.2345678901e-05"),
        (0.1 + 0.2, "0.30000000000000004"),
    ],
)
def test_given_a_value_when_written_exactly_then_it_is_this(value: float, text: str) -> None:
    assert exact(value) == text


@given(st.floats(allow_nan=False))
@untimed
def test_given_any_value_when_written_exactly_then_it_stands_for_its_value(value: float) -> None:
    assert float(exact(value)) == value


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (12_340, "12,340")])
def test_given_a_count_when_written_in_thousands_then_it_is_this(value: int, text: str) -> None:
    assert thousands(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (980.0, "980"),
        (9_800.0, "9,800"),
        (9_999.4, "9,999"),
        (9_999.5, "10.0k"),
        (42_100.0, "42.1k"),
        (99_949.0, "99.9k"),
        (99_950.0, "100k"),
        (200_000.0, "200k"),
        (999_499.0, "999k"),
        (999_500.0, "1.00M"),
        (1_200_000.0, "1.20M"),
        (3e9, "3.00G"),
        (1e12, "1e+12"),
    ],
)
def test_given_a_count_when_written_shortly_then_it_is_this(value: float, text: str) -> None:
    assert short_count(value) == text


@given(magnitudes)
@untimed
def test_given_any_count_when_written_shortly_then_it_has_at_most_five_characters_and_is_near(
    value: float,
) -> None:
    text = short_count(value)
    assert len(text) <= 5
    units = {"k": 1e3, "M": 1e6, "G": 1e9}
    number = float(text.rstrip("kMG").replace(",", "")) * units.get(text[-1], 1.0)
    assert abs(number - value) <= max(0.5, 0.005 * value)


@given(magnitudes, magnitudes)
@untimed
def test_given_two_counts_when_written_shortly_then_they_keep_their_order(
    one: float, other: float
) -> None:
    units = {"k": 1e3, "M": 1e6, "G": 1e9}
    low, high = (
        float(text.rstrip("kMG").replace(",", "")) * units.get(text[-1], 1.0)
        for text in map(short_count, sorted([one, other]))
    )
    assert low <= high * (1 + 1e-12)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (500, "500"),
        (1000, "1k"),
        (1500, "1.5k"),
        (20_000, "20k"),
        (1e6, "1M"),
        (2e9, "2G"),
    ],
)
def test_given_a_tick_when_labelled_then_it_is_this(value: float, text: str) -> None:
    assert tick_label(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (8.4, "0:08"),
        (59.6, "1:00"),
        (754, "12:34"),
        (3599.7, "1:00:00"),
        (11_229, "3:07:09"),
        (1e6, "11d 13h"),
        (40_000, "11h 06m"),
        (1e8, ">99d"),
    ],
)
def test_given_seconds_when_written_as_a_clock_then_it_is_this(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@given(st.integers(0, 10**12))
@untimed
def test_given_any_seconds_when_written_as_a_clock_then_it_has_at_most_seven_characters(
    seconds: int,
) -> None:
    assert len(clock(seconds)) <= 7


@given(st.integers(0, 35_999))
@untimed
def test_given_any_seconds_when_written_as_a_clock_then_it_counts_them(seconds: int) -> None:
    total = 0
    for part in clock(seconds).split(":"):
        total = total * 60 + int(part)
    assert total == seconds


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "  0.0%"), (0.0123, "  1.2%"), (0.987, " 98.7%"), (1.0, "100.0%"), (math.nan, "  nan%")],
)
def test_given_a_share_when_written_in_percent_then_it_is_this(share: float, text: str) -> None:
    assert percent(share) == text


@given(st.floats(0, 1))
@untimed
def test_given_any_share_when_written_in_percent_then_it_has_six_characters(share: float) -> None:
    assert len(percent(share)) == 6


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.9712, " .97"),
        (0.996, " 1.0"),
        (1.0, " 1.0"),
        (0.0, " .00"),
        (-0.001, " .00"),
        (-0.254, "-.25"),
        (-0.996, "-1.0"),
        (-3.21, "-3.2"),
        (-12.7, " -13"),
        (-999.0, "-999"),
        (-1000.0, " low"),
        (-math.inf, "   -"),
        (math.nan, "   -"),
    ],
)
def test_given_a_share_of_the_variance_when_written_then_it_is_this(
    value: float, text: str
) -> None:
    assert r_squared(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.2081, "0.2081"),
        (54.31, "54.310"),
        (2913.66, "2913.7"),
        (123456.0, "123456"),
        (1234567.0, "1.23e6"),
        (4.3e-9, "4.3e-9"),
        (4.32e-12, " 4e-12"),
        (0.0, "0.0000"),
        (1e100, " 1e100"),
        (math.nan, "     -"),
        (math.inf, "   inf"),
    ],
)
def test_given_a_figure_of_any_size_when_written_then_it_is_this(value: float, text: str) -> None:
    assert figure(value, 6) == text


@given(magnitudes | special, st.integers(6, 12))
@untimed
def test_given_any_figure_when_written_then_it_has_its_width_and_is_right(
    value: float, width: int
) -> None:
    text = figure(value, width)
    assert len(text) == width
    if math.isfinite(value):
        assert abs(float(text) - value) <= rounding(text) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (1.0, "1", "+1"),
        (0.0, "0", "0"),
        (-0.25, "-0.25", "-0.25"),
        (1.2345e6, "1.23e6", "+1.23e6"),
        (3e-7, "3e-7", "+3e-7"),
    ],
)
def test_given_the_end_of_a_scale_when_written_then_it_is_short(
    value: float, plain: str, with_sign: str
) -> None:
    assert rough(value) == plain
    assert rough(value, with_sign=True) == with_sign
