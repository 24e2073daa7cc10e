"""How text becomes a value, and which values are allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.checks import shown
from engine.config.kinds import Between, Choice, Pace, Positive, Text, Whole
from engine.config.more_kinds import Layers, Maybe, Names
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
    ("text", "layers"),
    [
        ("16,16", (16, 16)),
        ("4", (4,)),
        (" 2, 3 ", (2, 3)),
        ("-1", (-1,)),
        ("8:tanh,4", ("8:tanh", 4)),
        ("8:relu:0.05,08:relu:.10", ("8:relu", "8:relu:0.1")),
        ("none", ()),
    ],
)
def test_given_a_list_when_read_as_layers_then_every_one_is_there_in_its_shortest_form(
    text: str, layers: tuple[int | str, ...]
) -> None:
    assert Layers().parse("layers", text) == layers


@pytest.mark.parametrize("text", ["", "a", "16,,16", "16,", "1.5", "16 16", ":tanh"])
def test_given_no_list_when_read_as_layers_then_the_message_shows_one(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^layers: .* as 16,16 or 8:tanh,4:relu; none for no"):
        Layers().parse("layers", text)


@pytest.mark.parametrize("layer", ["8", "8:", "8:fast", "tanh"])
def test_given_text_that_is_no_layer_when_checked_then_it_is_refused(layer: str) -> None:
    with pytest.raises(ConfigError, match=r"^layers: "):
        Layers().check("layers", (layer,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("none", ()),
        ("", ()),
        ("a", ("a",)),
        (" a , b c ", ("a", "b c")),
        ('"a,b", "say ""no""" ,c', ("a,b", 'say "no"', "c")),
        ('"none"', ("none",)),
        ('" a "', (" a ",)),
        ('5" pipe,"a\nb"', ('5" pipe', "a\nb")),
        ("a,,b", ("a", "", "b")),
    ],
)
def test_given_names_when_read_then_commas_part_those_without_quotes(
    text: str, names: tuple[str, ...]
) -> None:
    assert Names().parse("columns", text) == names


@pytest.mark.parametrize("text", ['"a', '"a"b', 'a,"b', '"a" "b"'])
def test_given_a_quote_that_does_not_end_when_names_are_read_then_it_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^columns: .* has a quote that does not end before a"):
        Names().parse("columns", text)


@given(st.lists(st.text(min_size=1), max_size=4))
def test_given_any_names_when_written_then_reading_them_gives_the_same(names: list[str]) -> None:
    kind = Names()

    assert kind.parse("columns", kind.text(tuple(names))) == tuple(names)


@given(st.none() | st.text(min_size=1) | st.text('last"', min_size=1))
def test_given_any_name_or_none_when_written_then_reading_it_gives_the_same(
    name: str | None,
) -> None:
    kind = Maybe(Text("COLUMN"), "last")

    assert kind.parse("target", kind.text(name)) == name


@pytest.mark.parametrize("text", ["", " ", "a\0b", "\udcff.csv"])
def test_given_what_no_name_can_be_when_checked_then_it_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^data: "):
        Text().check("data", text)


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
