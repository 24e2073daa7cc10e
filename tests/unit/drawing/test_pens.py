"""Pens: colours and attributes packed into one integer, and what rich makes of them."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style

from tui.drawing.pens import (
    BOLD,
    DIM,
    PLAIN,
    REVERSE,
    RGB,
    UNDERLINE,
    blend,
    ink,
    paper,
    parse_rgb,
    style_of,
)

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

channels = st.integers(0, 255)
colors = st.tuples(channels, channels, channels)
attributes = st.sets(st.sampled_from([BOLD, DIM, REVERSE, UNDERLINE]))


def rgb_of(color: Color | None) -> RGB | None:
    """What rich would write, or None for the terminal's own colour."""
    return None if color is None or color.triplet is None else tuple(color.triplet)


@given(st.none() | colors, st.none() | colors, attributes)
@untimed
def test_given_any_colours_and_attributes_when_packed_then_every_part_survives(
    foreground: RGB | None, background: RGB | None, extras: set[int]
) -> None:
    style = style_of(ink(foreground) | paper(background) | sum(extras))
    assert rgb_of(style.color) == foreground
    assert rgb_of(style.bgcolor) == background
    assert [bool(on) for on in (style.bold, style.dim, style.reverse, style.underline)] == [
        attribute in extras for attribute in (BOLD, DIM, REVERSE, UNDERLINE)
    ]


@given(colors, colors, attributes)
@untimed
def test_given_parts_of_a_pen_when_added_then_it_is_the_same_as_joining_them(
    foreground: RGB, background: RGB, extras: set[int]
) -> None:
    """Given parts of a pen, then no two of them share a bit."""
    parts = [ink(foreground), paper(background), *extras]
    assert sum(parts) == np.bitwise_or.reduce(parts)


@given(colors, colors, attributes)
@untimed
def test_given_any_pen_when_put_in_the_pictures_array_then_it_fits(
    foreground: RGB, background: RGB, extras: set[int]
) -> None:
    """Given any pen, then int64 holds it unchanged and it is not negative."""
    pen = ink(foreground) | paper(background) | sum(extras)
    assert int(np.array([pen], dtype=np.int64)[0]) == pen >= 0


def test_given_the_plain_pen_when_made_a_style_then_it_is_empty() -> None:
    assert style_of(PLAIN) == Style()


@pytest.mark.parametrize(
    ("pen", "definition"),
    [
        (ink((255, 0, 128)), "#ff0080"),
        (ink((0, 0, 0)), "#000000"),
        (paper((1, 2, 3)), "on #010203"),
        (ink((0, 0, 1)) | paper((255, 255, 255)) | BOLD, "bold #000001 on #ffffff"),
        (REVERSE | UNDERLINE, "reverse underline"),
        (DIM, "dim"),
    ],
)
def test_given_a_pen_when_made_a_style_then_it_is_this(pen: int, definition: str) -> None:
    assert style_of(pen) == Style.parse(definition)


def test_given_a_pen_without_attributes_when_made_a_style_then_the_surrounding_style_stays() -> (
    None
):
    """Given a pen without attributes, then its style says nothing of them instead of "off"."""
    style = style_of(ink((1, 2, 3)))
    assert (style.bold, style.dim, style.reverse, style.underline) == (None, None, None, None)


def test_given_no_colour_and_black_when_compared_then_they_differ() -> None:
    assert ink(None) == 0 != ink((0, 0, 0))
    assert paper(None) == 0 != paper((0, 0, 0))


@given(colors)
@untimed
def test_given_a_colour_in_hexadecimal_when_parsed_then_it_is_that_colour(color: RGB) -> None:
    assert parse_rgb("#{:02x}{:02x}{:02x}".format(*color)) == color
    assert parse_rgb("#{:02X}{:02X}{:02X}".format(*color)) == color


@given(colors, colors)
@untimed
def test_given_two_colours_when_blended_at_an_end_then_it_is_the_colour_itself(
    below: RGB, above: RGB
) -> None:
    assert blend(below, above, 0.0) == below
    assert blend(below, above, 1.0) == above


@given(colors, colors, st.floats(0, 1))
@untimed
def test_given_two_colours_when_blended_then_it_lies_between_them(
    below: RGB, above: RGB, share: float
) -> None:
    for low, mixed, high in zip(below, blend(below, above, share), above, strict=True):
        assert min(low, high) <= mixed <= max(low, high)


def test_given_a_share_when_blended_then_it_is_this() -> None:
    assert blend((0, 100, 200), (100, 0, 200), 0.25) == (25, 75, 200)
