"""How text becomes a value, and which values are allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.checks import shown
from engine.config.kinds import Between, Choice, LayerSizes, Pace, Positive, Whole
from engine.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-3", -3), ("1.5", "1.5"), ("a", "a"), ("", ""), ("9" * 5000, "9" * 5000)],
)
def test_given_text_when_read_as_a_whole_number_then_what_is_none_is_given_back(
    text: str, value: object
) -> None:
    assert Whole(0, 10).parse("steps", text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.5", 0.5), ("-1", -1.0), ("nan", "nan"), ("-inf", "-inf"), ("1e999", "1e999")],
)
def test_given_text_when_read_as_a_number_then_what_is_not_finite_is_given_back(
    text: str, value: object
) -> None:
    assert Positive(1.0).parse("noise", text) == value


@pytest.mark.parametrize(
    ("text", "sizes"), [("16,16", (16, 16)), ("4", (4,)), (" 2, 3 ", (2, 3)), ("-1", (-1,))]
)
def test_given_a_list_when_read_as_layers_then_every_number_is_there(
    text: str, sizes: tuple[int, ...]
) -> None:
    assert LayerSizes().parse("layers", text) == sizes


@pytest.mark.parametrize("text", ["", "a", "16,,16", "16,", "1.5", "16 16"])
def test_given_no_list_when_read_as_layers_then_the_message_shows_one(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^layers: .* with commas between, as 16,16$"):
        LayerSizes().parse("layers", text)


@pytest.mark.parametrize(("text", "steps"), [("1", 1), ("1000000", 1_000_000), ("max", 0)])
def test_given_a_pace_when_read_then_steps_a_frame(text: str, steps: int) -> None:
    pace = Pace()

    assert pace.parse("pace", text) == steps
    pace.check("pace", steps)
    assert pace.text(steps) == text


@pytest.mark.parametrize("text", ["0", "-1", "1000001", "fast", "", "2.5", "MAX"])
def test_given_no_pace_when_checked_then_the_message_names_what_is_allowed(text: str) -> None:
    value = Pace().parse("pace", text)

    with pytest.raises(ConfigError, match=r"^pace: '.*whole number from 1 to 1000000, or max$"):
        Pace().check("pace", value)


@pytest.mark.parametrize("text", ["0", "0.99", "60.5", "-5", "nan", "inf", "often", ""])
def test_given_a_number_outside_when_checked_then_the_message_names_the_range(text: str) -> None:
    kind = Between(1.0, 60.0)

    with pytest.raises(ConfigError, match=r"^fps: '.*' is not a number from 1 to 60$"):
        kind.check("fps", kind.parse("fps", text))


def test_given_another_name_when_checked_then_the_message_lists_the_names() -> None:
    with pytest.raises(ConfigError, match=r"^theme: 'blue' is not one of dark, light$"):
        Choice(("dark", "light")).check("theme", "blue")


@given(st.floats(min_value=1e-300, max_value=1e300))
def test_given_any_number_when_written_then_reading_it_gives_the_same(value: float) -> None:
    kind = Positive(1e300)

    assert kind.parse("alpha", kind.text(value)) == value


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("abc", "'abc'"),
        ("a\nb\x1b[0m", "'a\\nb\\x1b[0m'"),
        ("9" * 10_000, "'" + "9" * 36 + "..."),
    ],
)
def test_given_any_text_when_shown_then_one_line_of_at_most_forty_characters(
    text: str, short: str
) -> None:
    assert shown(text) == short
