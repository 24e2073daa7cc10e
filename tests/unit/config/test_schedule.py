"""Schedules as text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.schedule import (
    ScheduleSpec,
    canonical_schedule,
    check_schedule,
    parse_schedule,
)
from engine.errors import ConfigError

shares = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
specs = st.one_of(
    st.sampled_from([ScheduleSpec("constant"), ScheduleSpec("cosine")]),
    st.builds(lambda f, n: ScheduleSpec("step", f, steps=n), shares, st.integers(1, 10**12)),
    st.builds(lambda f: ScheduleSpec("exponential", f), shares),
    st.builds(lambda f, n: ScheduleSpec("plateau", f, patience=n), shares, st.integers(0, 10**12)),
)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("constant", ScheduleSpec()),
        ("cosine", ScheduleSpec("cosine")),
        ("step", ScheduleSpec("step", 0.5, steps=1000)),
        ("step:200", ScheduleSpec("step", 0.5, steps=200)),
        ("step:200:0.1", ScheduleSpec("step", 0.1, steps=200)),
        ("exponential", ScheduleSpec("exponential", 0.9995)),
        ("exponential:.99", ScheduleSpec("exponential", 0.99)),
        ("plateau", ScheduleSpec("plateau", 0.5, patience=10)),
        ("plateau:0.1", ScheduleSpec("plateau", 0.1, patience=10)),
        (" plateau : 0.1 : 0 ", ScheduleSpec("plateau", 0.1, patience=0)),
    ],
)
def test_given_text_when_read_then_numbers_that_are_left_out_are_the_usual_ones(
    text: str, spec: ScheduleSpec
) -> None:
    assert parse_schedule(text) == spec
    check_schedule("schedule", text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("constant", "constant"),
        ("step", "step:1000:0.5"),
        ("exponential:.9990", "exponential:0.999"),
        ("plateau:5e-1", "plateau:0.5:10"),
    ],
)
def test_given_text_when_written_again_then_all_numbers_are_there(
    text: str, canonical: str
) -> None:
    assert canonical_schedule("schedule", text) == canonical


@given(specs)
def test_given_any_schedule_when_written_then_reading_it_gives_the_same(spec: ScheduleSpec) -> None:
    assert parse_schedule(spec.text) == spec
    assert canonical_schedule("schedule", spec.text) == spec.text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "'' is not one of constant, step, exponential, cosine, plateau"),
        ("Cosine", "'Cosine' is not one of constant, step, exponential, cosine, plateau"),
        ("linear:3", "'linear' is not one of constant, step, exponential, cosine, plateau"),
        ("constant:1", "'constant:1' has too many numbers; constant takes none"),
        ("cosine:", "'cosine:' has too many numbers; cosine takes none"),
        (
            "step:1:0.5:2",
            "'step:1:0.5:2' has too many numbers; step is written step:STEPS:FACTOR,"
            " as step:1000:0.5",
        ),
        ("step:", "steps of step: '' is not a whole number from 1 to 1000000000000"),
        ("step:0", "steps of step: 0 is not a whole number from 1 to 1000000000000"),
        ("step:1.5", "steps of step: '1.5' is not a whole number from 1 to 1000000000000"),
        ("step:10:1", "factor of step: 1.0 is not a number between 0 and 1"),
        ("step:10:half", "factor of step: 'half' is not a number between 0 and 1"),
        ("exponential:0", "factor of exponential: 0.0 is not a number between 0 and 1"),
        ("exponential:1.1", "factor of exponential: 1.1 is not a number between 0 and 1"),
        ("exponential:nan", "factor of exponential: 'nan' is not a number between 0 and 1"),
        ("plateau:-1", "factor of plateau: -1.0 is not a number between 0 and 1"),
        (
            "plateau:0.5:-1",
            "patience of plateau: -1 is not a whole number from 0 to 1000000000000",
        ),
    ],
)
def test_given_no_schedule_when_read_then_one_line_says_what_is_wrong_and_allowed(
    text: str, problem: str
) -> None:
    for read in (parse_schedule, lambda text: check_schedule("schedule", text)):
        with pytest.raises(ConfigError, match=f"^{re.escape('schedule: ' + problem)}$"):
            read(text)
