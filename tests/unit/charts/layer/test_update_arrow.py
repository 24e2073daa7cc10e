"""The arrow of an update, and the axis that it lies on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.charts.layer.update_arrow import axis_end, draw_arrow
from tui.drawing.glyphs import ASCII
from tui.drawing.palette import Palette
from tui.drawing.pens import style_of
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))


def arrow(value: float, updated: float, end: float = 1.0, columns: int = 29) -> str:
    picture = Picture.blank(1, columns, TEXTURED.base)
    draw_arrow(picture, 0, value, updated, end, TEXTURED, ASCII)
    return picture.lines()[0]


@pytest.mark.parametrize(
    ("value", "updated", "line"),
    [
        (0.5, 0.2, "-1 -----------0-<===*----- +1"),
        (-0.5, -0.2, "-1 -----*===>-0----------- +1"),
        (0.5, 0.499999, "-1 -----------0----<*----- +1"),
        (0.5, 0.500001, "-1 -----------0-----*>---- +1"),
        (0.5, 0.5, "-1 -----------0-----*----- +1"),
        (0.5, -0.5, "-1 -----<===========*----- +1"),
        (0.5, 3.0, "-1 -----------0-----*===>> +1"),
        (-0.9, -1e300, "-1 <<*--------0----------- +1"),
        (0.0, 0.1, "-1 -----------*>---------- +1"),
    ],
)
def test_given_an_update_when_drawn_then_the_arrow_goes_from_where_it_is_to_where_it_will_be(
    value: float, updated: float, line: str
) -> None:
    assert arrow(value, updated) == line


def test_given_colours_when_an_arrow_is_drawn_then_up_and_down_have_those_of_the_weights() -> None:
    for updated, rgb in ((0.2, COLORED.class_rgb[0]), (0.8, COLORED.class_rgb[1])):
        picture = Picture.blank(1, 29, COLORED.base)
        draw_arrow(picture, 0, 0.5, updated, 1.0, COLORED, ASCII)
        (column,) = np.flatnonzero(np.isin(picture.chars[0], ["<", ">"]))
        color = style_of(int(picture.pens[0, column])).color
        assert color is not None
        assert tuple(color.triplet or ()) == rgb


@given(st.floats(-1e6, 1e6), st.floats(-1e300, 1e300), st.floats(1e-6, 1e6), st.integers(0, 120))
def test_given_any_update_when_drawn_then_it_has_its_place_and_one_direction(
    value: float, updated: float, largest: float, columns: int
) -> None:
    end = axis_end(value, max(largest, abs(value)))
    line = arrow(value, updated, end, columns)
    assert len(line) == columns
    assert abs(value) < end
    if line.strip():
        assert line.count("*") == 1
        assert (">" in line) == (updated > value)
        assert ("<" in line) == (updated < value)


# ---- its axis


@pytest.mark.parametrize(
    ("value", "largest", "end"),
    [(0.1257, 0.8, 0.2), (0.2, 0.8, 0.5), (-1.5, 1.5, 2.0), (0.001, 1.0, 0.05), (0.0, 0.0, 1e-9)],
)
def test_given_a_parameter_when_its_axis_is_chosen_then_its_end_is_round_with_some_room(
    value: float, largest: float, end: float
) -> None:
    assert axis_end(value, largest) == pytest.approx(end)


def test_given_an_axis_when_the_parameter_moves_on_it_then_it_stays_the_same() -> None:
    assert [axis_end(value, 1.0, 0.2) for value in (0.05, 0.19, -0.19, 0.0)] == [0.2] * 4
    assert axis_end(0.2, 1.0, 0.2) == 0.5
    assert axis_end(0.01, 0.01, 0.2) == 0.02
